/**
 * Hostile frames. Those in `forYjs` are well formed up to the update or the state vector in them, so that the relay has
 * to read those; the others end at the frame.
 */
import * as Y from 'yjs'
import { encodeFrame } from '#domain/protocol.ts'
import type { Chance } from './chance.ts'

export interface Attack {
  readonly bytes: Uint8Array
  /** Whether the relay must read Yjs bytes to see what it is. */
  readonly forYjs: boolean
}

/** Real updates, each list the whole life of one document: maps, arrays, texts, nested ones, deletions. */
export type Lives = readonly (readonly Uint8Array[])[]

export function livesOf(chance: Chance, count: number, clients: readonly number[]): Lives {
  return Array.from({ length: count }, (_, at) => {
    const doc = new Y.Doc()
    doc.clientID = clients[at % clients.length]!
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => void updates.push(update))
    for (let step = 0; step < 12; step++) live(doc, chance, step)
    return updates
  })
}

function live(doc: Y.Doc, chance: Chance, step: number): void {
  const list = doc.getArray('log')
  const map = doc.getMap('records')
  const acts = [
    () => list.push([step, 'x'.repeat(chance.below(200))]),
    () => map.set(`k${chance.below(4)}`, `v${step}`),
    () => doc.getText('text').insert(0, '信息港'),
    () => map.set(`n${step}`, new Y.Map([['inner', new Y.Array()]])),
    () => list.length > 0 && list.delete(0, 1),
    () => map.delete(`k${chance.below(4)}`),
  ]
  acts[chance.below(acts.length)]!()
}

/** An update that is wrong, or right and out of place. */
export function hostileUpdate(lives: Lives, chance: Chance): Uint8Array {
  const life = chance.pick(lives)
  const real = chance.pick(life)
  const kinds = [
    () => truncated(real, chance),
    () => flipped(real, chance),
    () => chance.bytes(1 + chance.below(120)),
    () => Uint8Array.of(...real, ...chance.bytes(1 + chance.below(8))), // something after the end
    () => chance.pick(life.slice(2)), // what came before it is missing
    () => Y.mergeUpdates([life[0]!, life.at(-1)!]), // a hole
    () => life.at(-1 - chance.below(3))!, // wrong order
    () => forged(real, chance),
    () => Uint8Array.of(0, 1, ...varUint(chance.below(2 ** 31)), 1, chance.below(100), 1 + chance.below(100)), // deletes what is unknown
    () => Uint8Array.of(...varUint(chance.below(2 ** 31)), ...real.slice(1)), // another number of clients
    () => flipped(Y.mergeUpdates([...life]), chance),
  ]
  return chance.pick(kinds)()
}

/** Updates that can never become whole, whoever sends them and whatever is sent after. */
export function neverWhole(lives: Lives, chance: Chance): Uint8Array {
  const life = chance.pick(lives)
  return chance.pick([
    () => truncated(chance.pick(life), chance),
    () => Uint8Array.of(0, 1, ...varUint(2 ** 31 + chance.below(1000)), 1, chance.below(100), 1 + chance.below(100)),
    () => Uint8Array.of(...chance.pick(life), 0),
  ])()
}

const truncated = (bytes: Uint8Array, chance: Chance): Uint8Array => bytes.slice(0, chance.below(bytes.length))

function flipped(bytes: Uint8Array, chance: Chance): Uint8Array {
  const copy = bytes.slice()
  for (let times = 1 + chance.below(4); times > 0; times--) copy[chance.below(copy.length)] = chance.below(256)
  return copy
}

/** The same change under another client's id. */
function forged(update: Uint8Array, chance: Chance): Uint8Array {
  const id = 2 // after the number of clients and the number of structs, both small here
  let end = id
  while (update[end]! >= 128) end++
  return Uint8Array.of(...update.slice(0, id), ...varUint(1 + chance.below(20)), ...update.slice(end + 1))
}

function varUint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128))
  return [...bytes, rest]
}

/** A frame with a hostile update, or a hostile state vector, in a room that the sender has joined. */
export function attackOnYjs(room: string, update: Uint8Array, chance: Chance): Attack {
  const kind = chance.below(10)
  if (kind === 0) return { bytes: encodeFrame({ kind: 'step-1', room, vector: update }), forYjs: true }
  return { bytes: encodeFrame({ kind: kind < 4 ? 'step-2' : 'update', room, update }), forYjs: true }
}

/** A frame that is none, or is for nobody. */
export function attackOnFrames(room: string, lives: Lives, chance: Chance): Attack {
  const good = encodeFrame({ kind: 'update', room, update: chance.pick(chance.pick(lives)) })
  const elsewhere = chance.pick([
    '',
    'labels',
    `${room}/x`,
    `shelf/${'z'.repeat(300)}`,
    'me/\0',
    '__proto__',
    room.toUpperCase(),
  ])
  const kinds = [
    () => good.slice(0, chance.below(good.length)),
    () => chance.bytes(chance.below(64)),
    () => Uint8Array.of(...good, 0),
    () => encodeFrame({ kind: 'update', room: elsewhere, update: Uint8Array.of(0, 0) }),
    () => encodeFrame({ kind: 'token', room: elsewhere, token: 'x'.repeat(chance.below(2000)), version: '' }),
    () => encodeFrame({ kind: 'awareness', room, states: chance.bytes(40) }),
    () => encodeFrame({ kind: 'stateless', room, payload: '{"kind":"stored"' }),
    () => encodeFrame({ kind: 'sync-status', room, stored: true }),
    () => encodeFrame({ kind: 'authenticated', room, scope: 'read-write' }),
    () => Uint8Array.of(room.length, ...new TextEncoder().encode(room), 0, 2, 255, 255, 255, 255, 127), // a length that lies
    () => Uint8Array.of(room.length, ...new TextEncoder().encode(room), chance.below(256)),
  ]
  return { bytes: chance.pick(kinds)(), forYjs: false }
}

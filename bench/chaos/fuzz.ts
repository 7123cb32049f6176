/**
 * Hostile frames by the hundred thousand over real sockets, while honest clients write. Nobody's crash, bounded memory,
 * and at the end the honest rooms hold what the honest wrote, byte for byte, and no room anything that would stay pending.
 */
import * as Y from 'yjs'
import { decodeFrame } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { residentBytes } from '../relay/accounts.ts'
import { joinFrames, keyOf } from '../relay/material.ts'
import { dial, masked, type RawSocket } from '../relay/raw-socket.ts'
import { createChance, type Chance } from './chance.ts'
import { createClient, type Client } from './client.ts'
import { attackOnFrames, attackOnYjs, hostileUpdate, livesOf, neverWhole, type Lives } from './hostile.ts'
import { readRooms } from './on-disk.ts'
import { startVictim, type Victim } from './process.ts'

export interface Fuzz {
  readonly frames: number
  /** Of those: with Yjs bytes that the relay had to read. */
  readonly forYjs: number
  readonly crashes: number
  readonly startBytes: number
  /** When half of the frames were through, and the most at any time. */
  readonly halfBytes: number
  readonly peakBytes: number
  /** Changes of the honest clients, all acknowledged. */
  readonly honestChanges: number
  /** Honest rooms whose merged content is not byte-equal to their writers'. */
  readonly unequal: number
  /** Rows in any room that do not fit, and what would stay pending. */
  readonly unfit: number
}

export const mostGrowth = 256 * 1024 * 1024

/** Whether it went as it must. */
export const isWithin = (found: Fuzz): boolean =>
  found.crashes + found.unequal + found.unfit === 0 &&
  found.peakBytes - found.startBytes <= mostGrowth &&
  found.forYjs >= found.frames / 2

/** A stranger reads an honest room, an owner writes his own, an insider has an honest key and sends what never fits. */
type Standing = 'stranger' | 'owner' | 'insider'
interface Attacker {
  readonly standing: Standing
  readonly room: string
  readonly join: () => Promise<Buffer>
}

const honestKeys = 3
const ownKeys = 12
const atOnce = 24
const shareForYjs = 0.7

export async function runFuzz(path: string, frames: number, seed: number): Promise<Fuzz> {
  const chance = createChance(seed)
  const victim = await startVictim(path, { LIMITS: 'attack' })
  const honest = await honestClients(victim)
  const { attackers, rooms } = await attackersOf(honest.map(({ room }) => room))
  const counts = { frames: 0, forYjs: 0 }
  const lives = livesOf(chance, 60, [1, 2, 3, 11, 12, 500_001, 500_002, 4_000_000_000])
  const writing = honest.map((client) => slowly(client))
  const startBytes = residentBytes(victim.pid).now

  let halfBytes = 0

  const crew = Array.from({ length: atOnce }, async (_, at) => {
    const own = createChance(seed + 1 + at)
    while (counts.frames < frames && !victim.hasEnded()) {
      await attack(victim.url, own.pick(attackers), lives, own, counts)
      if (halfBytes === 0 && counts.frames >= frames / 2) halfBytes = residentBytes(victim.pid).now
    }
  })
  await Promise.all(crew)
  for (const { stop } of writing) stop()
  const crashes = victim.hasEnded() ? 1 : 0
  const peakBytes = crashes === 0 ? residentBytes(victim.pid).peak : 0
  if (crashes === 0) await Promise.all(honest.map((client) => client.settled()))
  await victim.stop()
  for (const client of honest) client.close()
  const stored = readRooms(path, rooms)
  return {
    ...counts,
    crashes,
    startBytes,
    halfBytes,
    peakBytes,
    honestChanges: honest.reduce((sum, client) => sum + client.acked(), 0),
    unequal: honest.filter(({ room, doc }) => !sameBytes(doc, stored.get(room)?.doc)).length,
    unfit: [...stored.values()].reduce((sum, { unfit }) => sum + unfit, 0),
  }
}

async function honestClients({ url }: Victim): Promise<readonly Client[]> {
  const clients = await Promise.all(
    Array.from({ length: honestKeys }, async (_, at) => {
      const signer = await keyOf(7_500_000 + at)
      return createClient(shelfOf(signer.did), `honest ${at}`, signer, 11 + at)
    }),
  )
  await Promise.all(clients.map((client) => client.connect(url)))
  return clients
}

async function attackersOf(honestRooms: readonly string[]) {
  const own = await Promise.all(Array.from({ length: ownKeys }, (_, at) => keyOf(7_600_000 + at)))
  const honest = await Promise.all(Array.from({ length: honestKeys }, (_, at) => keyOf(7_500_000 + at)))
  const attackers: readonly Attacker[] = [
    ...honestRooms.map((room) => ({ standing: 'stranger' as const, room, join: () => joinFrames(room, undefined) })),
    ...own.map((signer, at) => {
      const room = at % 2 === 0 ? shelfOf(signer.did) : `me/${signer.did}`
      return { standing: 'owner' as const, room, join: () => joinFrames(room, signer) }
    }),
    ...honest.map((signer, at) => ({
      standing: 'insider' as const,
      room: honestRooms[at]!,
      join: () => joinFrames(honestRooms[at]!, signer),
    })),
  ]
  return { attackers, rooms: [...new Set(attackers.map(({ room }) => room))] }
}

const ping = masked(Uint8Array.of(9))
const pong = 10
const mostFrames = 200 // then another socket, so that joins are under fire as well
const burst = 8
const patienceMs = 5000

interface Raid {
  readonly socket: RawSocket
  /** Of the frames whose pong is not back: whether they are for Yjs. */
  readonly sent: boolean[]
  joined: boolean
  gone: boolean
}

/** One socket's life: frames in bursts, each with a ping behind it; a frame counts once its pong is back. */
async function attack(
  url: string,
  attacker: Attacker,
  lives: Lives,
  chance: Chance,
  counts: { frames: number; forYjs: number },
): Promise<void> {
  let wake = (): void => undefined
  const raid = await startRaid(url, counts, () => wake())
  if (!raid) return // the relay is gone, or this machine is out of ports; the caller looks
  const until = async (ready: () => boolean) => {
    const late = setTimeout(raid.socket.close, patienceMs)
    while (!ready() && !raid.gone) await new Promise<void>((resolve) => (wake = resolve))
    clearTimeout(late)
  }
  raid.socket.send(await attacker.join())
  await until(() => raid.joined)
  for (let at = 0; at < mostFrames && !raid.gone; at += burst) {
    for (let more = 0; more < burst; more++) {
      const { bytes, forYjs } = attackOf(attacker, lives, chance)
      raid.sent.push(forYjs)
      raid.socket.send(masked(bytes))
      raid.socket.send(ping)
    }
    await until(() => raid.sent.length === 0)
  }
  if (raid.gone && raid.sent[0] === false) counts.frames++ // a frame that is none ends the socket before its ping is read
  raid.socket.close()
}

async function startRaid(
  url: string,
  counts: { frames: number; forYjs: number },
  wake: () => void,
): Promise<Raid | undefined> {
  const sent: boolean[] = []
  const state = { joined: false, gone: false }
  const receive = (message: Buffer) => {
    if (message.length === 1 && message[0] === pong && sent.length > 0) {
      counts.frames++
      if (sent.shift()) counts.forYjs++
    } else if (!state.joined) {
      const frame = decodeFrame(message)
      state.joined = frame.ok && frame.value.kind === 'step-2'
    } else return
    wake()
  }
  const socket = await dial(url, receive).catch(() => undefined)
  if (!socket) return undefined
  const raid = Object.assign(state, { socket, sent })
  const end = () => {
    raid.gone = true
    wake()
  }
  void socket.closed.then(end)
  return raid
}

function attackOf({ standing, room }: Attacker, lives: Lives, chance: Chance) {
  if (chance.random() > shareForYjs) return attackOnFrames(room, lives, chance)
  return attackOnYjs(room, standing === 'insider' ? neverWhole(lives, chance) : hostileUpdate(lives, chance), chance)
}

const everyMs = 40
const mostChanges = 1000 // every attacker's socket reads the room: a slow machine must not make it ever larger

/** A change now and then, for as long as the attack goes on. */
function slowly(client: Client) {
  const timer = setInterval(() => client.made() < mostChanges && client.writeOn().stop(), everyMs)
  return { stop: () => clearInterval(timer) }
}

/** Both written anew from one state, so that how they came to it makes no difference. */
function sameBytes(doc: Y.Doc, stored: Y.Doc | undefined): boolean {
  return stored !== undefined && Buffer.compare(canonical(doc), canonical(stored)) === 0
}
function canonical(doc: Y.Doc): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return Y.encodeStateAsUpdate(copy)
}

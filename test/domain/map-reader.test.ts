/** What is read without Yjs is what Yjs reads: of any history of one writer, whole, in pieces, folded, and from any point on. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createMapReader, type ToldMaps } from '#domain/map-reader.ts'

const names = ['entries', 'dead', 'edition']
const edit = fc.record({
  name: fc.constantFrom(...names),
  key: fc.constantFrom('a', 'b', 'c', '键', 'constructor'),
  value: fc.option(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('长'.repeat(200))), { freq: 3 }),
})
const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { maxLength: 25 })
type History = readonly (readonly { name: string; key: string; value: string | null }[])[]

const valuesOf = (maps: ToldMaps) =>
  names.map((name) => {
    const map = maps.getMap(name)
    return [...map.keys()].sort().map((key) => [key, map.get(key), map.has(key)])
  })

/** As the relay writes: one update for each turn, by the client 1. @param changed after each of them */
function write(turns: History, changed: (update: Uint8Array, doc: Y.Doc) => void) {
  const doc = new Y.Doc()
  doc.clientID = 1
  for (const turn of turns) {
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => void updates.push(update)
    doc.on('update', collect)
    doc.transact(() => {
      for (const { name, key, value } of turn)
        if (value === null) doc.getMap(name).delete(key)
        else doc.getMap<string>(name).set(key, value)
    })
    doc.off('update', collect)
    for (const update of updates) changed(update, doc)
  }
  return doc
}
const toldOf = (doc: Y.Doc): ToldMaps => ({ getMap: (name) => doc.getMap<string>(name) })

describe('the reader', () => {
  it('agrees with Yjs after every change, and names the keys that changed', () => {
    fc.assert(
      fc.property(history, (turns) => {
        const reader = createMapReader()
        const seen = new Map<string, Map<string, string>>(names.map((name) => [name, new Map()]))
        for (const name of names)
          reader.getMap(name).observe(({ keysChanged }) => {
            for (const key of keysChanged) {
              const value = reader.getMap(name).get(key)
              if (value === undefined) seen.get(name)?.delete(key)
              else seen.get(name)?.set(key, value)
            }
          })
        write(turns, (update, doc) => {
          expect(reader.apply(update)).toBe(true)
          expect(valuesOf(reader)).toEqual(valuesOf(toldOf(doc)))
          expect(names.map((name) => Object.fromEntries(seen.get(name) ?? []))).toEqual(
            names.map((name) => ({ ...doc.getMap(name).toJSON() })),
          )
        })
      }),
    )
  })

  it('reads a room whole: as one document, as merged updates, as what a clean document says', () => {
    fc.assert(
      fc.property(history, (turns) => {
        const updates: Uint8Array[] = []
        const doc = write(turns, (update) => void updates.push(update))
        const loaded = new Y.Doc()
        Y.applyUpdate(loaded, Y.mergeUpdates(updates.length > 0 ? updates : [Uint8Array.of(0, 0)]))
        for (const whole of [
          Y.encodeStateAsUpdate(doc),
          Y.encodeStateAsUpdate(loaded),
          ...(updates.length > 0 ? [Y.mergeUpdates(updates)] : []),
        ]) {
          const reader = createMapReader()
          expect(reader.apply(whole)).toBe(true)
          expect(valuesOf(reader)).toEqual(valuesOf(toldOf(doc)))
        }
      }),
    )
  })

  it('goes on from any point with the difference that its state vector asks for, told twice or not', () => {
    fc.assert(
      fc.property(history, fc.nat(30), (turns, cut) => {
        const reader = createMapReader()
        let n = 0
        const doc = write(turns, (update) => void (n++ < cut && reader.apply(update)))
        for (const whole of [Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(doc)]) {
          expect(reader.apply(Y.diffUpdate(whole, reader.vector()))).toBe(true)
          expect(valuesOf(reader)).toEqual(valuesOf(toldOf(doc)))
        }
        expect(Y.decodeStateVector(reader.vector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
      }),
    )
  })

  it('takes another history in place of what it has, and tells just what is not the same', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const reader = createMapReader()
        const [old, doc] = [write(before, (update) => void reader.apply(update)), write(after, () => undefined)]
        const changed = new Set<string>()
        for (const name of names)
          reader.getMap(name).observe(({ keysChanged }) => keysChanged.forEach((key) => changed.add(`${name} ${key}`)))
        expect(reader.replace(Y.encodeStateAsUpdate(doc))).toBe(true)
        expect(valuesOf(reader)).toEqual(valuesOf(toldOf(doc)))
        const others = names.flatMap((name) => {
          const [was, is] = [old, doc].map((each) => each.getMap<string>(name))
          const keys = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])
          return [...keys].filter((key) => was?.get(key) !== is?.get(key)).map((key) => `${name} ${key}`)
        })
        expect([...changed].sort()).toEqual(others.sort())
      }),
    )
  })

  it('notices that a change is missing, and leaves everything as it was', () => {
    const reader = createMapReader()
    const updates: Uint8Array[] = []
    write(
      [1, 2, 3].map((n) => [{ name: 'entries', key: `k${n}`, value: 'x' }]),
      (update) => void updates.push(update),
    )
    expect(reader.apply(updates[0]!)).toBe(true)
    expect(reader.apply(updates[2]!)).toBe(false)
    expect([...reader.getMap('entries').keys()]).toEqual(['k1'])
    expect(reader.apply(updates[1]!)).toBe(true)
    expect(reader.apply(updates[2]!)).toBe(true)
  })

  it('takes nothing of two writers, of other values, or that is cut off or made up, and never throws', () => {
    const two = write([[{ name: 'entries', key: 'a', value: 'x' }]], () => undefined)
    const other = new Y.Doc()
    other.clientID = 2
    other.getMap('entries').set('b', 'y')
    Y.applyUpdate(two, Y.encodeStateAsUpdate(other))
    const numbers = new Y.Doc()
    numbers.getMap('entries').set('a', { deep: 1 })
    const good = Y.encodeStateAsUpdate(write([[{ name: 'entries', key: 'a', value: 'x' }]], () => undefined))
    for (const bad of [two, numbers].map((doc) => Y.encodeStateAsUpdate(doc)))
      expect(createMapReader().apply(bad)).toBe(false)
    for (let length = 0; length < good.length; length++)
      expect(createMapReader().apply(good.subarray(0, length))).toBe(false)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => typeof createMapReader().apply(bytes) === 'boolean'),
    )
  })
})

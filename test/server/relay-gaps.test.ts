import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { judgeUpdate, knownFrom, type Known } from '../../server/relay/gaps.ts'
import { addRange, covers, type Ranges } from '../../server/relay/ranges.ts'

/** Every change a document makes, as the update it sends. */
function recording(client: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  return { doc, updates }
}

const empty = (): Known => ({ vector: new Map(), deleted: new Map() })
const knownOf = (doc: Y.Doc): Known => knownFrom(Y.encodeStateAsUpdate(doc))!
const kindOf = (update: Uint8Array, known: Known): string => judgeUpdate(update, known).kind

/** The judge of the judge: a document that has `base`, given `update`, keeps something pending. */
function staysPending(base: readonly Uint8Array[], update: Uint8Array): boolean {
  const doc = new Y.Doc()
  for (const known of base) Y.applyUpdate(doc, known)
  Y.applyUpdate(doc, update)
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}

describe('an update', () => {
  it('that follows is news, the same again is known, a later one is a gap', () => {
    const { doc, updates } = recording(1)
    const map = doc.getMap('records')
    for (const at of [1, 2, 3]) map.set(`k${at}`, at)
    const known = knownFrom(updates[0]!)!
    expect(updates.map((update) => kindOf(update, known))).toEqual(['known', 'news', 'gap'])
  })

  it('empty is known', () => {
    expect(kindOf(Y.encodeStateAsUpdate(new Y.Doc()), empty())).toBe('known')
  })

  // the three that parseUpdateMeta does not see
  it('with a hole in the middle is a gap', () => {
    const { doc, updates } = recording(1)
    const text = doc.getText('t')
    for (const at of [0, 1, 2]) text.insert(at, 'x')
    const holed = Y.mergeUpdates([updates[0]!, updates[2]!])
    expect(Y.parseUpdateMeta(holed).from.get(1)).toBe(0)
    expect(kindOf(holed, empty())).toBe('gap')
  })

  it('whose origin is a client the room does not know is a gap', () => {
    const first = recording(1)
    const second = recording(2)
    first.doc.getText('t').insert(0, 'hello')
    Y.applyUpdate(second.doc, first.updates[0]!)
    second.updates.length = 0
    second.doc.getText('t').insert(5, '!')
    expect(Y.parseUpdateMeta(second.updates[0]!).from.get(2)).toBe(0)
    expect(kindOf(second.updates[0]!, empty())).toBe('gap')
    expect(kindOf(second.updates[0]!, knownOf(first.doc))).toBe('news')
  })

  it('whose parent is a client the room does not know is a gap', () => {
    const first = recording(1)
    const second = recording(2)
    first.doc.getMap('m').set('list', new Y.Array())
    Y.applyUpdate(second.doc, first.updates[0]!)
    second.updates.length = 0
    const list = second.doc.getMap('m').get('list')
    if (list instanceof Y.Array) list.push([1])
    expect(kindOf(second.updates[0]!, empty())).toBe('gap')
    expect(kindOf(second.updates[0]!, knownOf(first.doc))).toBe('news')
  })

  it('that only deletes is a gap before, news once, known after', () => {
    const { doc, updates } = recording(1)
    doc.getMap('m').set('k', 1)
    doc.getMap('m').delete('k')
    expect(Y.parseUpdateMeta(updates[1]!).from.size).toBe(0)
    expect(kindOf(updates[1]!, empty())).toBe('gap')
    expect(kindOf(updates[1]!, knownFrom(updates[0]!)!)).toBe('news')
    expect(kindOf(updates[1]!, knownOf(doc))).toBe('known')
  })

  it('that repeats what is known is kept without it', () => {
    const { doc, updates } = recording(1)
    const map = doc.getMap('m')
    map.set('a', 'x'.repeat(1000))
    map.set('b', 'y')
    const judgement = judgeUpdate(Y.encodeStateAsUpdate(doc), knownFrom(updates[0]!)!)
    if (judgement.kind !== 'news') throw new Error(judgement.kind)
    expect(judgement.news.update.length).toBeLessThan(100)
    const reader = new Y.Doc()
    Y.applyUpdate(reader, updates[0]!)
    Y.applyUpdate(reader, judgement.news.update)
    expect(reader.getMap('m').toJSON()).toEqual(map.toJSON())
  })

  it('of clients that lean on each other back and forth is news as a whole', () => {
    const docs = [recording(1), recording(2)]
    for (let turn = 0; turn < 40; turn++) {
      const [here, there] = turn % 2 === 0 ? docs : docs.toReversed()
      here!.doc.getText('t').insert(here!.doc.getText('t').length, 'x')
      Y.applyUpdate(there!.doc, Y.encodeStateAsUpdate(here!.doc))
    }
    expect(kindOf(Y.encodeStateAsUpdate(docs[0]!.doc), empty())).toBe('news')
  })
})

/** One struct of one character: client, clock, origin (client, clock), text; clients in the order given. */
function forged(
  ...structs: readonly {
    client: number
    clock: number
    origin?: readonly [number, number]
    info?: number
    tail?: readonly number[]
  }[]
): Uint8Array {
  const bytes = [structs.length]
  for (const { client, clock, origin, info, tail } of structs) {
    bytes.push(1, client, clock)
    if (origin) bytes.push(info ?? 0x84, ...origin, ...(tail ?? [1, 97]))
    else bytes.push(info ?? 0x04, 1, 1, 116, ...(tail ?? [1, 97]))
  }
  return Uint8Array.from([...bytes, 0])
}

describe('what is no update', () => {
  it.each([
    ['nothing', Uint8Array.of()],
    ['half of one', Uint8Array.of(1, 1, 5)],
    ['one with a byte behind it', Uint8Array.of(0, 0, 7)],
    ['a content of no kind', forged({ client: 1, clock: 0, info: 0x1e })],
    ['an empty text', forged({ client: 1, clock: 0, tail: [0] })],
    ['a change that hangs on itself', forged({ client: 1, clock: 0, origin: [1, 0] })],
    ['clients in ascending order', forged({ client: 1, clock: 0 }, { client: 2, clock: 0 })],
    ['one client twice', forged({ client: 1, clock: 0 }, { client: 1, clock: 1 })],
    ['a subdocument', subdocument()],
  ])('%s is refused', (_, update) => {
    expect(kindOf(update, empty())).toBe('bad')
  })

  it('the forger writes what Yjs reads', () => {
    const update = forged({ client: 2, clock: 0, origin: [1, 0] }, { client: 1, clock: 0 })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    expect(doc.getText('t').toJSON()).toBe('aa')
    expect(kindOf(update, empty())).toBe('news')
  })

  it('two that wait for each other are a gap, as they are for Yjs', () => {
    const circle = forged({ client: 2, clock: 0, origin: [1, 0] }, { client: 1, clock: 0, origin: [2, 0] })
    expect(kindOf(circle, empty())).toBe('gap')
    expect(staysPending([], circle)).toBe(true)
  })
})

function subdocument(): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('m').set('doc', new Y.Doc())
  return Y.encodeStateAsUpdate(doc)
}

describe('against Yjs itself', () => {
  const edits = fc.array(fc.record({ who: fc.nat(2), what: fc.nat(5), key: fc.nat(3), sync: fc.nat(2) }), {
    minLength: 1,
    maxLength: 30,
  })

  it('says news or known exactly when a document would have nothing pending', () => {
    fc.assert(
      fc.property(edits, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (steps, chance) => {
        const updates = history(steps)
        const random = () => chance.next().value as number
        const base = updates.filter(() => random() < 0.5)
        const applicable: Uint8Array[] = []
        for (const update of base) if (!staysPending(applicable, update)) applicable.push(update)
        const known = knownFrom(Y.mergeUpdates([Uint8Array.of(0, 0), ...applicable]))!
        const chosen = updates.filter(() => random() < 0.4)
        const probe = Y.mergeUpdates([Uint8Array.of(0, 0), ...chosen])
        const fits = ['news', 'known'].includes(kindOf(probe, known))
        expect(fits).toBe(!staysPending(applicable, probe))
      }),
      { numRuns: 300 },
    )
  })

  it('never throws on noise or on damaged updates', () => {
    const sound = Y.encodeStateAsUpdate(someDocument())
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(sound.length - 1), fc.nat(255), (noise, at, byte) => {
        kindOf(noise, empty())
        const damaged = sound.slice()
        damaged[at] = byte
        kindOf(damaged, empty())
        kindOf(sound.subarray(0, at), empty())
      }),
      { numRuns: 1000 },
    )
  })
})

function someDocument(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap('records').set('a', 'signed.{"x":1}')
  doc.getText('t').insert(0, 'hello')
  doc.getText('t').delete(1, 2)
  doc.getArray('l').push([1, { a: [true, null] }, new Y.Map([['k', 'v']])])
  return doc
}

function history(steps: readonly { who: number; what: number; key: number; sync: number }[]): Uint8Array[] {
  const all: Uint8Array[] = []
  const docs = [1, 2, 3].map((client) => {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.on('update', (update: Uint8Array, origin: unknown) => void (origin === 'sync' || all.push(update)))
    return doc
  })
  for (const { who, what, key, sync } of steps) {
    const doc = docs[who]!
    const text = doc.getText('t')
    if (what < 2) doc.getMap('m').set(`k${key}`, what)
    else if (what === 2) doc.getMap('m').delete(`k${key}`)
    else if (what === 3 && text.length > key) text.delete(key, 1)
    else text.insert(Math.min(key, text.length), 'ab')
    if (sync === 0) Y.applyUpdate(docs[(who + 1) % 3]!, Y.encodeStateAsUpdate(doc), 'sync')
  }
  return all
}

describe('ranges', () => {
  it('cover exactly what was added, joined where they touch', () => {
    const additions = fc.array(fc.record({ clock: fc.nat(60), len: fc.integer({ min: 1, max: 8 }) }), { maxLength: 25 })
    fc.assert(
      fc.property(additions, (added) => {
        const ranges: Ranges = new Map()
        const plain = new Set<number>()
        for (const range of added) {
          addRange(ranges, 1, range)
          for (let at = 0; at < range.len; at++) plain.add(range.clock + at)
        }
        for (let clock = 0; clock < 70; clock++) expect(covers(ranges, 1, { clock, len: 1 })).toBe(plain.has(clock))
        const own = ranges.get(1) ?? []
        for (const [at, range] of own.entries())
          expect(range.clock).toBeGreaterThan(at ? own[at - 1]!.clock + own[at - 1]!.len : -1)
      }),
    )
  })
})

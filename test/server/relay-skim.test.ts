/** The short way of judging an update against the long one: where it answers, both answer alike. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { judgeAny, knownFrom, type Known } from '../../server/relay/gaps.ts'
import { skim } from '../../server/relay/skim.ts'

const empty = (): Known => ({ vector: new Map(), deleted: new Map() })
const plain = ({ vector, deleted }: NonNullable<ReturnType<typeof skim>>) => ({ vector: [...vector], deleted })

function agree(update: Uint8Array, known: Known): boolean {
  const short = skim(update, known)
  if (!short) return false
  const long = judgeAny(update, known, Infinity)
  expect(long.kind).toBe('news')
  if (long.kind !== 'news') return false
  expect(plain(short)).toEqual(plain(long.news))
  expect(short.update).toEqual(long.news.update)
  expect(short.branches).toBe(long.news.branches)
  return true
}

/** Two people write into one document, now and then in one transaction. */
const act = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom('text', 'set', 'delete', 'cut', 'push', 'nested', 'format'),
  at: fc.nat(20),
  value: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double(),
  ),
})
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

function play(doc: Y.Doc, { what, at, value }: Act): void {
  const text = doc.getText('text')
  const map = doc.getMap('map')
  if (what === 'text') text.insert(Math.min(at, text.length), `${String(value)}好😀`)
  else if (what === 'set') map.set(`k${at % 4}`, value)
  else if (what === 'delete') map.delete(`k${at % 4}`)
  else if (what === 'cut') text.delete(0, Math.min(at, text.length))
  else if (what === 'push') doc.getArray('list').push([value, at])
  else if (what === 'nested') map.set(`n${at % 4}`, new Y.Map([['x', value]]))
  else text.format(0, Math.min(at, text.length), { bold: true })
}

function updatesOf(acts: readonly Act[]): readonly Uint8Array[] {
  const docs = [new Y.Doc(), new Y.Doc()]
  const updates: Uint8Array[] = []
  docs.forEach((doc, at) => {
    doc.clientID = at + 1
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      updates.push(update)
      Y.applyUpdate(docs[1 - at]!, update, 'other')
    })
  })
  for (const one of acts) play(docs[one.who]!, one)
  return updates
}

describe('the short way', () => {
  it('answers for texts and plain values, and as the long way does', () => {
    let answered = 0
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), (acts) => {
        const before: Uint8Array[] = []
        for (const update of updatesOf(acts)) {
          const known = before.length > 0 ? knownFrom(Y.mergeUpdates(before))! : empty()
          if (agree(update, known)) answered++
          before.push(update)
        }
      }),
      { numRuns: 300 },
    )
    expect(answered).toBeGreaterThan(300)
  })

  it('leaves to the long way, or answers like it, what is broken by a byte, cut short, early or late', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 2, maxLength: 8 }), fc.nat(), fc.nat(255), (acts, place, byte) => {
        const updates = updatesOf(acts)
        for (const [at, update] of updates.entries()) {
          const broken = update.slice()
          broken[place % broken.length] = byte
          const known = at > 0 ? knownFrom(Y.mergeUpdates(updates.slice(0, at)))! : empty()
          agree(broken, known)
          agree(update.subarray(0, place % update.length), known)
          agree(Uint8Array.of(...update, byte), known)
          agree(update, empty())
          agree(update, knownFrom(Y.mergeUpdates([...updates]))!)
        }
      }),
      { numRuns: 300 },
    )
  })
})

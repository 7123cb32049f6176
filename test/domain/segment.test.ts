import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkBytesFor, chunksOf, decodeChunk } from '#domain/chunk.ts'
import { columnsOf, rowsOf } from '#domain/columns.ts'
import { createInverted, type FieldTokens } from '#domain/inverted.ts'
import { searchFields } from '#domain/posting.ts'
import { chunkOfTerm, decodeDirectory, encodeDirectory, groupOfOrdinal, type Directory } from '#domain/segment.ts'
import { must, present } from '../fixtures/must.ts'

const chunkBytes = chunkBytesFor(100_000)
const token = fc.constantFrom('售后', '后服', '服务', '𠮷野', '𠮸野', 'iphone', 'ip', '15', '车', 'a', 'z')
const tokens: fc.Arbitrary<FieldTokens> = fc.record({
  title: fc.array(token, { maxLength: 6 }),
  text: fc.array(token, { maxLength: 300 }),
  labels: fc.array(token, { maxLength: 3 }),
})
const entries = fc.array(fc.tuple(fc.integer({ min: 1, max: 70_000 }), tokens), { maxLength: 30 })

/** Ordinals grow by the steps. */
function invertedOf(rows: readonly (readonly [number, FieldTokens])[]) {
  const inverted = createInverted()
  let ordinal = 0
  const placed = rows.map(([step, cut]) => ({ ordinal: (ordinal += step), cut }))
  for (const { ordinal: at, cut } of placed) inverted.add(at, cut)
  return { inverted, placed }
}

describe('a chunk', () => {
  it('gives back each term with who holds it, where, how often, and how long those fields are', () =>
    fc.assert(
      fc.property(entries, (rows) => {
        const { inverted, placed } = invertedOf(rows)
        const chunks = [...chunksOf(inverted.terms(), inverted.postingsOf, chunkBytes)]
        const read = chunks.map(({ bytes }) => must(decodeChunk(bytes)))
        expect(read.flatMap(({ terms }) => terms)).toEqual(inverted.terms())
        for (const chunk of read)
          for (const term of chunk.terms) {
            const { ordinals, frequencies, lengths } = present(chunk.postingsOf(term))
            const found = [...ordinals].map((ordinal, i) => ({
              ordinal,
              counts: frequencies.map((of) => of[i]),
              lengths: lengths.map((of) => of[i]),
            }))
            const wanted = placed.flatMap(({ ordinal, cut }) => {
              const counts = searchFields.map((field) => cut[field].filter((each) => each === term).length)
              const long = searchFields.map((field, f) => ((counts[f] ?? 0) > 0 ? cut[field].length : 0))
              return counts.some((count) => count > 0) ? [{ ordinal, counts, lengths: long }] : []
            })
            expect(found).toEqual(wanted)
          }
      }),
    ))

  it('is small in a small segment and never more than eight kilobytes by much', () => {
    expect([500, 10_000, 100_000, 1_000_000].map(chunkBytesFor)).toEqual([1_024, 2_400, 7_589, 8_192])
  })

  it('is about eight kilobytes in a large one, and a longer list has one for itself', () => {
    const inverted = createInverted()
    for (let i = 0; i < 9_000; i++) inverted.add(i, { title: ['每'], text: [`w${i}`], labels: [] })
    const chunks = [...chunksOf(inverted.terms(), inverted.postingsOf, chunkBytes)]
    const large = chunks.filter(({ bytes }) => bytes.length > chunkBytes * 1.5)
    expect(large.map(({ first }) => first)).toEqual(['每'])
    expect(chunks.length).toBeGreaterThan(5)
  })

  it('that is cut or changed anywhere is refused, never misread', () => {
    const { inverted } = invertedOf([[1, { title: ['售后'], text: ['服务', '售后'], labels: [] }]])
    const [chunk] = [...chunksOf(inverted.terms(), inverted.postingsOf, chunkBytes)]
    const bytes = present(chunk).bytes
    for (let i = 0; i < bytes.length; i++) {
      expect(decodeChunk(bytes.subarray(0, i)).ok).toBe(false)
      expect(decodeChunk(bytes.with(i, (bytes[i] ?? 0) ^ 1)).ok).toBe(false)
    }
  })
})

describe('a directory', () => {
  const directory: Directory = {
    start: 1_000,
    count: 40,
    groupEnds: [1_020, 1_030, 1_035, 1_040],
    totals: [400, 9_000, 120],
    dead: [3, 4, 900],
    deadTotals: [30, 400, 12],
    chunks: ['15', 'iphone', '售后', '𠮷野'],
    columns: [{ category: 'goods', first: 1_000, last: 1_019, rows: 20 }],
  }

  it('comes back as it was written', () =>
    expect(decodeDirectory(encodeDirectory(directory))).toEqual({ ok: true, value: directory }))

  it('that is cut is refused', () => expect(decodeDirectory(encodeDirectory(directory).subarray(0, 60)).ok).toBe(false))

  it.each([
    ['0', -1],
    ['15', 0],
    ['16', 0],
    ['iphone', 1],
    ['售', 1],
    ['售后', 2],
    ['𠮸', 3],
  ])('%s would stand in chunk %i', (term, n) => expect(chunkOfTerm(directory, term)).toBe(n))

  it.each([
    [1_000, 'listing'],
    [1_020, 'guide'],
    [1_034, 'notice'],
    [1_039, 'directory'],
  ])('ordinal %i is a %s', (ordinal, group) => expect(groupOfOrdinal(directory, ordinal)).toBe(group))
})

describe('columns', () => {
  const row = {
    category: 'goods',
    district: 'donggang',
    intent: 'offer',
    sub: 'digital',
    by: 'person',
    priceFen: 120_000,
    at: 5,
    until: 9,
    fields: {},
  }
  const rows = [
    { ...row, ordinal: 3, fields: { brand: 'x', negotiable: true } },
    { ...row, ordinal: 9, priceFen: null, fields: { km: 12 } },
  ]
  it('give back their rows', () => expect(rowsOf(columnsOf(rows), 'goods')).toEqual(rows))
})

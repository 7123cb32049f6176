/** Histograms: round and steady bars, each counting what its range finds, under everything else that is chosen. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsOf } from '#domain/bars.ts'
import { columnsOf, type ColumnRow } from '#domain/columns.ts'
import { pairsOf, queryOf, type Range } from '#domain/filters.ts'
import { histogramsOf, measuresOf, type Narrowing } from '#domain/histogram.ts'
import { present } from '../fixtures/must.ts'
import { town } from '../fixtures/town.ts'

const categoryOf = (id: string) => present(town.categories.find((category) => category.id === id))
const shortly = (bars: readonly Range[]) => bars.map(({ min, max }) => `${min ?? ''}–${max ?? ''}`).join(' ')
const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const steps = (from: number, to: number, by: number) =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by)

describe('bars', () => {
  // prettier-ignore
  it.each<[string, readonly number[], string]>([
    ['of nothing',              [], ''],
    ['of one value',            [500, 500, 500, 500], ''],
    ['of few whole values',     [1, 1, 2, 4], '1–1 2–2 3–3 4–4'],
    ['of an even spread',       steps(40, 140, 2), '–60 60–80 80–100 100–120 120–'],
    ['of rents',                steps(1_200, 3_800, 100), '–1500 1500–2000 2000–2500 2500–3000 3000–3500 3500–'],
    ['of a wide spread',        [10, 30, 80, 200, 900, 2_500, 8_000, 30_000], '–50 50–100 100–500 500–1000 1000–5000 5000–10000 10000–'],
    ['where some are free',     [0, 0, 5, 20, 40, 120, 300], '–5 5–10 10–20 20–50 50–100 100–200 200–'],
    ['with one far out',        [...steps(100, 1_000, 10), 90_000_000], '–200 200–400 400–600 600–800 800–'],
    ['of parts of one',         [0.5, 0.75, 1, 1.25, 1.5], '–0.6 0.6–0.8 0.8–1 1–1.2 1.2–1.4 1.4–'],
  ])('%s', (_, values, bars) => expect(shortly(barsOf(ascending(values)))).toBe(bars))

  it('are few, in order, join without a gap, and hold every value', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 50_000_000 }), fc.integer({ min: 0, max: 99 })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(values, (some) => {
        const bars = barsOf(ascending(some))
        expect(bars.length).toBeLessThanOrEqual(8)
        const isEach = bars.every(({ min, max }) => min === max)
        if (!isEach) bars.slice(1).forEach(({ min }, i) => expect(min).toBe(bars[i]?.max))
        for (const value of bars.length > 0 ? some : [])
          expect(bars.some(({ min = value, max = value }) => value >= min && value <= max)).toBe(true)
      }),
    )
  })

  it('end where an address can say it', () => {
    const values = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(values, (some) => {
        const query = { category: 'vehicles', fields: { km: barsOf(ascending(some.map((n) => n / 100)))[1] ?? {} } }
        expect(queryOf(categoryOf('vehicles'), [], pairsOf(query)).fields?.['km'] ?? {}).toEqual(query.fields.km)
      }),
    )
  })
})

const row = (ordinal: number, change: Partial<ColumnRow>): ColumnRow => ({
  ordinal,
  category: 'housing',
  district: 'juxian',
  intent: 'rent',
  sub: 'flat',
  by: 'person',
  priceFen: 150_000,
  at: 0,
  until: 1_000,
  fields: {},
  ...change,
})
const rooms = [1, 1, 2, 2, 2, 3, 4].map((n, i) =>
  row(i * 3, {
    fields: { rooms: n, area: 30 * n + i, share: i % 2 === 0 ? 'entire' : 'shared' },
    priceFen: n === 4 ? null : n * 80_000,
    district: n === 3 ? 'lanshan' : 'juxian',
  }),
)
const countsOf = (query: Narrowing, id: string, rows: readonly ColumnRow[] = rooms, now = 0) =>
  histogramsOf(categoryOf('housing'), query, [columnsOf(rows)], (_, until) => until >= now)[id]

describe('the histograms of a category', () => {
  it('are those of its price and of the numbers one filters by', () => {
    expect(measuresOf(categoryOf('housing'))).toEqual(['price', 'rooms', 'area', 'floor', 'floorsTotal'])
    expect(measuresOf(categoryOf('lost'))).toEqual([])
  })

  it('count under everything else that is chosen, and not under their own range', () => {
    const all = [2, 3, 1, 1]
    const of = (query: Narrowing) => countsOf(query, 'rooms')?.bars.map(({ count }) => count)
    expect(of({})).toEqual(all)
    expect(of({ fields: { rooms: { min: 3 } } })).toEqual(all)
    expect(of({ fields: { area: { max: 70 } } })).toEqual([2, 3, 0, 0]) // the bars stay, what they hold does not
    expect(of({ fields: { share: 'entire' } })).toEqual([1, 2, 0, 1])
    expect(of({ maxFen: 80_000 })).toEqual([2, 0, 0, 0])
    expect(of({ district: 'juxian' })).toEqual([2, 3, 0, 1])
    expect(of({ sub: 'constructor' })).toBeUndefined()
  })

  it('tell how many say nothing', () => expect(countsOf({}, 'price')?.unsaid).toBe(1))

  it('are not made of what is over, or of what the caller leaves out', () => {
    expect(countsOf({}, 'rooms', [...rooms, row(99, { until: 5, fields: { rooms: 1 } })], 6)?.bars[0]?.count).toBe(2)
    const odd = histogramsOf(categoryOf('housing'), {}, [columnsOf(rooms)], (ordinal) => ordinal !== 3)
    expect(odd['rooms']?.bars[0]?.count).toBe(1) // ordinals are steps in the file, and whole numbers here
  })

  it('are none where a look at the list tells more', () => {
    expect(countsOf({}, 'rooms', rooms.slice(0, 3))).toBeUndefined()
    expect(
      countsOf(
        {},
        'rooms',
        Array.from({ length: 9 }, (_, i) => row(i, { fields: { rooms: 2 } })),
      ),
    ).toBeUndefined()
  })

  it('are the same from one page of columns as from several', () => {
    const whole = histogramsOf(categoryOf('housing'), {}, [columnsOf(rooms)], () => true)
    const parted = histogramsOf(
      categoryOf('housing'),
      {},
      [columnsOf(rooms.slice(0, 4)), columnsOf(rooms.slice(4))],
      () => true,
    )
    expect(parted).toEqual(whole)
  })
})

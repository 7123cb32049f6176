/** Histograms over a real read model: what a bar says is what its link finds; what changes is seen, and a large town is not read at every question. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { pairsOf, queryOf, withRange, without } from '#domain/filters.ts'
import type { Histogram } from '#domain/histogram.ts'
import type { Signer } from '#domain/identity.ts'
import type { ListQuery } from '#domain/read-model.ts'
import type { OpenRecord } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'
import { createHistogramCounts } from '../../server/histograms.ts'
import { createHistograms } from '../../server/stores/histograms.ts'
import { aLabel, onListing } from '../fixtures/labels.ts'
import { present } from '../fixtures/must.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'

let alice: Signer
let judge: Signer
beforeAll(async () => {
  ;[alice, judge] = [await aSigner(1), await aSigner(2)]
})

const aPortal = () => openProjection(':memory:', undefined, { moderators: new Set([judge.did]) })
type Portal = ReturnType<typeof aPortal>

async function put(portal: Portal, signer: Signer, records: readonly OpenRecord[]) {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  expect(portal.journal().filter(({ verdict }) => verdict !== 'published')).toEqual([])
}

// prettier-ignore
const flats = Array.from({ length: 30 }, (_, i) => ({
  category: 'housing',
  sub: i % 4 === 0 ? 'studio' : 'flat',
  title: `向阳的房子第${String.fromCodePoint(0x4e00 + i)}套`,
  district: i % 3 === 0 ? 'lanshan' : 'donggang',
  priceFen: i % 7 === 6 ? null : 80_000 + (i % 10) * 20_000 + (i === 4 ? 50 : 0),
  validDays: i === 29 ? 7 : 30,
  fields: { rooms: 1 + (i % 4), ...(i % 5 > 0 && { area: 40.5 + 7 * i, share: i % 2 === 0 ? 'entire' : 'shared' }) },
}))
const recordsOf = (bodies: readonly object[]) => Promise.all(bodies.map((body, i) => aRecord(alice, i, noon, body)))

const countOf = (histogram: Histogram | undefined) => histogram?.bars.reduce((sum, { count }) => sum + count, 0)

describe('a histogram', () => {
  // prettier-ignore
  it.each<[string, Omit<ListQuery, 'category'>]>([
    ['of a whole category',          {}],
    ['of a kind and a district',     { sub: 'flat', district: 'donggang' }],
    ['under a choice',               { fields: { share: 'entire' } }],
    ['under ranges of its own and others', { minFen: 100_000, fields: { rooms: { max: 3 }, area: { min: 60 } } }],
    ['on a later page, dearest first', { sort: 'dearest', page: 2 }],
  ])('%s says of each bar what its link finds', async (_, filters) => {
    const portal = aPortal()
    await put(portal, alice, await recordsOf(flats))
    const query: ListQuery = { category: 'housing', ...filters }
    const histograms = await portal.model.histograms(query, noon)
    expect(Object.keys(histograms)).toEqual(['price', 'rooms', 'area'])
    const housing = present(town.categories.find(({ id }) => id === 'housing'))
    for (const [id, { bars, unsaid }] of Object.entries(histograms)) {
      expect(bars.length).toBeGreaterThan(1)
      for (const bar of bars) {
        const linked = queryOf(housing, town.portal.districts, pairsOf(withRange(query, id, bar)))
        expect((await portal.model.list(linked, noon)).total, `${id} ${JSON.stringify(bar)}`).toBe(bar.count)
      }
      const free = await portal.model.list(without(query, id), noon)
      const said = await portal.model.list(withRange(query, id, { min: 0 }), noon)
      expect(free.total - said.total).toBe(unsaid)
    }
  })

  const rooms = async (portal: Portal, now = noon) =>
    countOf((await portal.model.histograms({ category: 'housing' }, now))['rooms'])

  it('follows what is published, changed, hidden and over', async () => {
    const portal = aPortal()
    const records = await recordsOf(flats)
    await put(portal, alice, records.slice(1))
    expect(await rooms(portal)).toBe(29)
    await put(portal, alice, records.slice(0, 1))
    expect(await rooms(portal)).toBe(30)
    const second = present(records[1])
    await put(portal, alice, [await anEdit(alice, second, noon + 1, { state: 'sold-here' })])
    expect(await rooms(portal)).toBe(29)
    await put(portal, judge, [await aLabel(judge, 50, noon, { subject: onListing(present(records[2]).envelope.id) })])
    expect(await rooms(portal)).toBe(28)
    expect(await rooms(portal, noon + 7 * dayMs)).toBe(28)
    expect(await rooms(portal, noon + 7 * dayMs + 60_000)).toBe(27)
  })

  it('of a category without numbers, or of none, is none', async () => {
    const portal = aPortal()
    for (const category of ['lost', 'arms', '__proto__'])
      expect(await portal.model.histograms({ category }, noon)).toEqual({})
  })
})

describe('a category that takes long to read', () => {
  it('is read again after a hundred times as long', async () => {
    const portal = aPortal()
    const records = await recordsOf(flats)
    await put(portal, alice, records.slice(1))
    const clock = { ms: 0 }
    const count = createHistograms(portal.core.db, town, () => (clock.ms += 30))
    const total = () => countOf(count({ category: 'housing' }, noon)['rooms'])
    expect(total()).toBe(29)
    clock.ms = 100_000
    await put(portal, alice, records.slice(0, 1))
    expect(total()).toBe(30) // it had rested long enough
    await put(portal, alice, [await anEdit(alice, present(records[1]), noon + 1, { state: 'sold-here' })])
    clock.ms = 102_000
    expect(total()).toBe(30) // it took 30 ms, so it is held for three seconds
    clock.ms = 103_100
    expect(total()).toBe(29)
  })
})

describe('the thread of histograms', () => {
  it('counts what is counted here', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'histograms-'))
    const path = join(folder, 'portal.sqlite')
    const portal = openProjection(path)
    await put(portal, alice, await recordsOf(flats))
    const here = createHistograms(portal.core.db, town, () => 0)({ category: 'housing' }, noon)
    expect(Object.keys(here).length).toBeGreaterThan(0)
    const counts = createHistogramCounts(path, town)
    counts.start()
    await expect.poll(() => counts.of({ category: 'housing' }, noon), { timeout: 10_000 }).toEqual(here)
    await counts.close()
    rmSync(folder, { recursive: true })
  })

  it('that dies answers with none, and so does one that never answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'histograms-'))
    const threadOf = (name: string, on: string) => {
      const path = join(folder, name)
      writeFileSync(path, `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', (m) => ${on})\n`)
      return createHistogramCounts('', town, pathToFileURL(path))
    }
    for (const counts of [
      threadOf('dies.mjs', 'process.exit(1)'),
      threadOf('dumb.mjs', "m === 'close' && process.exit()"),
    ]) {
      expect(await counts.of({ category: 'housing' }, noon)).toEqual({})
      await counts.close()
    }
    rmSync(folder, { recursive: true })
  })

  it('that cannot open the database answers with none, and ends', async () => {
    const counts = createHistogramCounts('/nowhere/portal.sqlite', town)
    expect(await counts.of({ category: 'housing' }, noon)).toEqual({})
    await counts.close()
  })
})

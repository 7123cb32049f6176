/** The lines of a live list over HTTP: as pages show them, told again only when they are others. */
import { brotliDecompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Line } from '#domain/entry.ts'
import { latestOnHome, tagOf } from '#domain/newest.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { dayMs, hourMs } from '#domain/time.ts'
import { latestRoutes } from '../../server/routes/latest.ts'
import { createRoomVersion } from '../../server/stores/room-version.ts'
import { openProjection } from '../fixtures/projection.ts'
import { anEdit, aRecord, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

async function openTown() {
  const portal = openProjection()
  let reads = 0
  const latest: ReadModel['latest'] = (query, now) => (reads++, portal.model.latest(query, now))
  const readModel = { ...portal.model, latest }
  const routes = latestRoutes({ readModel, versionOf: createRoomVersion(portal.core.db), now: () => portal.clock.now })
  const ask = (topic: string, headers: Record<string, string> = {}) => routes.request(`/${topic}`, { headers })
  const linesOf = async (topic: string) => (await (await ask(topic)).json()) as readonly Line[]
  const signer = await aSigner(1)
  const publish = async (seed: number, change: Parameters<typeof aRecord>[3] = {}) => {
    const record = await aRecord(signer, seed, portal.clock.now, change)
    await portal.shelve(signer.did, { [slotOf(record)]: record.text })
    return record
  }
  return { portal, signer, ask, linesOf, publish, reads: () => reads }
}

it('are those that a page has, with the tag that the page itself makes of its lines', async () => {
  const { portal, ask, linesOf, publish } = await openTown()
  const { envelope } = await publish(1)
  const served = await portal.model.latest({ limit: latestOnHome }, noon)
  const listed = await portal.model.list({ category: 'goods' }, noon)
  expect(await linesOf('all')).toEqual(served)
  expect(await linesOf('goods')).toEqual(listed.lines)
  expect(served.map(({ id }) => id)).toEqual([envelope.id])
  for (const [topic, lines] of [
    ['all', served],
    ['goods', listed.lines],
  ] as const) {
    const inPage = JSON.parse(JSON.stringify(lines)) as readonly Line[]
    const same = await ask(topic, { 'If-None-Match': tagOf(inPage) })
    expect([same.status, await same.text()]).toEqual([304, ''])
  }
})

it('are told to who has others: after an edit, a new one, an end', async () => {
  const { portal, signer, ask, publish } = await openTown()
  const first = await publish(1)
  let tag = (await ask('all')).headers.get('ETag') ?? ''
  const isNews = async () => {
    const answer = await ask('all', { 'If-None-Match': tag })
    tag = answer.headers.get('ETag') ?? ''
    return answer.status === 200 ? ((await answer.json()) as readonly Line[]).map(({ title }) => title) : answer.status
  }
  expect(await isNews()).toBe(304)
  const edit = await anEdit(signer, first, noon + hourMs, { title: '换了标题的实木书桌' })
  portal.clock.now = noon + hourMs
  await portal.shelve(signer.did, { [slotOf(edit)]: edit.text })
  expect(await isNews()).toEqual(['换了标题的实木书桌'])
  await publish(2, { title: '又一张实木书桌' })
  expect(await isNews()).toEqual(['又一张实木书桌', '换了标题的实木书桌'])
  portal.clock.now = noon + 400 * dayMs
  portal.projector.sweep(portal.clock.now)
  expect(await isNews()).toEqual([])
})

it('are asked of the read model once for each state of the room, however many ask', async () => {
  const { ask, publish, reads } = await openTown()
  await publish(1)
  for (let i = 0; i < 5; i++) await ask('all')
  expect(reads()).toBe(1)
  await publish(2)
  for (let i = 0; i < 5; i++) await ask('all')
  expect(reads()).toBe(2)
})

it('come compressed to who takes that, and a cache may keep them only if it asks each time', async () => {
  const { ask, linesOf, publish } = await openTown()
  await publish(1)
  const packed = await ask('all', { 'Accept-Encoding': 'gzip, br' })
  expect(packed.headers.get('Content-Encoding')).toBe('br')
  expect(packed.headers.get('Cache-Control')).toBe('public, no-cache')
  expect(JSON.parse(brotliDecompressSync(await packed.arrayBuffer()).toString())).toEqual(await linesOf('all'))
})

it.each(['jobs', 'nothing-like-it', '..', '%E0%A4%A', 'constructor'])(
  'there is nothing of %s where nothing was published',
  async (topic) => {
    const { ask, publish } = await openTown()
    await publish(1)
    expect((await ask(topic)).status).toBe(404)
  },
)

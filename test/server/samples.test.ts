/** The samples through the real store, the real writer thread and the real projector. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { matchesCommitment } from '#domain/contact.ts'
import { Entry, Line } from '#domain/entry.ts'
import { Notice } from '#domain/notice.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { openRecord } from '#domain/record.ts'
import { hourMs } from '#domain/time.ts'
import { Samples } from '../../server/sample-schema.ts'
import { batchesOf, loadSamples, writingsOf } from '../../server/samples.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createReadModel } from '../../server/stores/read-model.ts'
import type { RoomBytes } from '../../server/stores/store.ts'
import { openWriter, type Writer } from '../../server/stores/writer.ts'
import { loadHouse, loadTown, readContent } from '../../server/town.ts'
import { must } from '../fixtures/must.ts'

const content = new URL('../../content', import.meta.url).pathname
const now = Date.now()
const townOf = (id: string) => must(loadTown(id, content))
const samplesOf = (id: string) => must(readContent(`${content}/samples/${id}.json`, Samples))

function mapOf(bytes: RoomBytes | undefined, name: string): ReadonlyMap<string, string> {
  const doc = new Y.Doc()
  for (const update of bytes ? [...(bytes.snapshot ? [bytes.snapshot] : []), ...bytes.updates] : [])
    Y.applyUpdate(doc, update)
  return new Map(doc.getMap<string>(name).entries())
}

const isLive = ({ ageHours, validDays, state }: Samples['listings'][number]) => !state && ageHours <= validDays * 24

describe.each(['rizhao', 'huangdao'])('the samples of %s', (id) => {
  const town = townOf(id)
  const samples = samplesOf(id)
  const folder = mkdtempSync(join(tmpdir(), 'samples-'))
  const path = join(folder, 'town.sqlite')
  let writer: Writer
  let model: ReadModel
  let notices: readonly Notice[]
  let posters: readonly string[]

  beforeAll(async () => {
    writer = must(await openWriter({ path, settings: { town, house: must(loadHouse(content)), logLevel: 'silent' } }))
    const projected = async () => void (await writer.ask('projected', null))
    expect(await loadSamples({ log: writer.log, town, samples, now, projected })).toEqual({
      ok: true,
      value: samples.listings.length,
    })
    const db = must(openReadOnly(path))
    model = createReadModel(db, town)
    posters = db
      .prepare(`SELECT substr(name, 7) AS did FROM rooms WHERE name LIKE 'shelf/%'`)
      .all()
      .map((row) => String(row['did']))
    const inboxes = await Promise.all(posters.map((did) => writer.log.read(`inbox/${did}`)))
    notices = inboxes.flatMap((bytes) =>
      [...mapOf(bytes, 'notices').values()].map((json) => Notice.parse(JSON.parse(json))),
    )
  })
  afterAll(async () => {
    await writer.close()
    rmSync(folder, { recursive: true })
  })

  const live = samples.listings.filter(isLive)

  it('every record is published, none refused', () => {
    expect(notices.filter(({ verdict }) => verdict !== 'published')).toEqual([])
    expect(notices.length).toBeGreaterThan(0)
  })

  it('each category counts just its live ones', async () => {
    const counts = await model.counts(now)
    for (const category of town.categories)
      expect([category.id, counts[category.id]?.live ?? 0]).toEqual([
        category.id,
        live.filter((one) => one.category === category.id).length,
      ])
  })

  it('the wire holds exactly the live ones, whole', async () => {
    const entries = [...mapOf(await writer.log.read('wire/0'), 'entries').values()].map((json) =>
      Entry.parse(JSON.parse(json)),
    )
    expect(entries.map(({ title }) => title).sort()).toEqual(live.map(({ title }) => title).sort())
    for (const entry of entries) expect(entry.sample).toBe(true)
  })

  it('the newest twenty are the youngest twenty, each as old as it says', async () => {
    const lines = [...mapOf(await writer.log.read('latest/all'), 'lines').values()].map((json) =>
      Line.parse(JSON.parse(json)),
    )
    const young = [...live].sort((a, b) => a.ageHours - b.ageHours).slice(0, 20)
    expect(lines.map(({ title }) => title).sort()).toEqual(young.map(({ title }) => title).sort())
    for (const line of lines) {
      const sample = young.find(({ title }) => title === line.title)
      expect(line.at).toBe(Math.round(now - (sample?.ageHours ?? 0) * hourMs))
    }
  })

  it('those that are over stand as what they are: expired by time, sold or withdrawn by a second revision', async () => {
    const views = (await Promise.all(posters.map((did) => idsOn(did)))).flat().map((one) => model.listing(one, now))
    const shown = new Map(
      (await Promise.all(views)).flatMap((view) => (view ? [[view.body.title, view] as const] : [])),
    )
    expect(shown.size).toBe(new Set(samples.listings.map(({ title }) => title)).size)
    for (const sample of samples.listings) {
      const view = shown.get(sample.title)
      const expected = isLive(sample)
        ? 'live'
        : sample.state === undefined
          ? 'expired'
          : sample.state === 'changed-mind'
            ? 'withdrawn'
            : 'sold'
      expect([sample.title, view?.life, view?.rev]).toEqual([sample.title, expected, sample.state ? 2 : 1])
    }
    expect([...shown.values()].filter(({ life }) => life === 'expired').length).toBeGreaterThan(0)
  })

  const authors = async (category: string) =>
    new Set((await model.list({ category }, now)).lines.map(({ author }) => author))
  const idsOn = async (did: string) =>
    [...mapOf(await writer.log.read(`shelf/${did}`), 'records').keys()].map((slot) => slot.slice(0, 26))

  it('posters have their names, and friends listings lie under other keys than the rest', async () => {
    const views = await Promise.all(posters.map((did) => model.poster(did, now)))
    for (const { name, kind } of samples.posters)
      expect(views.some((view) => view?.name === name && view.poster === kind)).toBe(true)
    const friends = await authors('friends')
    expect(friends.size).toBeGreaterThan(0)
    for (const { id: other } of town.categories.filter(({ ownKey }) => !ownKey))
      for (const author of await authors(other)) expect(friends.has(author)).toBe(false)
  })

  it('a live contact is given with its key, one of a listing that is over is not', async () => {
    const contactOf = createContactOf(must(openReadOnly(path)))
    for (const sample of samples.listings.filter(({ contact }) => contact)) {
      const ids = (await model.search(sample.title, 50, now)).lines.filter(({ title }) => title === sample.title)
      expect(ids.length > 0).toBe(isLive(sample))
      for (const line of ids) {
        const held = must(await contactOf(line.id, now))
        expect(held.contact).toEqual(sample.contact)
        const view = await model.listing(line.id, now)
        expect(await matchesCommitment(held, view?.body.contact ?? '')).toBe(true)
      }
    }
  })
})

const recordsIn = async (writings: Awaited<ReturnType<typeof writingsOf>>) => {
  const docs = new Map<string, Y.Doc>()
  const texts: string[] = []
  for (const { room, update } of writings) {
    const doc = docs.get(room) ?? new Y.Doc()
    docs.set(room, doc)
    Y.applyUpdate(doc, update)
    expect(doc.store.pendingStructs).toBeNull() // an update whose forerunner is missing would stay pending
    texts.push(...doc.getMap<string>('records').values())
  }
  return new Set(texts)
}

describe('what is written', () => {
  const town = townOf('huangdao')
  const samples = samplesOf('huangdao')
  it('is the same to the byte whenever it is made at one time', async () => {
    const [one, two] = [await writingsOf({ town, samples, now }), await writingsOf({ town, samples, now })]
    expect(one).toEqual(two)
    expect((await recordsIn(one)).size).toBeGreaterThan(50)
  })
  it('opens as genuine records of this town, marked as samples', async () => {
    for (const text of await recordsIn(await writingsOf({ town, samples, now }))) {
      const { envelope } = must(await openRecord(text, 'huangdao'))
      expect(envelope.body['sample']).toBe(true)
    }
  })
  it('comes oldest first, and no batch holds a room twice', async () => {
    const writings = await writingsOf({ town, samples, now })
    const batches = batchesOf(writings)
    expect(batches.flat()).toEqual(writings)
    expect(writings.map(({ at }) => at)).toEqual(writings.map(({ at }) => at).sort((a, b) => a - b))
    for (const batch of batches) expect(new Set(batch.map(({ room }) => room)).size).toBe(batch.length)
    expect(batches.length).toBeLessThan(writings.length)
  })
  it('ends with the fault when the disk says no', async () => {
    const fault = { kind: 'storage', detail: 'full' } as const
    let asked = 0
    const log = { append: async () => (asked++, { ok: false, error: fault } as const) }
    expect(await loadSamples({ log, town, samples, now, projected: async () => undefined })).toEqual({
      ok: false,
      error: fault,
    })
    expect(asked).toBe(1)
  })
})

/** Editions over real files and threads: what is printed and what the wire says together are the live listings, whatever happens. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { keptEditionMs } from '#domain/edition.ts'
import type { Entry } from '#domain/entry.ts'
import { shelfOf, wireOf } from '#domain/room.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { dayMs } from '#domain/time.ts'
import { nextKey, wireMaps } from '#domain/wire.ts'
import { createEditionFiles } from '../../server/edition-files.ts'
import { createPublisher } from '../../server/projector/publisher.ts'
import { createPublishing } from '../../server/publishing.ts'
import { databaseFile, openReadOnly } from '../../server/stores/database.ts'
import { createEntries } from '../../server/stores/entries.ts'
import { createGuideEntries } from '../../server/stores/guide-entries.ts'
import { readPrinted, segmentPath } from '../../server/stores/segment-file.ts'
import type { EditionRow } from '../../server/stores/store.ts'
import { openWriter } from '../../server/stores/writer.ts'
import { aGuide, nextGuide } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody } from '../fixtures/guide-bodies.ts'
import { must, present } from '../fixtures/must.ts'
import { anEdit, aProfile, aRecord, aRoomCopy, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const guide: PrintedEntry = {
  id: 'guide/returns',
  group: 'guide',
  words: { 'zh-Hans': { title: '退货怎样办', text: '售后服务的七天。' } },
  href: '/guides/returns',
  at: 5,
}

/** A writer thread, a publisher thread, one author with his shelf, and a clock. */
async function aTown({ site = [guide] }: { readonly site?: readonly PrintedEntry[] } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'editions-'))
  const [path, folder] = [join(root, databaseFile), join(root, 'editions')]
  const settings = { town, logLevel: 'silent', editionsDir: folder }
  const writer = must(await openWriter({ path, settings }))
  const reader = must(openReadOnly(path))
  const clock = { now: Date.now() }
  const erased: string[] = []
  const faults: unknown[] = []
  const publishing = createPublishing({
    writer,
    reader,
    path,
    folder,
    town,
    site,
    now: () => clock.now,
    eraseRoom: async (room) => void (erased.push(room), await writer.erase(room)),
    onChanged: () => files.refresh(),
    report: (reason) => void faults.push(reason),
  })
  const files = createEditionFiles(reader, folder)
  closers.push(async () => {
    files.close()
    await publishing.close()
    reader.close()
    await writer.close()
    rmSync(root, { recursive: true })
    expect(faults).toEqual([])
  })
  const signer = await aSigner(1)
  const copy = aRoomCopy('records')
  const put = async (records: readonly Awaited<ReturnType<typeof aRecord>>[]) => {
    const update = copy.put(Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
    must(await writer.log.append([{ room: shelfOf(signer.did), update, at: Date.now() }]))
    await writer.ask('projected', undefined)
  }
  const wireDoc = async (edition: string) => {
    const doc = new Y.Doc()
    const room = await writer.log.read(wireOf(edition))
    if (room?.snapshot) Y.applyUpdate(doc, room.snapshot)
    for (const update of room?.updates ?? []) Y.applyUpdate(doc, update)
    return doc
  }
  /** Ids of listings that a reader of the edition and its wire has; a doubled one would stand twice. */
  const seenIn = async ({ edition, base, delta }: EditionRow): Promise<readonly string[]> => {
    const doc = await wireDoc(edition)
    const parts = [base, ...(delta === null ? [] : [delta])].map((name) => readPrinted(join(folder, segmentPath(name))))
    const dead = new Set([
      ...parts.flatMap((part) => [...part.dead]),
      ...[...doc.getMap(wireMaps.dead).keys()].map(Number),
    ])
    const printed = parts.flatMap((part) =>
      [...part.printed].flatMap(([id, { ordinal }]) => (dead.has(ordinal) ? [] : [id])),
    )
    return [...printed.filter((id) => !id.startsWith('guide/')), ...doc.getMap(wireMaps.entries).keys()].sort()
  }
  const live = () =>
    [...[...createEntries(reader).all(Date.now())].map(({ id }) => id), ...createGuideEntries(reader).ids()].sort()
  return { folder, reader, writer, clock, erased, publishing, files, signer, put, wireDoc, seenIn, live }
}

const records = async (signer: Awaited<ReturnType<typeof aSigner>>, from: number, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      aRecord(signer, from + i, Date.now(), { title: `第 ${from + i} 张实木书桌` }),
    ),
  )

describe('an edition and its wire', () => {
  it('together are the live listings, nothing lost and nothing twice, through edits, ends and prints of both kinds', async () => {
    const { signer, put, publishing, seenIn, live } = await aTown()
    const first = await records(signer, 0, 12)
    await put(first)
    const base = present(await publishing.print('base'))
    expect(base.entries).toBe(13)
    expect(await seenIn(base)).toEqual(live())

    const now = Date.now()
    const [one, two, three] = first
    const edited = await anEdit(signer, present(one), now, { title: '改过的实木书桌' })
    await put([
      edited,
      await anEdit(signer, present(two), now, { state: 'sold-here' }),
      ...(await records(signer, 50, 3)),
    ])
    expect(await seenIn(base)).toEqual(live())
    expect(live()).toHaveLength(14)

    const delta = present(await publishing.print('delta'))
    expect(delta).toMatchObject({ base: base.base, entries: 15 })
    expect(await seenIn(delta)).toEqual(live())

    await put([
      await anEdit(signer, edited, now + 1, { title: '又改过的实木书桌' }),
      await anEdit(signer, present(three), now + 1, { state: 'changed-mind' }),
    ])
    expect(await seenIn(delta)).toEqual(live())
    const again = present(await publishing.print('base'))
    expect(again.delta).toBeNull()
    expect(await seenIn(again)).toEqual(live())
  })

  it('have the guides of businesses too, each as it is now, through versions, a withdrawal and prints of both kinds', async () => {
    const { signer, put, publishing, seenIn, live, wireDoc } = await aTown()
    const now = Date.now()
    const guides = await Promise.all(
      [91, 92, 93].map(async (seed) => aGuide(signer, now, await aGuideBody(signer.did, aDraft(seed)))),
    )
    await put([await aProfile(signer, now, aBusiness()), ...guides, ...(await records(signer, 0, 3))])
    expect(live()).toHaveLength(6)
    const base = present(await publishing.print('base'))
    expect(base.entries).toBe(7)
    expect(await seenIn(base)).toEqual(live())

    const [one, two] = guides
    const renewed = await nextGuide(signer, present(one), now + 1, { version: 2, title: '新的标题在这里' })
    await put([renewed, await nextGuide(signer, present(two), now + 1, { version: 2, state: 'withdrawn' })])
    expect(await seenIn(base)).toEqual(live())
    expect((await wireDoc(base.edition)).getMap<string>(wireMaps.entries).get(renewed.envelope.id)).toContain(
      '新的标题',
    )
    const delta = present(await publishing.print('delta'))
    expect(delta.entries).toBe(6)
    expect(await seenIn(delta)).toEqual(live())
    expect((await wireDoc(delta.edition)).getMap(wireMaps.entries).size).toBe(0)
    expect(await seenIn(present(await publishing.print('base')))).toEqual(live())
  })

  it('cut only what changed since the last delta into tokens', async () => {
    const { signer, put, publishing } = await aTown()
    await put(await records(signer, 0, 5))
    await publishing.print('base')
    expect(publishing.counts().lastTokenised).toBe(6)
    await put(await records(signer, 10, 4))
    await publishing.print('delta')
    expect(publishing.counts().lastTokenised).toBe(4)
    await put(await records(signer, 20, 2))
    const { entries, delta } = present(await publishing.print('delta'))
    expect(publishing.counts().lastTokenised).toBe(2)
    expect([entries, delta === null]).toEqual([12, false])
  })

  it('tell the readers of the old wire which edition follows', async () => {
    const { publishing, put, signer, wireDoc } = await aTown()
    const first = present(await publishing.print('base'))
    await put(await records(signer, 0, 1))
    const next = present(await publishing.print('delta'))
    expect((await wireDoc(first.edition)).getMap(wireMaps.edition).get(nextKey)).toBe(next.edition)
  })

  it('are printed by themselves: at the start, when the wire has grown over its limit, and daily', async () => {
    const { publishing, put, signer, clock, files } = await aTown()
    await publishing.settled()
    expect(publishing.counts().prints).toBe(1)
    await publishing.settled()
    expect(publishing.counts().prints).toBe(1)
    await put(await records(signer, 0, 70))
    await publishing.settled()
    expect(publishing.counts().prints).toBe(2)
    await put(await records(signer, 100, 1))
    await publishing.settled()
    expect(publishing.counts().prints).toBe(2)
    clock.now += dayMs
    await publishing.settled()
    expect(publishing.counts().prints).toBe(3)
    expect(files.pointer()?.printedAt).toBe(clock.now)
  })

  it('that were replaced are given out for a day, then their files and wires are gone and that is said', async () => {
    const { publishing, put, signer, clock, files, folder, erased } = await aTown()
    const first = present(await publishing.print('base'))
    await put(await records(signer, 0, 3))
    await publishing.print('base')
    expect(await files.file(first.base, 'directory', 'br')).toMatchObject({ encoding: 'br' })
    clock.now += keptEditionMs + 60_000
    await publishing.settled()
    expect(existsSync(join(folder, segmentPath(first.base)))).toBe(false)
    expect(await files.file(first.base, 'directory', 'br')).toBe('gone')
    expect(await files.file('f'.repeat(24), 'directory', 'br')).toBe('missing')
    expect(erased).toContain(wireOf(first.edition))
  })

  it('give the cards of result lines, and null for an ordinal nobody has', async () => {
    const { publishing, put, signer, files } = await aTown()
    await put(await records(signer, 0, 2))
    const { base } = present(await publishing.print('base'))
    const [one, last, none] = await files.cards([0, 2, 99].map((ordinal) => ({ segment: base, ordinal })))
    expect((one as Entry).title).toMatch(/实木书桌/)
    expect(last).toEqual(guide)
    expect(none).toBeNull()
  })
})

describe('a print that fails', () => {
  it('leaves the sheet, and what was there before stays as it was', () => {
    let abandoned = 0
    const sheet = () => ({
      put: () => {
        throw new Error('the disk is full')
      },
      printed: () => undefined,
      finish: () => ({ name: '', bytes: 0 }),
      abandon: () => void abandoned++,
    })
    const publisher = createPublisher({ town, site: [guide], hashOf: (text) => text, sheet })
    const snapshot = {
      seq: 1,
      at: 1,
      listings: () => [],
      listing: () => undefined,
      guides: () => [],
      changed: () => [],
    }
    expect(() => publisher.base(snapshot)).toThrow('the disk is full')
    expect(abandoned).toBe(1)
  })

  it('or was cut off by the end of the process leaves nothing but what is swept at the next print', async () => {
    const { publishing, folder } = await aTown()
    await publishing.print('base')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(folder, '.printing-left'), 'half')
    await publishing.print('base')
    expect(readdirSync(folder)).not.toContain('.printing-left')
  })
})

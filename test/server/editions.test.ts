/** Editions over real files and threads: what is printed and what the wire says together are the live listings, whatever happens. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { baseAgeMs, keptEditionMs, largestDelta } from '#domain/edition.ts'
import type { Entry } from '#domain/entry.ts'
import { wireOf } from '#domain/room.ts'
import { cardsInPage } from '#domain/segment.ts'
import { dayMs } from '#domain/time.ts'
import { nextKey, wireMaps } from '#domain/wire.ts'
import { createPublisher } from '../../server/projector/publisher.ts'
import { createCurrent } from '../../server/stores/editions.ts'
import { createRetractions } from '../../server/stores/retractions.ts'
import { readIndex, readPrinted, segmentPath, wipeEntries } from '../../server/stores/segment-file.ts'
import { aGuide, nextGuide } from '../fixtures/businesses.ts'
import { aTown, records } from '../fixtures/edition-town.ts'
import { aBusiness, aDraft, aGuideBody } from '../fixtures/guide-bodies.ts'
import { present } from '../fixtures/must.ts'
import { guide } from '../fixtures/printed-guide.ts'
import { anEdit, aProfile, aRecord } from '../fixtures/records.ts'
import { town } from '../fixtures/town.ts'

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

  it('show a changed listing once after every single update, and one that ends not at all', async () => {
    const { signer, put, publishing, writer, folder } = await aTown()
    const record = (await records(signer, 1, 1))[0]!
    const { id } = record.envelope
    await put([record])
    const row = (await publishing.print('base'))!
    const { ordinal } = readPrinted(join(folder, segmentPath(row.base))).printed.get(id)!
    const edited = await anEdit(signer, record, Date.now(), { title: '换了名字的实木书桌' })
    await put([edited])
    await put([await anEdit(signer, edited, Date.now(), { state: 'changed-mind' })])
    const doc = new Y.Doc()
    const seen: number[] = []
    for (const update of (await writer.log.read(wireOf(row.edition)))?.updates ?? []) {
      Y.applyUpdate(doc, update)
      const isPrinted = !doc.getMap(wireMaps.dead).has(String(ordinal))
      seen.push(Number(isPrinted) + Number(doc.getMap(wireMaps.entries).has(id)))
    }
    expect(seen).toEqual([1, 0])
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

  it('stand on their base until the delta has outgrown it or it is a week old', async () => {
    const { publishing, put, signer, clock, reader } = await aTown()
    const printed = async () => {
      await publishing.settled()
      return present(createCurrent(reader)())
    }
    const first = await printed()
    await put(await records(signer, 0, 40))
    clock.now += dayMs
    const second = await printed()
    expect([second.base, second.delta === null]).toEqual([first.base, false])
    await put(await records(signer, 100, largestDelta(first.baseEntries) - 40))
    clock.now += dayMs
    const full = await printed()
    expect([full.base, full.delta === null]).toEqual([first.base, false])
    await put(await records(signer, 300, 1))
    clock.now += dayMs
    const grown = await printed()
    expect([grown.base === first.base, grown.delta]).toEqual([false, null])
    clock.now += baseAgeMs - 1
    expect((await printed()).edition).toBe(grown.edition)
    clock.now += 1
    const weekly = await printed()
    expect([weekly.baseAt, weekly.delta]).toEqual([clock.now, null])
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
      others: () => [],
      replaced: () => new Set<string>(),
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

describe('what is taken back', () => {
  const marks = ['绿孔雀牌', '蓝鲸牌']
  /** Every word that stands in the folder, out of what is compressed as well. */
  const wordsIn = (folder: string): string =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.segment'))
      .map((name) => {
        const path = join(folder, name)
        const fd = openSync(path, 'r')
        const { directory, printed, ...kinds } = readIndex(fd, statSync(path).size)
        const file = readFileSync(path)
        closeSync(fd)
        return [directory, printed, ...Object.values(kinds).flat()]
          .map(([from, raw, small]) => {
            const packed = file.subarray(from + raw, from + raw + small)
            const text = packed.every((byte) => byte === 0) ? '' : brotliDecompressSync(packed).toString()
            return file.subarray(from, from + raw).toString() + text
          })
          .join('\n')
      })
      .join('\n')

  it('is out of the cards at once, out of the next edition, and then in no file; its neighbours are still read', async () => {
    const { signer, put, publishing, files, folder, live, seenIn, reader } = await aTown()
    const [one, two] = [
      await aRecord(signer, 501, Date.now(), { title: `${marks[0]}书桌` }),
      await aRecord(signer, 502, Date.now(), { title: `${marks[1]}台灯` }),
    ] as const
    await put([...(await records(signer, 1, 100)), one, two])
    const first = (await publishing.print('base'))!
    const ordinals = readPrinted(join(folder, segmentPath(first.base))).printed
    const { ordinal } = ordinals.get(one.envelope.id)!
    const beside = ordinals.get(two.envelope.id)!.ordinal
    const page = Math.floor(ordinal / cardsInPage)
    expect(await files.file(first.base, `cards/${page}`, 'br')).toMatchObject({ encoding: 'br' })
    for (const mark of marks) expect(wordsIn(folder)).toContain(mark)

    await put([await anEdit(signer, one, Date.now(), { state: 'changed-mind' })])
    const between: unknown[] = []
    const answers = async () => [
      await files.file(first.base, `cards/${page}`, 'br'),
      await files.file(first.base, `cards/${page}`, 'identity'),
      ...(await files.cards([ordinal, beside].map((each) => ({ segment: first.base, ordinal: each })))).map(
        (card) => card?.id ?? null,
      ),
    ]
    const done = publishing.retract(new Set([one.envelope.id]))
    const watch = setInterval(() => void answers().then((found) => between.push(found)), 5)
    expect(await done).toBe(true)
    clearInterval(watch)
    expect(between).toContainEqual(['gone', 'gone', null, two.envelope.id]) // before the new edition was there
    expect(await files.file(first.base, `cards/${page}`, 'br')).toBe('gone')

    const row = createCurrent(reader)()!
    expect(row.base).not.toBe(first.base)
    expect(row.delta).toBeNull()
    expect(await seenIn(row)).toEqual(live())
    expect(wordsIn(folder)).not.toContain(marks[0])
    expect(wordsIn(folder)).toContain(marks[1])
    expect(readdirSync(folder)).toEqual([segmentPath(row.base)])
  })

  it('does nothing to editions that never held it', async () => {
    const { signer, put, publishing, reader } = await aTown()
    await put(await records(signer, 1, 5))
    const first = (await publishing.print('base'))!
    expect(await publishing.retract(new Set(['a'.repeat(26)]))).toBe(true)
    expect(createCurrent(reader)()!.edition).toBe(first.edition)
  })

  it('is finished at the next tick where the print after it was cut off', async () => {
    const { signer, put, publishing, folder, reader } = await aTown()
    const all = await records(signer, 1, 5)
    await put(all)
    const first = (await publishing.print('base'))!
    const { id } = all[0]!.envelope
    await put([await anEdit(signer, all[0]!, Date.now(), { state: 'changed-mind' })])
    createRetractions(folder).remember([id])
    expect(wipeEntries(folder, first.base, new Set([id]))).toBe(true) // and there the process ended
    await publishing.settled()
    const row = createCurrent(reader)()!
    expect(row.base).not.toBe(first.base)
    expect(readdirSync(folder)).toEqual([segmentPath(row.base)])
  })
})

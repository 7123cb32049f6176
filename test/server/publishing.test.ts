/** Publishing when something is wrong: a thread that dies or is slow, files that are gone or cut short, wires nobody reads, ends in the middle. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { wireOf } from '#domain/room.ts'
import { cardsInPage } from '#domain/segment.ts'
import { nextKey, wireMaps } from '#domain/wire.ts'
import { createEditionFiles } from '../../server/edition-files.ts'
import { createCurrent } from '../../server/stores/editions.ts'
import { createRetractions, retractionsFile } from '../../server/stores/retractions.ts'
import { isWhole, readPrinted, segmentBytes, segmentPath } from '../../server/stores/segment-file.ts'
import { aTown, records } from '../fixtures/edition-town.ts'
import { diedMark, waitMark } from '../fixtures/ill-publisher-marks.ts'
import { must, present } from '../fixtures/must.ts'
import { retractKillPoints } from '../fixtures/printing-process.ts'
import { anEdit } from '../fixtures/records.ts'

const illThread = new URL('../fixtures/ill-publisher-thread.ts', import.meta.url)

describe('a publisher thread', () => {
  it('that dies is told with its reason and made anew: the next print succeeds', async () => {
    const { publishing, put, signer, root, faults, seenIn, live } = await aTown({ thread: illThread, mayFail: true })
    await put(await records(signer, 0, 3))
    expect(await publishing.print('base')).toBeUndefined()
    expect(existsSync(join(root, diedMark))).toBe(true)
    expect(faults.map(String)).toEqual([expect.stringContaining('the press is broken')])
    expect(publishing.counts()).toMatchObject({ prints: 0, failed: 1, fault: { reason: /broken/ } })
    const row = present(await publishing.print('base'))
    expect(await seenIn(row)).toEqual(live())
    expect(publishing.counts()).toMatchObject({ prints: 1, failed: 1 })
  })

  it('that is slow does not hold up the start: there is no edition yet, and then there is', async () => {
    const root = mkdtempSync(join(tmpdir(), 'slow-'))
    for (const mark of [diedMark, waitMark]) writeFileSync(join(root, mark), '')
    const { publishing, files, put, signer } = await aTown({ root, thread: illThread })
    await put(await records(signer, 0, 3))
    await publishing.begin(20)
    expect(files.pointer()).toBeUndefined()
    expect(publishing.counts().prints).toBe(0)
    rmSync(join(root, waitMark))
    await publishing.settled()
    expect(files.pointer()?.edition).toMatch(/^[0-9a-f]{24}$/)
  })

  it('is left alone for a while after a failure, and asked again after it', async () => {
    const { publishing, clock } = await aTown({ thread: illThread, mayFail: true })
    await publishing.begin(60_000)
    publishing.tick() // nothing is begun
    expect(publishing.isAtWork()).toBe(false)
    expect(publishing.counts()).toMatchObject({ prints: 0, failed: 1 })
    clock.now += 10 * 60_000
    publishing.tick()
    await publishing.print('delta')
    expect(publishing.counts()).toMatchObject({ prints: 2, failed: 1 })
  })
})

describe('files of the edition in force', () => {
  const gone = (path: string) => rmSync(path)
  const cut = (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))
  const dull = (path: string) => truncateSync(path, statSync(path).size - 1)
  it.each([
    ['the base is gone', 'base', gone],
    ['the base is cut short', 'base', cut],
    ['the delta is gone', 'delta', gone],
    ['the delta lacks its last byte', 'delta', dull],
  ] as const)('%s: the next tick prints anew, and it is given out', async (_, which, harm) => {
    const { publishing, put, signer, folder, files, seenIn, live } = await aTown()
    await put(await records(signer, 0, 4))
    await publishing.print('base')
    await put(await records(signer, 50, 2))
    const before = present(await publishing.print('delta'))
    expect(await files.file(before.base, 'directory', 'br')).toMatchObject({ encoding: 'br' })
    harm(join(folder, segmentPath(present(before[which]))))
    expect(isWhole(folder, present(before[which]))).toBe(false)
    await publishing.settled()
    const after = present(files.pointer())
    expect(after.edition).not.toBe(before.edition)
    expect(after.delta).toBeNull()
    expect(await files.file(after.base, 'directory', 'br')).toMatchObject({ encoding: 'br' })
    expect((await files.cards([{ segment: after.base, ordinal: 0 }]))[0]).toMatchObject({ title: /实木书桌/ })
    expect(await seenIn({ ...before, ...after })).toEqual(live())
  })

  it('the whole folder is gone: it is made and printed into', async () => {
    const { publishing, put, signer, folder, files } = await aTown()
    await put(await records(signer, 0, 4))
    await publishing.print('base')
    rmSync(folder, { recursive: true })
    await publishing.settled()
    expect(await files.file(present(files.pointer()).base, 't/0', 'br')).toMatchObject({ encoding: 'br' })
  })

  it('weigh what the pointer says, also of a delta on the delta of a process before', async () => {
    const before = await aTown()
    await before.put(await records(before.signer, 0, 4))
    await before.publishing.print('base')
    await before.put(await records(before.signer, 50, 2))
    await before.publishing.print('delta')
    await before.close()
    const { publishing, folder, reader } = await aTown({ root: before.root })
    await publishing.print('delta')
    const { base, delta, bytes } = present(createCurrent(reader)())
    expect(bytes).toBe(segmentBytes(folder, base) + segmentBytes(folder, present(delta)))
  })
})

it('a wire whose edition is dropped is swept, whoever left it', async () => {
  const { publishing, put, signer, writer, reader } = await aTown()
  await put(await records(signer, 0, 2))
  const first = present(await publishing.print('base'))
  await put(await records(signer, 10, 2))
  const { edition } = present(await publishing.print('base'))
  const left = wireOf('e'.repeat(24))
  const doc = new Y.Doc()
  doc.getMap(wireMaps.edition).set(nextKey, edition)
  const update = Y.encodeStateAsUpdate(doc)
  must(await writer.log.append([{ room: left, update, at: Date.now() }]))
  await writer.spread()
  const wires = () =>
    reader
      .prepare(`SELECT name FROM rooms WHERE name LIKE 'wire/%' ORDER BY name`)
      .all()
      .map(({ name }) => name)
  expect(wires()).toContain(left)
  await publishing.settled()
  expect(wires()).not.toContain(left)
  expect(wires()).toContain(wireOf(first.edition)) // replaced, and still given out
})

describe('what is taken back', () => {
  const child = new URL('../fixtures/printing-process.ts', import.meta.url).pathname
  const cwd = new URL('../..', import.meta.url).pathname
  it.each(retractKillPoints)(
    'is not given out by the process that starts after one killed at "%s", and then it is in no file',
    async (point) => {
      const before = await aTown()
      const all = await records(before.signer, 1, 80)
      await before.put(all)
      const first = present(await before.publishing.print('base'))
      const [one, two] = [present(all[7]), present(all[8])]
      const printed = readPrinted(join(before.folder, segmentPath(first.base))).printed
      const place = (id: string) => ({ segment: first.base, ordinal: present(printed.get(id)).ordinal })
      await before.put([await anEdit(before.signer, one, Date.now(), { state: 'changed-mind' })])
      await before.close()

      const { id } = one.envelope
      const { signal, stderr } = spawnSync(process.execPath, [child, before.root, 'retract', point, id], {
        cwd,
        encoding: 'utf8',
      })
      expect([signal, stderr]).toEqual(['SIGKILL', ''])
      expect(createRetractions(before.folder).owed()).toEqual(new Set([id]))

      const after = await aTown({ root: before.root })
      const page = Math.floor(place(id).ordinal / cardsInPage)
      for (const encoding of ['br', 'identity'] as const)
        expect(await after.files.file(first.base, `cards/${page}`, encoding)).toBe('gone')
      const cards = await after.files.cards([place(id), place(two.envelope.id)])
      expect(cards.map((card) => card?.id ?? null)).toEqual([null, two.envelope.id])
      await after.publishing.settled()
      const row = present(createCurrent(after.reader)())
      expect(readPrinted(join(after.folder, segmentPath(row.base))).printed.has(id)).toBe(false)
      expect(await after.seenIn(row)).toEqual(after.live())
      expect(readdirSync(after.folder)).toEqual([segmentPath(row.base)])
    },
    60_000,
  )

  it('of which the note cannot be read: nothing printed is given out until a fresh print', async () => {
    const { publishing, put, signer, folder, reader } = await aTown()
    await put(await records(signer, 0, 4))
    const { base } = present(await publishing.print('base'))
    writeFileSync(join(folder, retractionsFile), '["half')
    const files = createEditionFiles(reader, folder)
    expect(await files.file(base, 'cards/0', 'br')).toBe('missing')
    await publishing.settled()
    expect(await files.file(base, 'cards/0', 'br')).toMatchObject({ encoding: 'br' })
    files.close()
  })
})

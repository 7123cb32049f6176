/** `kill -9` at each step of a print and of the switch to it: an edition is in force, whole, and together with its wire says what lives. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCurrent } from '../../server/stores/editions.ts'
import { segmentPath } from '../../server/stores/segment-file.ts'
import { aTown, records } from '../fixtures/edition-town.ts'
import { printKillPoints } from '../fixtures/printing-process.ts'
import { anEdit } from '../fixtures/records.ts'

const child = new URL('../fixtures/printing-process.ts', import.meta.url).pathname
const cwd = new URL('../..', import.meta.url).pathname

it.each(printKillPoints.flatMap((point) => [['base', point] as const, ['delta', point] as const]))(
  'a %s, killed at "%s"',
  async (what, point) => {
    const before = await aTown()
    const all = await records(before.signer, 1, 30)
    await before.put(all)
    const first = (await before.publishing.print('base'))!
    const changed = await Promise.all(
      all.slice(0, 5).map((one, i) => anEdit(before.signer, one, Date.now(), { title: `新名字的书桌 ${i}` })),
    )
    const ended = await Promise.all(
      all.slice(5, 8).map((one) => anEdit(before.signer, one, Date.now(), { state: 'changed-mind' })),
    )
    await before.put([...changed, ...ended, ...(await records(before.signer, 100, 5))])
    await before.close()

    const { signal, stderr } = spawnSync(process.execPath, [child, before.root, what, point], { cwd, encoding: 'utf8' })
    expect([signal, stderr]).toEqual(['SIGKILL', ''])

    const after = await aTown({ root: before.root })
    const row = createCurrent(after.reader)()!
    if (point === 'in-force') expect(row.edition).not.toBe(first.edition)
    else expect(row.edition).toBe(first.edition)
    for (const name of [row.base, row.delta])
      if (name) expect(existsSync(join(after.folder, segmentPath(name)))).toBe(true)
    await after.writer.ask('projected', undefined)
    expect(await after.seenIn(row)).toEqual(after.live())
    const next = (await after.publishing.print(what))!
    expect(await after.seenIn(next)).toEqual(after.live())
    expect(readdirSync(after.folder).filter((name) => name.startsWith('.'))).toEqual([])
    await after.close()
  },
  60_000,
)

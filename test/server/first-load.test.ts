/** The samples at a first start that is cut off by `kill -9`, and at the starts after it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs } from '#domain/time.ts'
import { dumpOf } from '../../server/replay.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createRoomReader } from '../../server/stores/sqlite.ts'
import { must } from '../fixtures/must.ts'
import { openProjection, roomValues } from '../fixtures/projection.ts'

const root = new URL('../..', import.meta.url).pathname
const script = join(root, 'test/fixtures/loading-process.ts')
const folder = mkdtempSync(join(tmpdir(), 'first-load-'))
const now = Date.now()
afterAll(() => rmSync(folder, { recursive: true }))

/** @returns how many listings it says it has loaded, or the signal that ended it */
const load = (path: string, at: number, ...cut: string[]) =>
  new Promise<string>((resolve) => {
    const args = [script, path, 'huangdao', String(at), ...cut]
    const child = execFile(process.execPath, args, { cwd: root }, (_, out, problem) =>
      resolve(child.signalCode ?? (out || problem).trim()),
    )
  })

function outcomeOf(path: string) {
  const db = must(openReadOnly(path))
  const readNow = createRoomReader(db)
  const notices = db
    .prepare(`SELECT name FROM rooms WHERE name LIKE 'inbox/%' ORDER BY name`)
    .all()
    .map((row) => roomValues({ readNow }, String(row['name']), 'notices'))
  const outcome = {
    model: dumpOf(db),
    journal: db.prepare('SELECT slot, hash, verdict, received_at FROM journal ORDER BY seq').all(),
    contacts: db.prepare('SELECT slot, held FROM contacts ORDER BY did, slot').all(),
    notices,
    wire: roomValues({ readNow }, 'wire/0', 'entries'),
    latest: roomValues({ readNow }, 'latest/all', 'lines'),
    mark: db.prepare(`SELECT value FROM meta WHERE key = 'samples'`).get(),
  }
  db.close()
  return outcome
}

let undisturbed: ReturnType<typeof outcomeOf>
let count: string
beforeAll(async () => {
  const path = join(folder, 'undisturbed.sqlite')
  count = await load(path, now)
  undisturbed = outcomeOf(path)
})

describe('samples', () => {
  it('are loaded, and only once', async () => {
    expect(Number(count)).toBeGreaterThan(50)
    expect(undisturbed.journal.every(({ verdict }) => verdict === 'published')).toBe(true)
    expect(await load(join(folder, 'undisturbed.sqlite'), now + dayMs)).toBe('0')
    expect(outcomeOf(join(folder, 'undisturbed.sqlite'))).toEqual(undisturbed)
  })

  it('stay out of a folder where people have been', async () => {
    const path = join(folder, 'lived-in.sqlite')
    const portal = openProjection(path)
    await portal.append('latest/all', Uint8Array.of(0, 0))
    portal.projector.stop()
    portal.core.db.close()
    expect(await load(path, now)).toBe('0')
    expect(outcomeOf(path)).toMatchObject({ journal: [], mark: undefined })
  })

  it.each([
    ['1', 'judged'],
    ['4', ''],
    ['9', 'judged'],
    ['9', ''],
  ])('cut off at append %s (%s) are loaded to the end by the next start, as if nothing had been', async (...cut) => {
    const path = join(folder, `cut-${cut.join('-')}.sqlite`)
    expect(await load(path, now, ...cut)).toBe('SIGKILL')
    expect(outcomeOf(path).wire).not.toEqual(undisturbed.wire)
    expect(await load(path, now + dayMs)).toBe(count) // a day later: the ages are still those of the first start
    expect(outcomeOf(path)).toEqual(undisturbed)
  })
})

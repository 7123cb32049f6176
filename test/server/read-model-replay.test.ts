/** The journal, replayed, gives the read model it came from: after any history, and as a command on a real file. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { hourMs } from '#domain/time.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { databaseFile } from '../../server/stores/database.ts'
import { Act, play } from '../fixtures/histories.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

/** Published, and again; refused, since it comes too soon; superseded, since another device has gone further. */
const everyVerdict = (['post', 'edit', 'edit', 'renew', 'stale'] as const).map((what, n): Act => ({
  who: 0,
  device: what === 'stale' ? 'laptop' : 'phone',
  listing: 0,
  hours: 1,
  what,
  price: n % 4,
}))

describe('replay', () => {
  it('of any history gives the same read model, row by row', async () => {
    const signers = [await aSigner(1), await aSigner(2)]
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(Act, { minLength: 8, maxLength: 24 }), async (acts) => {
        const { core, journal } = await play(acts, signers)
        for (const { verdict } of journal()) seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
        const before = dumpOf(core.db)
        expect(replayInto(core).changed).toEqual([])
        expect(dumpOf(core.db)).toEqual(before)
      }),
      { numRuns: 60, examples: [[everyVerdict]] },
    )
    for (const verdict of ['published', 'refused', 'superseded']) expect(seen.get(verdict), verdict).toBeGreaterThan(0)
  })

  it('counts what lives as the listings themselves do, after any history and at any time', async () => {
    const signers = [await aSigner(1), await aSigner(2)]
    await fc.assert(
      fc.asyncProperty(fc.array(Act, { minLength: 1, maxLength: 10 }), fc.nat(60 * 24), async (acts, later) => {
        const { core, clock, model } = await play(acts, signers)
        const now = clock.now + later * hourMs
        const rows = core.db
          .prepare(
            `SELECT category, sub, count(*) AS n FROM listings WHERE live = 1 AND until >= ? GROUP BY category, sub`,
          )
          .all(now)
        const counted = Object.entries(await model.counts(now)).flatMap(([category, { subs }]) =>
          Object.entries(subs).map(([sub, n]) => ({ category, sub, n })),
        )
        expect(counted.map((row) => JSON.stringify(row)).sort()).toEqual(rows.map((row) => JSON.stringify(row)).sort())
      }),
      { numRuns: 40 },
    )
  })
})

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const replay = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const script = new URL('../../server/replay.ts', import.meta.url).pathname
      const options = { env: { ...process.env, DATA_DIR: folder } }
      const child = execFile(process.execPath, [script, ...args], options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, out: stdout + stderr }),
      )
    })

  it('tells a read model that is not what the journal says, and mends it', async () => {
    const path = join(folder, databaseFile)
    const portal = openProjection(path)
    const signer = await aSigner(1)
    const record = await aRecord(signer, 1, noon)
    await portal.shelve(signer.did, { [slotOf(record)]: record.text })
    const cheaper = await anEdit(signer, record, noon, { priceFen: 1 })
    await portal.shelve(signer.did, { [slotOf(record)]: cheaper.text })
    const before = dumpOf(portal.core.db)
    expect(await replay('--check')).toMatchObject({ code: 0 })
    portal.core.db.exec(`UPDATE listings SET title = '假的'; DELETE FROM prices`)
    expect(await replay('--check')).toMatchObject({
      code: 1,
      out: expect.stringContaining('differed: listings, prices') as string,
    })
    expect(dumpOf(portal.core.db)).not.toEqual(before) // a check changes nothing
    expect(await replay()).toMatchObject({ code: 0, out: expect.stringContaining('2 journal rows') as string })
    expect(dumpOf(portal.core.db)).toEqual(before)
    portal.core.db.close()
  })
})

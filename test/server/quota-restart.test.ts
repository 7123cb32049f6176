/** What a new key may have live is counted from the disk: a portal that was killed counts on where it was. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Notice } from '#domain/notice.ts'
import { inboxOf, shelfOf } from '#domain/room.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { anEdit, aRecord, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'
import { noticesOf, openAs } from '../journeys/client.ts'
import type { OpenRecord } from '#domain/record.ts'

const folder = mkdtempSync(join(tmpdir(), 'quota-'))
let portal: PortalProcess | undefined
afterAll(async () => {
  await portal?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

it('a new key’s few listings hold over a kill and a restart; what it ends makes room, also after it', async () => {
  const env = { DATA_DIR: join(folder, 'data'), LIMITS: 'on', NEW_KEY_LISTINGS: '2' }
  const newcomer = await aSigner(41)
  const records = await Promise.all([1, 2, 3, 4].map((seed) => aRecord(newcomer, seed, Date.now())))

  /** Another process each time; what it says of a record. */
  const restarted = async () => {
    await portal?.end('SIGKILL')
    portal = await startPortalProcess(folder, env)
    const [shelf, inbox] = [shelfOf, inboxOf].map((roomOf) => openAs(portal!.url, roomOf(newcomer.did), newcomer))
    await until('both rooms are there', () => shelf!.synced() && inbox!.synced())
    return {
      async put(record: OpenRecord): Promise<Pick<Notice, 'verdict' | 'refusals'>> {
        shelf!.doc.getMap('records').set(slotOf(record), record.text)
        const told = () => noticesOf(inbox!).find(({ hash }) => hash === record.hash)
        await until('it is judged', () => told() !== undefined)
        return { verdict: told()!.verdict, refusals: told()!.refusals }
      },
      close: () => [shelf, inbox].forEach((client) => client!.close()),
    }
  }
  const published = { verdict: 'published', refusals: [] }
  const refused = { verdict: 'refused', refusals: [{ rule: 'new-key', limit: '2', got: '3' }] }

  const first = await restarted()
  for (const record of records.slice(0, 2)) expect(await first.put(record)).toEqual(published)
  first.close()
  const second = await restarted()
  expect(await second.put(records[2]!)).toMatchObject(refused)
  second.close()
  const third = await restarted()
  expect(await third.put(await anEdit(newcomer, records[0]!, Date.now(), { state: 'sold-here' }))).toEqual(published)
  third.close()
  const fourth = await restarted()
  expect(await fourth.put(records[3]!)).toEqual(published)
  fourth.close()
}, 60_000)

/** Whatever people do and whenever: the wire, the newest lines, the inboxes and the read model say the same. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Did, Signer } from '#domain/identity.ts'
import { newestFirst } from '#domain/entry.ts'
import { dayMs, hourMs } from '#domain/time.ts'
import { keptNoticeDays } from '../../server/projector/showing.ts'
import { createReadModelWriter } from '../../server/stores/read-model-write.ts'
import { Act, play } from '../fixtures/histories.ts'
import { roomValues, type openProjection } from '../fixtures/projection.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'

type Portal = ReturnType<typeof openProjection>

let signers: readonly Signer[]
beforeAll(async () => {
  signers = [await aSigner(1), await aSigner(2)]
})

/** The rooms against the read model, at the portal's own time. */
async function expectAgreement({ core, clock, model, wire, latest }: Portal) {
  const writer = createReadModelWriter(core.db)
  const live = writer.liveIds(clock.now).map((id) => [id, writer.liveEntry(id, clock.now)] as const)
  expect(wire()).toEqual(Object.fromEntries(live))
  for (const category of [undefined, ...town.categories.map(({ id }) => id)]) {
    const lines = await model.latest({ ...(category && { category }), limit: 20 }, clock.now)
    expect(Object.values(latest(category ?? 'all')).sort(newestFirst)).toEqual(lines)
  }
}

/** The revision that counts is told as published and nothing else, as long as notices are kept. */
function expectToldHeads({ core, clock, inbox }: Portal) {
  for (const row of core.db.prepare('SELECT author, hash FROM heads').all()) {
    const notice = inbox(row['author'] as Did)[String(row['hash'])]
    if (notice) expect(notice.verdict).toBe('published')
    else expect(clock.now).toBeGreaterThan(oldestOf(core.db, String(row['hash'])) + keptNoticeDays * dayMs)
  }
}
const oldestOf = (db: Portal['core']['db'], hash: string): number =>
  Number(db.prepare('SELECT min(received_at) AS at FROM journal WHERE hash = ?').get(hash)?.['at'])

describe('after any history', () => {
  it('every notice fits what counts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Act, { minLength: 4, maxLength: 20 }), async (acts) => {
        await play(acts, signers, expectToldHeads)
      }),
      { numRuns: 60 },
    )
  })

  it('wire and newest lines are what the read model says, after each sweep and with a clock set back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Act, { minLength: 2, maxLength: 12 }),
        fc.array(fc.integer({ min: -40 * 24, max: 70 * 24 }), { minLength: 1, maxLength: 3 }),
        async (acts, jumps) => {
          const portal = await play(acts, signers)
          portal.projector.sweep(portal.clock.now)
          await expectAgreement(portal)
          for (const hours of jumps) {
            portal.clock.now += hours * hourMs
            portal.projector.sweep(portal.clock.now)
            await expectAgreement(portal)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

it('a broken history would be seen', async () => {
  const act = { who: 0, device: 'phone', listing: 0, hours: 0, what: 'post', price: 0 } as const
  const portal = await play([act], signers)
  portal.core.db.exec('UPDATE listings SET live = 0')
  await expect(expectAgreement(portal)).rejects.toThrow()
  expect(Object.keys(roomValues(portal.core, 'wire/0', 'entries'))).toHaveLength(1)
})

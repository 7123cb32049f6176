/** What moderators write into the town's own pages, over a real database: whose acts count, which of two, what search finds, and a replay. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import type { OpenRecord } from '#domain/record.ts'
import { wireOf } from '#domain/room.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { minuteMs } from '#domain/time.ts'
import type { TownEntryBody } from '#domain/town-entry.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { createHiddenIds } from '../../server/stores/moderation.ts'
import { openProjection } from '../fixtures/projection.ts'
import { noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { aLink, anAct, aNotice, aPhone, takenOff } from '../fixtures/town-entries.ts'

let judge: Signer
let other: Signer
let bob: Signer
beforeAll(async () => {
  ;[judge, other, bob] = (await Promise.all([1, 2, 3].map((seed) => aSigner(seed)))) as [Signer, Signer, Signer]
})

type Portal = ReturnType<typeof openProjection>
const aPortal = () => {
  const moderators = new Set<string>([judge.did, other.did])
  return { ...openProjection(':memory:', undefined, { moderators }), moderators }
}
const put = async (portal: Portal, signer: Signer, ...records: readonly OpenRecord[]) => {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  expect(portal.failures).toEqual([])
  return records.map(({ hash }) => portal.inbox(signer.did)[hash]?.verdict)
}
const stands = async ({ model }: Portal): Promise<readonly TownEntryBody[]> =>
  (await model.townEdits()).map(({ body }) => body)
const found = async ({ model }: Portal, query: string) =>
  (await model.search(query, 60, noon)).printed.map(({ id }) => id)
const replays = ({ core }: Portal) => {
  const before = dumpOf(core.db)
  expect(replayInto(core).changed).toEqual([])
  expect(dumpOf(core.db)).toEqual(before)
}
const ofSite: PrintedEntry = {
  id: 'notice/water-off',
  group: 'notice',
  words: { 'zh-Hans': { title: '旧公告一则', text: '印在网站里的话' } },
  href: '/notices/water-off',
  at: 1,
}

describe('an act of a moderator', () => {
  it('stands, is in the wire and is found at once; what the site prints under its name is not', async () => {
    const portal = aPortal()
    await portal.projector.settled()
    portal.projector.printed([ofSite])
    expect(await found(portal, '旧公告')).toEqual(['notice/water-off'])
    expect(await put(portal, judge, await anAct(judge, 1, noon, aNotice()))).toEqual(['published'])
    expect(await stands(portal)).toEqual([aNotice()])
    expect(portal.wire()['notice/water-off']).toMatchObject({ words: { 'zh-Hans': { title: '周三停水半天' } } })
    expect([await found(portal, '停水'), await found(portal, '旧公告')]).toEqual([['notice/water-off'], []])
    portal.projector.printed([ofSite]) // the next start
    expect([await found(portal, '停水'), await found(portal, '旧公告')]).toEqual([['notice/water-off'], []])
    replays(portal)
  })

  it('is edited by another, taken off by a third, and written again; all of it is in the journal', async () => {
    const portal = aPortal()
    await portal.projector.settled()
    portal.projector.printed([ofSite])
    const acts: readonly (readonly [Signer, TownEntryBody])[] = [
      [judge, aNotice()],
      [other, aNotice({ title: { zh: '改到周四停水' } })],
      [judge, takenOff(aNotice())],
    ]
    for (const [n, [signer, body]] of acts.entries()) await put(portal, signer, await anAct(signer, n, noon + n, body))
    expect(await stands(portal)).toEqual([takenOff(aNotice())])
    expect([await found(portal, '停水'), await found(portal, '旧公告')]).toEqual([[], []])
    expect(portal.wire()).toEqual({})
    expect(createHiddenIds(portal.core.db)()).toEqual(['notice/water-off']) // leaves the printed cards as what is hidden does
    portal.projector.printed([ofSite])
    expect(await found(portal, '旧公告')).toEqual([])
    expect((await portal.model.townActs(9)).map(({ by, body }) => [by, body])).toEqual(acts.toReversed().map(([{ did }, body]) => [did, body])) // prettier-ignore
    replays(portal)
    await put(portal, other, await anAct(other, 9, noon + 9, aNotice()))
    expect(await found(portal, '停水')).toEqual(['notice/water-off'])
    expect(createHiddenIds(portal.core.db)()).toEqual([])
    replays(portal)
  })

  it('phones and links too, by their group and their host', async () => {
    const portal = aPortal()
    await put(portal, judge, await anAct(judge, 1, noon, aPhone()), await anAct(judge, 2, noon, aLink()))
    expect([await found(portal, '爆管'), await found(portal, '生活缴费'), await found(portal, 'water.example.org')]).toEqual(
      [['phone/water-works'], ['link/water-bills'], ['link/water-bills']],
    ) // prettier-ignore
  })

  it('of two the later one counts, also when it comes first', async () => {
    const portal = aPortal()
    portal.clock.now += 5 * minuteMs
    await put(portal, other, await anAct(other, 1, noon + 2 * minuteMs, aNotice({ title: { zh: '后写的一条' } })))
    const late = await anAct(judge, 2, noon + minuteMs, aNotice()) // signed without a network, and late
    expect(await put(portal, judge, late)).toEqual(['published'])
    expect(await stands(portal)).toMatchObject([{ entry: { title: { zh: '后写的一条' } } }])
    replays(portal)
  })
})

describe('whose acts count', () => {
  it('not those of a key that is no moderator, of somebody who forges, nor of one who has left the list', async () => {
    const portal = aPortal()
    expect(await put(portal, bob, await anAct(bob, 1, noon, aNotice()))).toEqual(['refused'])
    expect(await put(portal, bob, await anAct(judge, 1, noon, aNotice()))).toEqual(['refused'])
    portal.moderators.delete(judge.did)
    const late = await anAct(judge, 2, noon, aNotice())
    expect(await put(portal, judge, late)).toEqual(['refused'])
    expect(portal.inbox(judge.did)[late.hash]?.refusals).toEqual([{ rule: 'not-moderator' }])
    expect(await stands(portal)).toEqual([])
  })

  it('what one wrote before he left stands', async () => {
    const portal = aPortal()
    await put(portal, judge, await anAct(judge, 1, noon, aNotice()))
    portal.moderators.delete(judge.did)
    await put(portal, judge, await anAct(judge, 2, noon + 1, takenOff(aNotice())))
    expect(await stands(portal)).toEqual([aNotice()])
    replays(portal)
  })

  it('of an erased moderator no word stays; what another wrote before counts again, and what he took off stays off', async () => {
    const portal = aPortal()
    await put(portal, other, await anAct(other, 1, noon, aNotice({ title: { zh: '先前那一条' } })))
    await put(
      portal,
      judge,
      await anAct(judge, 2, noon + 1, aNotice()),
      await anAct(judge, 3, noon, takenOff(aPhone())),
    )
    portal.projector.erase(judge.did)
    expect(await stands(portal)).toMatchObject([{ name: 'water-off', entry: { title: { zh: '先前那一条' } } }, takenOff(aPhone())]) // prettier-ignore
    expect(JSON.stringify(portal.core.db.prepare('SELECT * FROM town_entries').all())).not.toContain('半天')
    expect([await found(portal, '半天'), await found(portal, '先前')]).toEqual([[], ['notice/water-off']])
    expect((await portal.model.townActs(9)).map(({ by }) => by)).toEqual(['', other.did])
    const wire = portal.wire()
    expect(Object.keys(wire)).toContain('notice/water-off')
    portal.projector.purge(wireOf('0'), ['notice/water-off'])
    expect(portal.wire()).toEqual(wire) // what is in force again stays where search looks for it
  })
})

describe('what is refused, by its rule', () => {
  it.each([
    ['an over-long title', aNotice({ title: { zh: '字'.repeat(61) } }), { rule: 'entry-length', field: 'entry.title.zh', limit: '2-60' }],
    ['a script for an address', aLink({ url: 'javascript:alert(1)' }), { rule: 'entry-link', field: 'entry.url' }],
    ['letters in a number', aPhone({ number: 'call-me' }), { rule: 'entry-phone', field: 'entry.number' }],
    ['a last day that is over', aNotice({ postedOn: '2026-01-01', lastOn: '2026-01-02' }), { rule: 'entry-date', field: 'entry.lastOn', got: '2026-01-02' }],
  ] as const)('%s', async (_, body, refusal) => {
    const portal = aPortal()
    const act = await anAct(judge, 1, noon, body)
    expect(await put(portal, judge, act)).toEqual(['refused'])
    expect(portal.inbox(judge.did)[act.hash]?.refusals).toEqual([refusal])
    expect(await stands(portal)).toEqual([])
  }) // prettier-ignore
})

/** HR-3 at the projector: the same thing once for each key, compared by what is kept in the file. */
import { expect, it } from 'vitest'
import { mostLive } from '#domain/quota.ts'
import { dayMs } from '#domain/time.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const [alice, bob] = await Promise.all([aSigner(1), aSigner(2)])
const text = '用了两年的实木书桌，一米四长，桌面有两处浅划痕，自提，可以帮忙抬上车。'

it('names the rule and the listing that it repeats; what ended, and what another key says, stands in nobody’s way', async () => {
  const portal = openProjection()
  const put = async (record: Awaited<ReturnType<typeof aRecord>>, who = alice) => {
    await portal.shelve(who.did, { [slotOf(record)]: record.text })
    const { verdict, refusals } = portal.inbox(who.did)[record.hash] ?? {}
    return { verdict, refusals }
  }
  const first = await aRecord(alice, 1, noon, { text })
  expect(await put(first)).toMatchObject({ verdict: 'published' })
  const again = await aRecord(alice, 2, noon, {
    text,
    title: `${String(first.envelope.body['title'])}！`,
    sub: 'books',
  })
  expect(await put(again)).toEqual({
    verdict: 'refused',
    refusals: [{ rule: 'HR-3', field: 'title', limit: first.envelope.id, got: first.envelope.body['title'] }],
  })
  expect(await put(await aRecord(alice, 3, noon, { text, priceFen: 1 }))).toMatchObject({ verdict: 'published' })
  expect(await put(await aRecord(bob, 4, noon, { text }), bob)).toMatchObject({ verdict: 'published' })
  expect(await put(await anEdit(alice, first, noon, { state: 'sold-here' }))).toMatchObject({ verdict: 'published' })
  expect(await put(await aRecord(alice, 5, noon, { text }))).toMatchObject({ verdict: 'published' })
})

it('compares with those that were there before anything was kept to compare by', async () => {
  const portal = openProjection()
  const all = await Promise.all(Array.from({ length: mostLive - 1 }, (_, i) => aRecord(alice, i, noon)))
  await portal.shelve(alice.did, Object.fromEntries(all.map((record) => [slotOf(record), record.text])))
  portal.core.db.exec('DELETE FROM sketches')
  const again = await aRecord(alice, 220, noon + dayMs, { text: all[77]!.envelope.body['text'] as string })
  portal.clock.now = noon + dayMs
  await portal.shelve(alice.did, { [slotOf(again)]: again.text })
  expect(portal.inbox(alice.did)[again.hash]?.refusals).toMatchObject([{ rule: 'HR-3', limit: all[77]!.envelope.id }])
  expect(portal.core.db.prepare('SELECT count(*) AS n FROM sketches').get()).toEqual({ n: mostLive - 1 })
})

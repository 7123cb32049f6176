/** Records that must not pass: each is refused with its rule in the journal and in its author's inbox, and shows nowhere. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { maxAheadMs } from '#domain/life.ts'
import { maxRecordBytes, type OpenRecord } from '#domain/record.ts'
import { dayMs, minuteMs } from '#domain/time.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, anEdit, noon, resigned, signedJson, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { aListing } from '../fixtures/town.ts'

let alice: Signer
let mallory: Signer
beforeAll(async () => {
  alice = await aSigner(1)
  mallory = await aSigner(2)
})

/** Puts one value into alice's shelf and tells what became of it. */
async function verdictOn(value: unknown, slot: string) {
  const portal = openProjection()
  await portal.shelve(alice.did, { [slot]: value })
  const rows = portal.journal()
  expect(rows).toHaveLength(1)
  const notices = Object.values(portal.inbox(alice.did))
  expect(notices).toHaveLength(1)
  expect(notices[0]?.refusals.map(({ rule }) => rule)).toEqual(rows[0]?.rules)
  expect(notices[0]?.hash).toBe(rows[0]?.hash)
  if (rows[0]?.verdict === 'refused') {
    expect(portal.latest('all')).toEqual({})
    expect(portal.wire()).toEqual({})
    expect(await portal.model.counts(noon)).toEqual({})
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM heads').get()?.['n']).toBe(0)
  }
  expect(portal.failures).toEqual([])
  return { verdict: rows[0]?.verdict, rules: rows[0]?.rules, fields: notices[0]?.refusals.map(({ field }) => field) }
}

const refused = (...rules: string[]) => ({ verdict: 'refused', rules })

/** The first character of the signature, changed. */
const forged = ({ text }: OpenRecord): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

describe('bytes and envelope', () => {
  it('a forged signature is bad-signature', async () => {
    const record = await aRecord(alice, 1, noon)
    expect(await verdictOn(forged(record), slotOf(record))).toMatchObject(refused('bad-signature'))
  })

  it('a body changed under a genuine signature is bad-signature', async () => {
    const record = await aRecord(alice, 1, noon)
    expect(await verdictOn(record.text.replace('28000', '18000'), slotOf(record))).toMatchObject(
      refused('bad-signature'),
    )
  })

  it('a field smuggled in through __proto__ is refused, unsigned as signed', async () => {
    const record = await aRecord(alice, 1, noon)
    const json = record.text.slice(record.text.indexOf('.') + 1)
    const smuggled = json.replace('"body":{', '"body":{"__proto__":{"state":"sold-here"},')
    const unsigned = `${record.text.slice(0, record.text.indexOf('.'))}.${smuggled}`
    expect(await verdictOn(unsigned, slotOf(record))).toMatchObject(refused('bad-signature'))
    expect(await verdictOn(await signedJson(alice, smuggled), slotOf(record))).toMatchObject(refused('forbidden-key'))
  })

  it('a record of another town is wrong-portal', async () => {
    const record = await resigned(alice, await aRecord(alice, 1, noon), { portal: 'huangdao' })
    expect(await verdictOn(record.text, slotOf(record))).toMatchObject(refused('wrong-portal'))
  })

  it('the id of another record under this author is wrong-id', async () => {
    const stolen = await aRecord(mallory, 1, noon)
    const record = await resigned(alice, await aRecord(alice, 1, noon), { id: stolen.envelope.id })
    expect(await verdictOn(record.text, slotOf(record))).toMatchObject(refused('wrong-id'))
  })

  it('a foreign author in a shelf is wrong-author', async () => {
    const record = await aRecord(mallory, 1, noon)
    expect(await verdictOn(record.text, slotOf(record))).toMatchObject(refused('wrong-author'))
  })

  it("a record in another record's slot, or in no slot at all, is wrong-slot", async () => {
    const record = await aRecord(alice, 1, noon)
    const other = await aRecord(alice, 2, noon)
    expect(await verdictOn(record.text, slotOf(other))).toMatchObject(refused('wrong-slot'))
    expect(await verdictOn(record.text, 'anything')).toMatchObject(refused('wrong-slot'))
    expect(await verdictOn(record.text, 'x'.repeat(5000))).toMatchObject(refused('wrong-slot'))
  })

  it('a second profile of one key is wrong-id', async () => {
    const profile = await aProfile(alice, noon, { name: '海边', poster: 'person' })
    const nonce = (await aRecord(alice, 9, noon)).envelope
    const second = await resigned(alice, profile, { nonce: nonce.nonce, id: nonce.id })
    expect(await verdictOn(second.text, slotOf(second))).toMatchObject(refused('wrong-id'))
  })

  const garbage = Array.from({ length: 300 }, (_, i) => String.fromCharCode((i * 151 + 7) & 255)).join('')
  it.each([
    ['random bytes as text', garbage],
    ['random bytes behind a signature', `${'A'.repeat(86)}.${garbage}`],
    ['an empty text', ''],
    ['bytes', Uint8Array.from({ length: 200 }, (_, i) => (i * 31) & 255)],
    ['an object', { type: 'record/1' }],
    ['a number', 5],
    ['null', null],
    ['a text with NULs and lone surrogates', `\u0000\ud800.{"a":"\udc00"}`],
  ])('%s as a record is bad-format', async (_, value) => {
    expect(await verdictOn(value, slotOf(await aRecord(alice, 1, noon)))).toMatchObject(refused('bad-format'))
  })

  it('a record of more bytes than a record may have is too-large', async () => {
    const record = await aRecord(alice, 1, noon)
    expect(await verdictOn(record.text.padEnd(maxRecordBytes + 1), slotOf(record))).toMatchObject(refused('too-large'))
  })
})

describe('time', () => {
  it('a clock a day ahead is clock', async () => {
    const record = await aRecord(alice, 1, noon + dayMs)
    expect(await verdictOn(record.text, slotOf(record))).toMatchObject(refused('clock'))
  })

  it.each([
    ['six minutes slow', -6 * minuteMs],
    ['as far ahead as is allowed', maxAheadMs],
    ['a day behind: written offline', -dayMs],
  ])('a clock %s is published', async (_, offset) => {
    const record = await aRecord(alice, 1, noon + offset)
    expect(await verdictOn(record.text, slotOf(record))).toMatchObject({ verdict: 'published', rules: [] })
  })
})

describe('what a listing says', () => {
  const ranged = '一'.repeat(41)
  it.each([
    ['an unknown category', { category: 'arms' }, 'unknown-category', 'category'],
    ['a category that is no text', { category: { toString: 1 } }, 'unknown-category', 'category'],
    ['a field of another category', { fields: { km: 5 } }, 'foreign-field', 'km'],
    ['a title of 3 characters', { title: '三个字' }, 'title-length', 'title'],
    ['a title of 41 characters', { title: ranged }, 'title-length', 'title'],
    ['a price of 1e30', { priceFen: 1e30 }, 'price-range', 'priceFen'],
    ['a price below nothing', { priceFen: -1 }, 'price-range', 'priceFen'],
    ['a price where there is none', { category: 'lost', priceFen: 5 }, 'price-unwanted', 'priceFen'],
    ['an unknown district', { district: 'atlantis' }, 'unknown-district', 'district'],
    ['a field the schema does not have', { colour: 'red' }, 'bad-shape', undefined],
    ['a company without its name', { poster: 'company' }, 'company-name', 'firm'],
    ['a phone number in the title', { title: '书桌 电话13800001111' }, 'HR-2', 'title'],
    ['a phone number in the text', { text: '有意请打电话联系我：１３８ ０００１ １１１１' }, 'HR-2', 'text'],
    ['a phone number in a typed field', { fields: { brand: '电话 138-0001-1111' } }, 'HR-2', 'brand'],
  ] as const)('%s is refused', async (_, change, rule, field) => {
    const body = { ...aListing({ ...change, category: 'goods' } as Parameters<typeof aListing>[0]), ...change }
    const record = await resigned(alice, await aRecord(alice, 1, noon), { body })
    const judged = await verdictOn(record.text, slotOf(record))
    expect(judged).toMatchObject({ verdict: 'refused' })
    expect(judged.rules).toContain(rule)
    expect(judged.fields?.[judged.rules?.indexOf(rule) ?? -1]).toBe(field)
  })

  const controls = [
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ud800',
  ]
  const texts = [
    ['title', (mark: string) => ({ title: `实木${mark}书桌一张` })],
    ['text', (mark: string) => ({ text: `用了两年的实木书桌，${mark}一米四长。` })],
    ['firm', (mark: string) => ({ poster: 'company', firm: `海边${mark}家具店` })],
    ['brand', (mark: string) => ({ fields: { brand: `老${mark}榆` } })],
  ] as const
  it.each(texts)('control characters in %s are refused', async (field, changeOf) => {
    for (const mark of controls) {
      const body = aListing(changeOf(mark) as Parameters<typeof aListing>[0])
      const record = await resigned(alice, await aRecord(alice, 1, noon), { body: { ...body } })
      const judged = await verdictOn(record.text, slotOf(record))
      expect(judged, JSON.stringify(mark)).toEqual({
        verdict: 'refused',
        rules: ['control-characters'],
        fields: [field],
      })
    }
  })

  const markup = '<img src=x>&amp;'
  it.each(texts)('markup in %s is plain text: published as it was typed', async (_, changeOf) => {
    const portal = openProjection()
    const record = await aRecord(alice, 1, noon, changeOf(markup) as Parameters<typeof aListing>[0])
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    expect(portal.journal()).toMatchObject([{ verdict: 'published' }])
    expect((await portal.model.listing(record.envelope.id, noon))?.body).toEqual(record.envelope.body)
  })

  it('markup in the name of a profile is plain text too', async () => {
    const portal = openProjection()
    const profile = await aProfile(alice, noon, { name: markup, poster: 'person' })
    await portal.shelve(alice.did, { [slotOf(profile)]: profile.text })
    expect(await portal.model.poster(alice.did, noon)).toMatchObject({ name: markup })
  })

  it.each([...controls, markup, '\u200b'])('%j in a contact is contact-form, and no contact is kept', async (mark) => {
    const portal = openProjection()
    const kinds = { phone: `138${mark}00001111`, wechat: `haibian${mark}`, qq: `12345${mark}6`, email: `a@b.${mark}cn` }
    const slots = Object.entries(kinds).map(([kind, value], i) => [
      `${'a'.repeat(26)}/${i}`,
      JSON.stringify({ contact: { kind, value }, key: 'A'.repeat(22) }),
    ])
    await portal.holdContacts(alice.did, Object.fromEntries(slots))
    const rules = Object.values(portal.inbox(alice.did)).flatMap(({ refusals }) => refusals.map(({ rule }) => rule))
    expect(rules).toEqual(slots.map(() => 'contact-form'))
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM contacts').get()?.['n']).toBe(0)
  })

  it('control characters in the name of a profile are refused', async () => {
    const profile = await aProfile(alice, noon, { name: '海\u202e边', poster: 'person' })
    expect(await verdictOn(profile.text, slotOf(profile))).toEqual({
      verdict: 'refused',
      rules: ['control-characters'],
      fields: ['name'],
    })
  })
})

describe('order', () => {
  it('an older revision after a newer one is older-revision, and the newer one stays', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const second = await anEdit(alice, first, noon + minuteMs, { title: '第二版的实木书桌' })
    await portal.shelve(alice.did, { [slotOf(first)]: second.text })
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    expect(portal.journal()).toMatchObject([{ verdict: 'published' }, refused('older-revision')])
    expect(portal.inbox(alice.did)[first.hash]).toMatchObject({ verdict: 'refused' })
    expect(portal.wire()[first.envelope.id]).toMatchObject({ title: '第二版的实木书桌' })
  })

  it('of two devices that both made revision 2 the loser is superseded, whichever comes first', async () => {
    const first = await aRecord(alice, 1, noon)
    const early = await anEdit(alice, first, noon + minuteMs, { title: '手机上改的实木书桌' })
    const late = await anEdit(alice, first, noon + 2 * minuteMs, { title: '电脑上改的实木书桌' })
    for (const order of [[early, late], [late, early], [[early, late]]] as const) {
      const portal = openProjection()
      portal.clock.now = noon + 3 * minuteMs
      await portal.shelve(alice.did, { [slotOf(first)]: first.text })
      for (const some of order)
        await portal.shelve(
          alice.did,
          Object.fromEntries([some].flat().map((one) => [slotOf(one, one === early ? 'phone' : 'laptop'), one.text])),
        )
      const inbox = portal.inbox(alice.did)
      expect(inbox[late.hash]).toMatchObject({ verdict: 'published' })
      expect(inbox[early.hash]).toMatchObject({ verdict: 'superseded', rival: late.hash })
      expect(portal.wire()[first.envelope.id]).toMatchObject({ title: '电脑上改的实木书桌' })
      if (order[0] !== early)
        expect(portal.journal().find(({ hash }) => hash === early.hash)).toMatchObject({
          verdict: 'superseded',
          rival: late.hash,
        })
    }
  })

  it('a revision of another kind than before is refused: a profile stays one, a listing becomes none', async () => {
    const portal = openProjection()
    const listing = await aRecord(alice, 1, noon)
    const profile = await aProfile(alice, noon, { name: '海边', poster: 'person' })
    await portal.shelve(alice.did, { [slotOf(listing)]: listing.text, [slotOf(profile)]: profile.text })
    const turned = [
      await resigned(alice, await anEdit(alice, listing, noon), { kind: 'profile', body: profile.envelope.body }),
      await resigned(alice, await anEdit(alice, profile, noon), { kind: 'listing', body: listing.envelope.body }),
    ]
    await portal.shelve(alice.did, Object.fromEntries(turned.map((one) => [slotOf(one), one.text])))
    const rulesOf = (one: OpenRecord) => portal.journal().find(({ hash }) => hash === one.hash)?.rules
    expect(turned.map(rulesOf)).toEqual([['wrong-id'], ['bad-shape']])
    expect(await portal.model.listing(listing.envelope.id, noon)).toMatchObject({ name: '海边', rev: 1 })
  })
})

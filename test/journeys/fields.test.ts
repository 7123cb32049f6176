/**
 * Every typed field of every category stands where people meet it, in what the server sends: on the listing's page, on its card where
 * it is meant for it, and among the filters where its type can be one. Words are no filter, they are searched for; days and months
 * are none, they are read. The form follows the category in the browser: `test/site/listings-form.test.tsx` goes through all of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Category, Field, FieldValue } from '#domain/category.ts'
import { pairsOf } from '#domain/filters.ts'
import type { Signer } from '#domain/identity.ts'
import { payFields } from '#domain/pay.ts'
import type { OpenRecord } from '#domain/record.ts'
import { shelfOf } from '#domain/room.ts'
import { cardOf } from '#src/i18n/card.ts'
import { factOf, factsOf } from '#src/i18n/facts.ts'
import { lineOf } from '#domain/entry.ts'
import type { ListingBody } from '#domain/listing.ts'
import { present } from '../fixtures/must.ts'
import { aRecord, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'
import { openAs } from './client.ts'
import { until } from './patience.ts'
import { startPortal, type Portal } from './portal.ts'

let portal: Portal
let signer: Signer
const records = new Map<string, OpenRecord>()
const locale = 'zh-Hans'

const valueOf = (field: Field): FieldValue => {
  if (field.type === 'choice') return field.options.find(({ id }) => id !== 'none')?.id ?? '' // a card does not say what there is not
  if (field.type === 'number') return Math.max(field.min, 1) + 1
  if (field.type === 'flag') return true
  if (field.type === 'date') return '2027-03-08'
  return field.type === 'month' ? '2025-04' : `写在${field.label.zh}`.slice(0, field.max)
}
const valuesOf = ({ fields }: Category) => Object.fromEntries(fields.map((field) => [field.id, valueOf(field)]))

beforeAll(async () => {
  portal = await startPortal()
  signer = await aSigner(3)
  const shelf = openAs(portal.url, shelfOf(signer.did), signer)
  await until('the shelf to open', () => shelf.synced())
  for (const [i, category] of town.categories.entries()) {
    const title = `样样都写的${category.name.zh}`
    const record = await aRecord(signer, i, Date.now(), { category: category.id, title, fields: valuesOf(category) })
    records.set(category.id, record)
    shelf.doc.getMap('records').set(slotOf(record), record.text)
  }
  for (const { envelope } of records.values())
    await until(envelope.id, async () => (await fetch(`${portal.url}/l/${envelope.id}`)).status === 200)
  shelf.close()
})
afterAll(() => portal?.remove())

/** Without marks of the renderer, so that words stand as they are read. */
const pageAt = async (path: string): Promise<string> => {
  const answer = await fetch(`${portal.url}${path}`)
  expect(answer.status, path).toBe(200)
  return (await answer.text()).replaceAll(/<!--.*?-->/gs, '').replaceAll('&amp;', '&')
}
/** The element with this attribute, as far as the end of its kind. */
const part = (html: string, from: string, to: string): string => {
  const at = html.indexOf(from)
  expect(at, from).toBeGreaterThan(-1)
  return html.slice(at, html.indexOf(to, at))
}

describe.each(town.categories.map((category) => [category.id, category] as const))('%s', (id, category) => {
  it('says all of them on the page of a listing', async () => {
    const html = await pageAt(`/l/${present(records.get(id)).envelope.id}`)
    const facts = factsOf(category, valuesOf(category), locale)
    expect(facts.map((fact) => fact.id)).toEqual(category.fields.map((field) => field.id))
    for (const { label, value } of facts) for (const words of [label, value]) expect(html).toContain(words)
  })

  it('says on a card those that are meant for it', async () => {
    const record = present(records.get(id))
    const body = record.envelope.body as ListingBody
    const line = lineOf(record, body, Date.now())
    const html = part(await pageAt(`/c/${id}`), `data-record="${line.id}"`, '</a>')
    const { says } = cardOf(line, { locale, now: Date.now() })
    for (const { text } of says) expect(html).toContain(text)
    for (const field of category.fields) {
      if (!(field.required || field.card) || (payFields as readonly string[]).includes(field.id)) continue
      const alone = cardOf({ ...line, fields: { [field.id]: valueOf(field) } }, { locale, now: Date.now() })
      expect(alone.says.map(({ text }) => text)).toEqual([factOf(field, valueOf(field), locale)])
    }
  })

  it('filters by those that can be filtered by, and each filter finds the listing', async () => {
    const html = part(await pageAt(`/c/${id}`), '<form id="filters"', '</form>')
    for (const field of category.fields) {
      const names = [field.id, `${field.id}-min`, `${field.id}-max`].filter((name) => html.includes(`name="${name}"`))
      if (field.type === 'number') expect(names).toEqual([`${field.id}-min`, `${field.id}-max`])
      else expect(names, field.id).toEqual(field.type === 'choice' || field.type === 'flag' ? [field.id] : [])
      if (field.type === 'choice')
        for (const { id: option } of field.options) expect(html).toContain(`value="${option}"`)
      if (names.length === 0) continue
      const value = valueOf(field)
      const wanted = typeof value === 'number' ? { min: value, max: value } : value
      const query = new URLSearchParams(
        pairsOf({ category: id, fields: { [field.id]: wanted } }).map((pair) => [...pair]),
      )
      expect(await pageAt(`/c/${id}?${query}`), `${id}?${query}`).toContain(present(records.get(id)).envelope.id)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { parseListing, validDaysChoices } from '#domain/listing.ts'
import { fold } from '#domain/fold.ts'
import { Entry } from '#domain/entry.ts'
import { textTokens } from '#domain/text.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { queriesOf, queryKinds } from '../../bench/corpus/queries.ts'
import { town } from '../fixtures/town.ts'

const now = Date.UTC(2026, 10, 26)
const corpus = createCorpus({ town, now })
const listings = corpus.listings(3_000)
const entries = listings.map(({ entry }) => entry)

describe('an invented town', () => {
  it('has listings of every category that the form would take, all live', () => {
    for (const { body } of listings) {
      const parsed = parseListing(town, body)
      expect(parsed, `${body.category}: ${body.title}`).toMatchObject({ ok: true })
    }
    expect(new Set(entries.map(({ category }) => category)).size).toBe(town.categories.length)
    expect(entries.every((entry) => entry.at <= now && now <= entry.until)).toBe(true)
    expect(validDaysChoices).toContain(listings[0]?.body.validDays)
  })

  it('has entries of the schema, each with an id of its own, newest first', () => {
    expect(entries.every((entry) => Entry.safeParse(entry).success)).toBe(true)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    expect(entries.every(({ at }, i) => i === 0 || at <= (entries[i - 1]?.at ?? 0))).toBe(true)
  })

  it('is the same for the same seed and another for another', () => {
    expect(createCorpus({ town, now }).listings(50)).toEqual(createCorpus({ town, now }).listings(50))
    expect(createCorpus({ town, now, seed: 2 }).listings(1)).not.toEqual(createCorpus({ town, now }).listings(1))
  })

  it('is written in traditional characters to about a tenth', () => {
    const traditional = entries.filter(({ text }) => fold(text) !== text.normalize('NFKC').toLowerCase()).length
    expect(traditional / entries.length).toBeGreaterThan(0.06)
    expect(traditional / entries.length).toBeLessThan(0.14)
  })

  it('goes on finding new tokens as it grows', () => {
    const different = (some: readonly Entry[]) => new Set(some.flatMap(({ text }) => textTokens(text))).size
    expect(different(entries)).toBeGreaterThan(2 * different(entries.slice(0, 500)))
  })
})

describe('churn', () => {
  const churn = corpus.churned(listings, 0.2)
  it('changes about the share asked for, a third of it edits, ends and new ones', () => {
    const { edited, gone, added } = churn
    for (const part of [edited, gone, added]) expect(part.length).toBeGreaterThan(100)
    expect(edited.length + gone.length + added.length).toBeLessThan(900)
  })
  it('leaves live what is not gone, edits under their old id with other words', () => {
    const ids = new Set(churn.live.map(({ entry }) => entry.id))
    expect(ids.size).toBe(churn.live.length)
    expect(churn.gone.every(({ entry }) => !ids.has(entry.id))).toBe(true)
    const before = new Map(entries.map((entry) => [entry.id, entry]))
    for (const { entry, body } of churn.edited) {
      expect(before.get(entry.id)?.text).not.toBe(entry.text)
      expect(parseListing(town, body)).toMatchObject({ ok: true })
    }
  })
})

it('asks in every way, and never nothing', () => {
  const queries = queriesOf(entries, 40)
  expect(queries.length).toBe(40 * queryKinds.length)
  expect(queries.every(({ query }) => query.trim().length > 0)).toBe(true)
})

/**
 * Invented listings of a town, as many as are asked for: the same seed gives the same ones. A tenth is written in
 * traditional characters. Every one passes the town's schema (test/bench/corpus.test.ts).
 */
import * as OpenCC from 'opencc-js'
import { newestFirst, type Entry } from '#domain/entry.ts'
import type { Category } from '#domain/category.ts'
import type { ListingBody, Town } from '#domain/listing.ts'
import { validDaysChoices } from '#domain/listing.ts'
import { posterKinds } from '#domain/poster.ts'
import { dayMs } from '#domain/time.ts'
import { createChance, type Chance } from './chaos/chance.ts'
import { common } from './corpus/common.ts'
import { fieldsOf } from './corpus/fields.ts'
import { createSpeech, type Speech } from './corpus/speech.ts'
import { trades } from './corpus/words.ts'

export interface CorpusListing {
  readonly body: ListingBody
  readonly entry: Entry
}

/** How often a category is posted in, of a hundred. */
// prettier-ignore
const shares: Readonly<Record<string, number>> = {
  goods: 34, jobs: 17, housing: 14, vehicles: 9, services: 9, rides: 5, education: 4, events: 3, lost: 3, friends: 2,
}

const traditional = OpenCC.Converter({ from: 'cn', to: 'hk' })

/** @param now ms; every listing is live then, and posted in the 28 days before it */
export function createCorpus({
  town,
  seed = 1,
  now,
}: {
  readonly town: Town
  readonly seed?: number
  readonly now: number
}) {
  const chance = createChance(seed)
  const speech = createSpeech(chance)
  const categories = town.categories.flatMap((each) => Array<Category>(shares[each.id] ?? 1).fill(each))
  const posters = Array.from({ length: 4_000 }, () => `did:key:z6Mk${letters(chance, 44, base58)}`)

  const listing = (id: string, at: number): CorpusListing => {
    const body = bodyOf(town, chance.pick(categories), speech, chance, at)
    const { title, text, category, intent, sub, priceFen, district, poster, validDays, fields } = body
    const until = at + validDays * dayMs
    const author = speech.usual(posters)
    const line = { id, category, intent, sub, title, priceFen, district, by: poster, author, at, until, sample: false }
    return { body, entry: { ...line, text, fields } }
  }
  const fresh = (from: number, to: number) =>
    listing(letters(chance, 26, base32), Math.floor(from + (to - from) * chance.random()))

  return {
    /** Newest first. */
    listings: (count: number): readonly CorpusListing[] =>
      Array.from({ length: count }, () => fresh(now - 28 * dayMs, now)).sort((a, b) => newestFirst(a.entry, b.entry)),
    /** A share of the listings changes: a third each is edited, gone, new. */
    churned(before: readonly CorpusListing[], share: number): Churn {
      const edited: CorpusListing[] = []
      const gone: CorpusListing[] = []
      const kept = before.filter((each) => {
        const roll = chance.random() * 1.5
        if (roll < share / 2) edited.push(editedOf(each, listing(each.entry.id, each.entry.at)))
        else if (roll < share) gone.push(each)
        return roll >= share
      })
      const added = Array.from({ length: Math.round((before.length * share) / 3) }, () => fresh(now, now + 60_000))
      return { edited, gone, added, live: [...kept, ...edited, ...added].sort((a, b) => newestFirst(a.entry, b.entry)) }
    },
  }
}
export type Corpus = ReturnType<typeof createCorpus>

export interface Churn {
  readonly edited: readonly CorpusListing[]
  readonly gone: readonly CorpusListing[]
  readonly added: readonly CorpusListing[]
  readonly live: readonly CorpusListing[]
}

/** An edit keeps its author, its times and what it is filed under; words and price are others. */
const editedOf = ({ body, entry }: CorpusListing, other: CorpusListing): CorpusListing => {
  const words = { title: other.body.title, text: other.body.text }
  const priceFen = entry.priceFen === null ? null : Math.round(entry.priceFen * 0.9)
  return { body: { ...body, ...words, priceFen }, entry: { ...entry, ...words, priceFen } }
}

function bodyOf({ portal }: Town, category: Category, speech: Speech, chance: Chance, at: number): ListingBody {
  const trade = trades[category.id] ?? trades['goods']!
  const sub = speech.usual(category.kinds).id
  const usualThings = trade.things[sub] ?? trade.things['any'] ?? []
  const things = [speech.usual(usualThings), speech.usual(usualThings)] // a listing is about one thing, or two
  const script = chance.random() < 0.1 ? traditional : (text: string) => text
  const poster = speech.usual(posterKinds)
  return {
    category: category.id,
    intent: speech.usual(category.intents).id,
    sub,
    title: script(speech.title(trade, things)),
    text: script(speech.text(trade, things, common)),
    priceFen: priceOf(category, chance),
    district: speech.usual(portal.districts).id,
    poster,
    ...(poster === 'company' ? { firm: speech.word('shop') } : {}),
    validDays: chance.pick(validDaysChoices.slice(1)),
    state: 'live',
    fields: fieldsOf(category, speech, chance, at),
  }
}

/** Whole yuan, from a few to what the category takes, as many between 10 and 100 as between 100 and 1,000. */
function priceOf({ price }: Category, chance: Chance): number | null {
  if (!price || chance.random() < 0.15) return null
  return Math.floor(Math.exp(chance.random() * Math.log(price.maxFen / 100))) * 100
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const letters = (chance: Chance, count: number, of: string): string =>
  Array.from({ length: count }, () => of.charAt(chance.below(of.length))).join('')

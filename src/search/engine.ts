/**
 * The search engine: a question and a collection in, the answer out. Every typed word is required, in any field; all terms of
 * all ways are scored as lunr scores optional terms; order is score, newest, id. It asks for what it needs all at once.
 */
import type { Category } from '#domain/category.ts'
import { fold } from '#domain/fold.ts'
import { groups, type Group } from '#domain/group.ts'
import { wordsIn, groupOf, type SearchEntry } from '#domain/search-entry.ts'
import type { Postings } from '#domain/posting.ts'
import type { Need } from '#domain/text.ts'
import type { Asked, Chips, Facets, Found, Hit } from './asked.ts'
import { facetsOf, fitting, histogramsIn, needsOf, pricesOf } from './chips.ts'
import type { Collection } from './collection.ts'
import { excerptOf, marksOf } from './marks.ts'
import { cardsOf, firstOf, type Ranked } from './ordering.ts'
import type { Asking } from './part.ts'
import { answering, meeting } from './picking.ts'
import { needOfPinyin } from './pinyin.ts'
import { allFields, scoresOf } from './scoring.ts'
import { withSynonyms } from './synonyms.ts'
import { readTyped, type Typed } from './typed.ts'

export interface Search {
  readonly found: Found
  /** Counted when asked: they may need more of the edition than the lines did. Undefined when not all of it can be had. @param category the chosen one, for its numbers */
  facets(category?: Category): Promise<Facets | undefined>
}

// prettier-ignore
const usualLimits: Readonly<Record<Group, number>> = { listing: 20, guide: 5, notice: 5, directory: 5 }

/** @param signal aborted when the question no longer stands: its answer is then worth nothing and made of what is at hand */
export async function search(
  asked: Asked,
  collection: Collection,
  signal: AbortSignal = new AbortController().signal,
): Promise<Search> {
  let incomplete = false
  const asking: Asking = { trouble: () => void (incomplete = true), signal }
  const typed = readTyped(asked.query)
  const picked = await pick(typed, asked.chips ?? {}, collection, asking)
  const { docs, met, needs, postings, widened } = signal.aborted ? { ...picked, ...nothing } : picked
  const ranks = await ranksOf({ asked, docs, needs, postings, collection, asking })
  const shown = await linesOf({ asked, typed, docs, ranks, collection, asking })
  return {
    found: { ...shown, about: typed.phrases.length > 0, incomplete, widened },
    async facets(category) {
      const [counts, histograms] = await Promise.all([
        facetsOf(docs, collection, asking),
        category && histogramsIn(met, category, asked.chips ?? {}, asked.now, collection, asking),
      ])
      if (incomplete) return undefined
      return { ...counts, ...(category && histograms && { numbers: { category: category.id, histograms } }) }
    },
  }
}

interface Picked {
  /** Ascending. */
  readonly docs: Uint32Array
  /** What meets words and places, whatever else is chosen. */
  readonly met: Uint32Array
  readonly needs: readonly Need[]
  readonly postings: ReadonlyMap<string, Postings>
  readonly widened: readonly string[]
}

const nothing: Omit<Picked, 'needs'> = {
  docs: new Uint32Array(),
  met: new Uint32Array(),
  postings: new Map(),
  widened: [],
}

/** Which entries answer. Where letters find nothing they are read as pinyin. */
async function pick(typed: Typed, chips: Chips, collection: Collection, asking: Asking): Promise<Picked> {
  const { needs, used } = withSynonyms(typed.needs)
  const hasChip = Object.values(chips).some((chip) => chip !== undefined)
  if (needs.length === 0 && !hasChip) return { ...nothing, needs }
  const first = await answerTo(needs, typed, chips, collection, asking)
  if (first.docs.length > 0 || !needs.some(isLetters))
    return { ...first, needs, widened: first.docs.length > 0 ? used : [] }
  const read = await Promise.all(
    needs.map(async (need) => {
      if (!isLetters(need)) return need
      const heard = await needOfPinyin(need.run, (prefix) => collection.termsWith(prefix, asking))
      return heard ? { ...heard, words: heard.ways.map(wordOfWay), ways: heard.ways.flatMap(withOthers) } : need
    }),
  )
  const second = await answerTo(read, typed, chips, collection, asking)
  const words = read.flatMap((need) => ('words' in need ? need.words : []))
  return { ...second, needs: read, widened: second.docs.length > 0 ? words.slice(0, 3) : [] }
}

/** A word that was heard, and the others for it. */
const withOthers = (way: readonly string[]): Need['ways'] =>
  withSynonyms([{ run: wordOfWay(way), ways: [way] }]).needs.flatMap(({ ways }) => ways)

const isLetters = ({ run }: Need): boolean => /^[a-z]{3,}$/.test(run)
const wordOfWay = (way: readonly string[]): string =>
  way.map((pair, i) => (i === 0 ? pair : [...pair].slice(1).join(''))).join('')

async function answerTo(
  needs: readonly Need[],
  { without }: Typed,
  chips: Chips,
  collection: Collection,
  asking: Asking,
): Promise<Pick<Picked, 'docs' | 'met' | 'postings'>> {
  const wanted = [...needs, ...needsOf(chips)]
  const tokens = [...new Set([...wanted, ...without].flatMap(({ ways }) => ways.flat()))]
  const postings = await collection.postingsOf(tokens, asking)
  const sets = wanted.map((need) => answering(need, postings, collection.end))
  const none = without.map((need) => answering(need, postings, collection.end))
  const met = meeting(sets.length > 0 ? sets : [living(collection)], none)
  return { docs: await fitting(met, chips, collection, asking), met, postings }
}

/** A question of chips alone is about everything. */
const living = ({ end, isDead }: Collection): Uint8Array =>
  Uint8Array.from({ length: end }, (_, doc) => (isDead(doc) ? 0 : 1))

interface Ranking {
  readonly asked: Asked
  readonly docs: Uint32Array
  readonly needs: readonly Need[]
  readonly postings: ReadonlyMap<string, Postings>
  readonly collection: Collection
  readonly asking: Asking
}

async function ranksOf({ asked, docs, needs, postings, collection, asking }: Ranking): Promise<Float64Array> {
  const sort = asked.sort ?? 'best'
  if (sort === 'cheapest' || sort === 'dearest') return pricesOf(docs, sort, asked.chips?.category, collection, asking)
  if (sort === 'newest' || needs.length === 0) return new Float64Array(docs.length)
  const tokens = [...new Set(needs.flatMap(({ ways }) => ways.flat()))]
  const wanted = new Map([...postings].filter(([term]) => tokens.includes(term)))
  const terms = tokens.map((term) => ({ term, boost: 1, fields: allFields }))
  return scoresOf({ collection, postings: wanted, terms }, docs)
}

interface Lines {
  readonly asked: Asked
  readonly typed: Typed
  readonly docs: Uint32Array
  readonly ranks: Float64Array
  readonly collection: Collection
  readonly asking: Asking
}

/** The best of each group, as they are shown; those that are over, gone, or do not hold a phrase make room for the next. */
async function linesOf({
  asked,
  typed,
  docs,
  ranks,
  collection,
  asking,
}: Lines): Promise<Pick<Found, 'hits' | 'marks' | 'counts'>> {
  const ranked = new Map<Group, Ranked[]>(groups.map((group) => [group, []]))
  docs.forEach((doc, i) => {
    const group = collection.partOf(doc)?.groupOf(doc)
    if (group) ranked.get(group)?.push({ doc, rank: ranks[i] ?? 0 })
  })
  const isShown = (entry: SearchEntry) =>
    !asked.hidden?.has(entry.id) &&
    (!('until' in entry) || asked.now <= entry.until) &&
    typed.phrases.every((phrase) => holdsPhrase(entry, phrase, asked))
  const wants = groups.map((group): Wanted => {
    const limit = asked.limits?.[group] ?? usualLimits[group]
    return { all: ranked.get(group) ?? [], limit, looked: limit, entries: [], fit: [] }
  })
  const isLacking = ({ all, limit, looked, fit }: Wanted) => fit.length < limit && looked < all.length
  await look(wants, isShown, collection, asking)
  for (let round = 1; round < mostRounds && wants.some(isLacking); round++) {
    const lacking = wants.filter(isLacking)
    for (const want of lacking) want.looked *= 2
    await look(lacking, isShown, collection, asking)
  }
  const [listing = 0, guide = 0, notice = 0, directory = 0] = wants.map(
    ({ all, entries, fit }) => all.length - (entries.length - fit.length),
  )
  const hits = wants.flatMap(({ fit, limit }) => fit.slice(0, limit)).map((entry) => hitOf(entry, asked))
  return { hits, marks: marksOf(hits, asked.query), counts: { listing, guide, notice, directory } }
}

const mostRounds = 4

/** What is wanted of a group, and what has been looked at for it. */
interface Wanted {
  readonly all: readonly Ranked[]
  readonly limit: number
  looked: number
  entries: readonly SearchEntry[]
  fit: readonly SearchEntry[]
}

/** The cards of all groups come together: one question for each segment. */
async function look(
  wants: readonly Wanted[],
  isShown: (entry: SearchEntry) => boolean,
  collection: Collection,
  asking: Asking,
): Promise<void> {
  const firsts = await Promise.all(wants.map(({ all, looked }) => firstOf(all, looked, collection, asking)))
  const known = new Map(firsts.flatMap(({ cards }) => [...cards]))
  const docs = firsts.flatMap((first) => first.docs)
  const rest = await cardsOf(
    docs.filter((doc) => !known.has(doc)),
    collection,
    asking,
  )
  wants.forEach((want, i) => {
    want.entries = (firsts[i]?.docs ?? []).flatMap((doc) => known.get(doc) ?? rest.get(doc) ?? [])
    want.fit = want.entries.filter(isShown)
  })
}

const holdsPhrase = (entry: SearchEntry, phrase: string, { locale }: Asked): boolean => {
  const { title, text } = wordsIn(entry, locale)
  return [title, text].some((words) => fold(words).includes(fold(phrase).trim()))
}

function hitOf(entry: SearchEntry, { locale, query }: Asked): Hit {
  const { title, text } = wordsIn(entry, locale)
  return { id: entry.id, group: groupOf(entry), title, excerpt: excerptOf(text, query), at: entry.at, entry }
}

/** What the page of one listing says, in words. */
import type { Category } from '#domain/category.ts'
import type { Line } from '#domain/entry.ts'
import { startOf } from '#domain/life.ts'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import type { Edit, ListingView, PosterView } from '#domain/read-model.ts'
import { ageOf, civilDateOf, dayMs } from '#domain/time.ts'
import { priceOf } from '#src/i18n/card.ts'
import { dateIn, factsOf, type Fact } from '#src/i18n/facts.ts'
import { recentDayIn } from '#src/i18n/recent-day.ts'
import { listingPage } from '#src/i18n/listing-page.ts'
import { listing } from '#src/i18n/listing.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { districtOf, town } from '#src/i18n/town.ts'

export function listingWordsOf(category: Category, view: ListingView, now: number, locale: Locale) {
  const { body } = view
  const price = (priceFen: number | null) => priceOf(category, { ...body, priceFen }, locale)
  return {
    price: price(body.priceFen),
    ...editsOf(view, now, locale, (priceFen) => {
      const told = price(priceFen)
      return `${told?.amount ?? ''}${told?.unit ?? ''}`
    }),
    facts: factRowsOf(category, view, locale),
    paragraphs: body.text.split(/\n{2,}/).map((paragraph) => paragraph.split('\n')),
    intent: nameIn(category.intents, body.intent, locale),
    kind: nameIn(category.kinds, body.sub, locale),
    ...timesOf(view, now, locale),
  }
}

/** As lists carry it: kept with what was seen last, and read from the saved copy of its page where nothing newer is at hand. */
export function listedLineOf(view: ListingView): Line {
  const { id, author, body, until } = view
  const cover = view.life === 'withdrawn' ? undefined : body.photos?.[0]?.hash
  const { category, intent, sub, title, priceFen, district, poster: by, sample = false, fields } = body
  const at = startOf({ ...view, validDays: body.validDays })
  return {
    id,
    category,
    intent,
    sub,
    title,
    priceFen,
    district,
    by,
    author,
    at,
    until,
    sample,
    fields,
    ...(cover && { cover }),
  }
}

/** "¥1,200 until Monday", and what was changed when. */
function editsOf({ edits }: ListingView, now: number, locale: Locale, priceIn: (priceFen: number | null) => string) {
  const words = inLocale(listingPage, locale).listing
  const [dayOf, today] = [(at: number) => civilDateOf(at, town.portal.zone), civilDateOf(now, town.portal.zone)]
  const told = ({ at, parts, fromFen, toFen }: Edit) => {
    const changed = parts.flatMap((part) => (part === 'price' || part === 'renewed' ? [] : [words.parts[part]]))
    const says = [
      parts.includes('price') && words.repriced(priceIn(fromFen), priceIn(toFen)),
      changed.length > 0 && words.editedParts(changed.join(words.and)),
      parts.includes('renewed') && words.renewed,
    ]
    return { date: dateIn(dayOf(at), locale), says: says.filter((part) => part !== false).join(words.and) }
  }
  const repriced = edits.findLast(({ parts }) => parts.includes('price'))
  return {
    edits: edits.map(told),
    edited: repriced
      ? words.priceUntil(priceIn(repriced.fromFen), recentDayIn(dayOf(repriced.at), today, locale))
      : words.edited(edits.length),
  }
}

function timesOf(view: ListingView, now: number, locale: Locale) {
  const words = inLocale(listing, locale)
  const page = inLocale(listingPage, locale).listing
  const left = Math.floor((view.until - now) / dayMs)
  const isCut = view.life === 'withdrawn' && view.body.state === 'live' // by the end of its author's key, which speaks for itself
  const isUpdated = view.updatedAt - view.renewedAt > 60_000
  return {
    left: view.life === 'live' ? words.daysLeft(left) : '',
    isClosing: left < 3,
    over: view.life === 'live' ? '' : words.life[view.life],
    overWhy: view.life === 'live' || isCut ? '' : words.overWhy[view.body.state],
    ended: view.overAt === undefined ? '' : words.ended(Math.floor((now - view.overAt) / dayMs)),
    published: page.publishedAge(words.age(ageOf(view.renewedAt, now))),
    updated: isUpdated ? page.updated(words.age(ageOf(view.updatedAt, now))) : '',
  }
}

/** The district and the sub-kind stand among the typed fields: they are what people look for first. */
function factRowsOf(category: Category, { body }: ListingView, locale: Locale): readonly Fact[] {
  const words = inLocale(listingPage, locale).listing
  const district = districtOf(body.district)
  return [
    { id: 'sub', label: words.kind, value: nameIn(category.kinds, body.sub, locale), lang: undefined },
    ...factsOf(category, body.fields, locale),
    {
      id: 'district',
      label: words.district,
      value: district ? wordIn(district.name, locale) : body.district,
      lang: undefined,
    },
  ]
}

export function posterWordsOf(view: ListingView, poster: PosterView | undefined, locale: Locale) {
  const words = inLocale(listingPage, locale).listing
  const given = view.body.firm ?? view.name
  const name = given ?? inLocale(listing, locale).noName
  const told = [
    inLocale(listing, locale).posterLong[view.body.poster],
    poster && words.posted(poster.published),
    poster && words.since(dateIn(civilDateOf(poster.since, town.portal.zone), locale)),
  ]
  return {
    name,
    lang: given === undefined ? undefined : peoplesLanguage,
    face: [...name][0] ?? '',
    told: told.filter((part) => part !== undefined),
  }
}

const nameIn = (rows: Category['intents'], id: string, locale: Locale): string => {
  const row = rows.find((one) => one.id === id)
  return row ? wordIn(row.name, locale) : ''
}

/** A comparison of listings as rows: what each says about one thing, and whether they differ in it. Pure but for the words. */
import type { Line } from '#domain/entry.ts'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import { ageOf } from '#domain/time.ts'
import { isPosterKind } from '#domain/poster.ts'
import { yuanOfFen } from '#domain/money.ts'
import { priceOf } from '#src/i18n/card.ts'
import { compare } from '#src/i18n/compare.ts'
import { factsOf } from '#src/i18n/facts.ts'
import { listing } from '#src/i18n/listing.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf, districtOf } from '#src/i18n/town.ts'

/** `now`: as it is now; `copy`: from a saved page, of `at`; `seen`: as it was when it was looked at; `name`: a favourite and no more. */
export type Source = { readonly kind: 'now' | 'seen' | 'name' } | { readonly kind: 'copy'; readonly at: number }

export interface Compared {
  readonly id: string
  readonly title: string
  readonly line: Line | undefined
  readonly source: Source
  /** Undefined where nobody knows. */
  readonly isOver: boolean | undefined
  /** The price its owner saw last, where the line is not known. */
  readonly priceFen: number | null
  readonly note: string
}

export interface Cell {
  readonly text: string
  readonly lang: string | undefined
}
export interface CompareRow {
  readonly id: string
  readonly label: string
  readonly cells: readonly Cell[]
  readonly differs: boolean
}

interface Said extends Cell {
  readonly id: string
  readonly label: string
}

/** Rows in the order people look for them; a thing nobody says anything about has none. */
export function rowsOf(compared: readonly Compared[], locale: Locale, now: number): readonly CompareRow[] {
  const said = compared.map((one) => saidOf(one, locale, now))
  const order = [...new Map(said.flat().map(({ id, label }) => [id, label]))].sort(
    ([a], [b]) => Number(last.includes(a)) - Number(last.includes(b)),
  )
  const unknown = { text: inLocale(compare, locale).unknown, lang: undefined }
  return order.map(([id, label]) => {
    const cells = said.map((own) => own.find((one) => one.id === id) ?? unknown)
    return { id, label, cells, differs: new Set(cells.map(({ text }) => text)).size > 1 }
  })
}

const last: readonly string[] = ['when', 'poster', 'state', 'note']

function saidOf({ line, priceFen, note, isOver, source }: Compared, locale: Locale, now: number): readonly Said[] {
  const words = inLocale(compare, locale)
  const own = (
    id: 'price' | 'kind' | 'district' | 'when' | 'poster' | 'state' | 'note',
    text: string,
    lang?: string,
  ) => ({
    id,
    label: words[id],
    text,
    lang,
  })
  const state = isOver === undefined ? '' : isOver ? words.over : source.kind === 'now' ? words.live : words.absent
  const rest = [own('state', state), own('note', note, peoplesLanguage)]
  const of = line && factsIn(line, locale, now)
  const all = of
    ? [
        own('price', of.price),
        own('kind', of.kind),
        ...of.facts,
        own('district', of.district),
        own('when', of.when),
        own('poster', of.poster),
        ...rest,
      ]
    : [own('price', priceFen === null ? '' : `¥${yuanOfFen(priceFen)}`), ...rest]
  return all.filter(({ text }) => text !== '')
}

function factsIn(line: Line, locale: Locale, now: number) {
  const category = categoryOf(line.category)
  const kind = category?.kinds.find(({ id }) => id === line.sub)
  const price = category && priceOf(category, line, locale)
  const district = districtOf(line.district)
  const { age, posterLong } = inLocale(listing, locale)
  return {
    price: price ? `${price.amount}${price.unit}` : '',
    kind: [category?.name, kind?.name].flatMap((name) => (name ? [wordIn(name, locale)] : [])).join(' · '),
    facts: category
      ? factsOf(category, line.fields ?? {}, locale).map(({ value, ...fact }) => ({ ...fact, text: value }))
      : [],
    district: district ? wordIn(district.name, locale) : '',
    when: age(ageOf(line.at, now)),
    poster: isPosterKind(line.by) ? posterLong[line.by] : '',
  }
}

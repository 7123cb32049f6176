/** What the bars of a histogram are called: for those who hear them, who point at them, and below their edges. */
import type { Category } from '#domain/category.ts'
import { isRange, withRange, without, type Range } from '#domain/filters.ts'
import type { Bar, Histogram } from '#domain/histogram.ts'
import type { Locale } from '#domain/locale.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { browse } from './browse.ts'
import { unitIn } from './facts.ts'
import { rangeIn } from './filter-words.ts'
import { inLocale, type Area } from './strings.ts'

const zhHans = {
  spread: (label: string) => `${label}的分布，点一段就按它筛选`,
  bar: (range: string, n: number) => `${range}：${n} 条`,
  unsaid: (n: number) => `另有 ${n} 条没写`,
}
const en: typeof zhHans = {
  spread: (label) => `How ${label} is spread; a bar filters by its range`,
  bar: (range, n) => `${range}: ${n} ${n === 1 ? 'listing' : 'listings'}`,
  unsaid: (n) => `${n} more do not say`,
}
export const bars = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>

/** A histogram as it is drawn (ui/Bars.tsx). */
export interface Spread {
  readonly bars: readonly SpreadBar[]
  readonly unsaid: string
}
interface SpreadBar {
  /** `500 至 1,000 元：12 条` */
  readonly says: string
  /** Where it begins, or what it is. Of many every other one says it: there is no room for more. */
  readonly edge: string
  readonly isChosen: boolean
  readonly isEach: boolean
  /** Of a hundred. */
  readonly height: number
  /** What a tap asks for: its range, or none again where that is the chosen one. */
  readonly to: ListQuery
  /** None where nothing would be found. */
  readonly href: string | undefined
}

/** A bar that holds anything is seen. */
const lowest = 6

/** @param id of a number, or `price` @param query what is chosen now */
export function spreadOf(
  category: Category,
  id: string,
  { bars: counted, unsaid }: Histogram,
  query: ListQuery,
  locale: Locale,
  hrefOf: (query: ListQuery) => string,
): Spread {
  const words = inLocale(bars, locale)
  const { remove } = inLocale(browse, locale).category
  const counts = countsOf(category, id)
  const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const amount = (value: number | undefined) =>
    value === undefined ? undefined : `${amounts.format(value)} ${unitIn(counts, value, locale)}`
  const most = Math.max(...counted.map(({ count }) => count))
  const now = rangeOf(id, query)
  const isSparse = counted.length > 5
  const drawn = (bar: Bar, i: number): SpreadBar => {
    const { min, max, count } = bar
    const isChosen = now !== undefined && now.min === min && now.max === max
    const to = isChosen ? without(query, id) : withRange(query, id, bar)
    const says = words.bar(rangeIn(amount(min), amount(max), locale) ?? '', count)
    return {
      says: isChosen ? remove(says) : says,
      edge: min === undefined || (isSparse && min !== max && i % 2 === 0) ? '' : short.format(min),
      isChosen,
      isEach: min === max,
      height: count === 0 ? 0 : lowest + Math.round(((100 - lowest) * count) / most),
      to,
      href: count === 0 && !isChosen ? undefined : hrefOf(to),
    }
  }
  return { bars: counted.map(drawn), unsaid: unsaid === 0 ? '' : words.unsaid(unsaid) }
}

/** What is chosen for a number now. */
function rangeOf(id: string, { minFen, maxFen, fields }: Omit<ListQuery, 'category'>): Range | undefined {
  if (id !== 'price') {
    const chosen = fields?.[id]
    return chosen !== undefined && isRange(chosen) ? chosen : undefined
  }
  const price = {
    ...(minFen !== undefined && { min: minFen / 100 }),
    ...(maxFen !== undefined && { max: maxFen / 100 }),
  }
  return minFen === undefined && maxFen === undefined ? undefined : price
}

/** What has the unit of a number: its field, or the price. */
function countsOf({ price, fields }: Category, id: string): Parameters<typeof unitIn>[0] {
  const field = fields.find((one) => one.id === id)
  return field?.type === 'number' ? field : { unit: price?.unit ?? { zh: '', en: '' } }
}

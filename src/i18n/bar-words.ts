/** What the bars of a histogram are called: for those who hear them, who point at them, and below their edges. */
import type { Category } from '#domain/category.ts'
import { isRange, type Range } from '#domain/filters.ts'
import type { Bar, Histogram } from '#domain/histogram.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { ListQuery } from '#domain/read-model.ts'
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

export interface BarWords {
  readonly bar: Bar
  /** `500 至 1,000 元：12 条` */
  readonly says: string
  /** Where it begins, or what it is. Of many every other one says it: there is no room for more. */
  readonly edge: string
  readonly isChosen: boolean
  /** Of a hundred. */
  readonly height: number
}

/** A bar that holds anything is seen. */
const lowest = 6

export function barWordsOf(
  category: Category,
  id: string,
  histogram: Histogram,
  query: Omit<ListQuery, 'category'>,
  locale: Locale,
): readonly BarWords[] {
  const words = inLocale(bars, locale)
  const unit = wordIn(unitOf(category, id), locale)
  const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const amount = (value: number | undefined) => (value === undefined ? undefined : `${amounts.format(value)} ${unit}`)
  const most = Math.max(...histogram.bars.map(({ count }) => count))
  const now = rangeOf(id, query)
  const isSparse = histogram.bars.length > 5
  return histogram.bars.map((bar, i) => {
    return {
      bar,
      says: words.bar(rangeIn(amount(bar.min), amount(bar.max), locale) ?? '', bar.count),
      edge: bar.min === undefined || (isSparse && bar.min !== bar.max && i % 2 === 0) ? '' : short.format(bar.min),
      isChosen: now !== undefined && now.min === bar.min && now.max === bar.max,
      height: bar.count === 0 ? 0 : lowest + Math.round(((100 - lowest) * bar.count) / most),
    }
  })
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

function unitOf({ price, fields }: Category, id: string) {
  const field = fields.find((one) => one.id === id)
  return (field?.type === 'number' ? field.unit : price?.unit) ?? { zh: '', en: '' }
}

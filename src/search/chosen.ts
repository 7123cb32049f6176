/** The chips of a search in words, each with what is left when it is taken away. */
import { without } from '#domain/filters.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { districtWords, filterWordsOf } from '#src/i18n/filter-words.ts'
import { categoryOf } from '#src/i18n/town.ts'
import type { Chips } from './asked.ts'

export interface Chosen {
  readonly says: string
  readonly rest: Chips
}

export function chosenIn(chips: Chips, locale: Locale): readonly Chosen[] {
  const { category: id, district } = chips
  const category = id === undefined ? undefined : categoryOf(id)
  if (!category) {
    const says = districtWords(district, locale)
    return says ? [{ says, rest: {} }] : []
  }
  const query = { ...chips, category: category.id }
  return [
    { says: wordIn(category.name, locale), rest: district === undefined ? {} : { district } },
    ...filterWordsOf(category, query, locale).map(({ name, says }) => ({ says, rest: without(query, name) })),
  ]
}

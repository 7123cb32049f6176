/** The house rules over what stands in a form; loaded when somebody starts to type, with the tables it needs. */
import { refusalsOfTyped, type HouseWords } from '#domain/house-rules.ts'
import type { Refusal } from '#domain/refusal.ts'
import { categoryOf } from '#src/i18n/town.ts'
import house from '../../content/house-words.json'
import { publishedFields, type DraftValues } from './draft-values.ts'

/** Of the controls whose words are published as text. */
export const checkHouse = (values: DraftValues): readonly Refusal[] => {
  const { category = '', intent } = values
  const fields = publishedFields(values, categoryOf(category))
  return refusalsOfTyped(
    house as HouseWords,
    { category, intent },
    Object.fromEntries(fields.map((field) => [field, values[field]])),
  )
}

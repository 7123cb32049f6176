/** The house rules over what stands in the form; loaded when somebody starts to type, with the tables it needs. */
import { refusalsOfTyped, type HouseWords } from '#domain/house-rules.ts'
import type { Refusal } from '#domain/refusal.ts'
import house from '../../content/house-words.json'
import type { DraftValues } from './draft-values.ts'

/** @param fields the controls whose words are published as text */
export const checkHouse = (values: DraftValues, fields: readonly string[]): readonly Refusal[] =>
  refusalsOfTyped(
    house as HouseWords,
    { category: values['category'], intent: values['intent'] },
    Object.fromEntries(fields.map((field) => [field, values[field]])),
  )

/** The house rules over a message while it is written: hints and nothing more, since the portal cannot read what is sealed. */
import { refusalsOfTyped, type HouseWords } from '#domain/house-rules.ts'
import type { KeyUse } from '#domain/identity.ts'
import house from '../../content/house-words.json'

export const hintedRules = ['HR-2', 'HR-5', 'HR-6', 'HR-7'] as const
export interface HouseHint {
  readonly rule: (typeof hintedRules)[number]
  readonly got: string
}

/** What asks for money beforehand is looked for as among jobs, whatever the listing is. */
export function houseHints(text: string, use: KeyUse): readonly HouseHint[] {
  const places = [{ category: 'jobs', intent: 'hiring' }, ...(use === 'friends' ? [{ category: 'friends' }] : [])]
  const found = places.flatMap((at) => refusalsOfTyped(house as HouseWords, at, { text }))
  return hintedRules.flatMap((rule) => {
    const one = found.find((refusal) => refusal.rule === rule)
    return one ? [{ rule, got: one.got ?? '' }] : []
  })
}

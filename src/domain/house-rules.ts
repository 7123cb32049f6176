/**
 * The house rules that can be read off a text: contact only in its field (HR-2), and lists of words that a town keeps as
 * data (content/house-words.json). The form shows what they find while somebody types; the projector refuses by the same.
 */
import * as z from 'zod/mini'
import { tellsContact, unseen } from './contact-in-text.ts'
import { fold } from './fold.ts'
import type { ListingBody } from './listing.ts'
import type { ProfileBody } from './profile.ts'
import type { GuideBody } from './published-guide.ts'
import type { Refusal } from './refusal.ts'
import { plainText } from './rich-text-words.ts'

export const wordRules = ['HR-4', 'HR-5', 'HR-6', 'HR-7'] as const

const Words = z.array(z.string().check(z.minLength(2), z.maxLength(40)))

/** `unless`: phrases that hold a word and mean no harm. `only`: where the rule applies; everywhere without it. */
export const HouseWords = z.array(
  z.strictObject({
    rule: z.enum(wordRules),
    only: z.optional(z.strictObject({ category: z.string(), intent: z.optional(z.string()) })),
    words: Words,
    unless: Words,
  }),
)
export type HouseWords = z.infer<typeof HouseWords>

type Typed = Readonly<Record<string, unknown>>

/** One refusal for each field and rule. */
export const refusalsOfHouse = (house: HouseWords, body: ListingBody): readonly Refusal[] =>
  refusalsOfTyped(house, body, { title: body.title, text: body.text, firm: body.firm, ...body.fields })

/** The name stands beside every listing of its poster; where and when a business is open, beside each of its guides. */
export const refusalsOfName = (house: HouseWords, { name, business }: ProfileBody): readonly Refusal[] =>
  refusalsOfTyped(house, {}, { name, address: business?.address, hours: business?.hours })

/**
 * A guide by its lists of words: what people typed, whatever stands around it. How to reach a business may stand in its guides,
 * since its phone is public anyhow.
 */
export const refusalsOfGuide = (
  house: HouseWords,
  { title, summary, text, policy }: Pick<GuideBody, 'title' | 'summary'> & Partial<Pick<GuideBody, 'text' | 'policy'>>,
): readonly Refusal[] =>
  refusalsOfTyped(
    house,
    {},
    { title, summary, text: text && plainText(text), policy: policy && stringsIn(policy).join('\n') },
  ).filter(({ rule }) => rule !== 'HR-2')

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** @param at what is known of the listing so far @param fields what people typed, by the name of its control */
export function refusalsOfTyped(
  house: HouseWords,
  at: { readonly category?: string | undefined; readonly intent?: string | undefined },
  fields: Typed,
): readonly Refusal[] {
  const rows = house.filter(
    ({ only }) => !only || (only.category === at.category && (only.intent ?? at.intent) === at.intent),
  )
  return Object.entries(fields).flatMap(([field, value]) => {
    if (typeof value !== 'string' || value === '') return []
    const found = rows.flatMap((row) => {
      const word = wordIn(value, row)
      return word === undefined ? [] : [{ rule: row.rule, field, got: word }]
    })
    return tellsContact(value) ? [{ rule: 'HR-2' as const, field }, ...found] : found
  })
}

/** As the list spells it. */
function wordIn(text: string, { words, unless }: HouseWords[number]): string | undefined {
  const plain = unless.reduce((left, phrase) => left.replaceAll(phrase, '#'), plainOf(text))
  return words.find((word) => plain.includes(word))
}

/** Folded, with nothing unseen in it, and characters that were set apart one by one put together again. */
export const plainOf = (text: string): string => fold(text.replace(unseen, '')).replace(setApart, '')

const setApart = /(?<=(?:^|[^\p{Script=Han}])\p{Script=Han})[ .·*_|/+~-]+(?=\p{Script=Han}(?:[^\p{Script=Han}]|$))/gu

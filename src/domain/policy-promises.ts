/**
 * What a business promises beside its remedies: by when things are done, and what a paid repair costs. Part of a draft's shared
 * map, as rows are, and made into articles, due days and prices of the policy.
 *
 *   promise/<kind>  a number of days
 *   fee/<id>        { place, what, price }
 */
import * as z from 'zod/mini'
import { fenOfText } from './money.ts'
import type { Policy } from './policy-schema.ts'
import type { Remedy } from './remedy.ts'
import type { Words } from './words.ts'

/** A repair is done; it is told that it is ready, and again, and then posted back; who waits for goods is answered. */
export const promiseKinds = ['repair', 'pick-up', 'answer'] as const
export type PromiseKind = (typeof promiseKinds)[number]
/** Days are typed, so any number may stand here until the policy is made. */
export type Promises = Readonly<Partial<Record<PromiseKind, number>>>

export const DraftFee = z.strictObject({
  place: z.number(),
  what: z.string().check(z.maxLength(40)),
  price: z.string().check(z.maxLength(20)), // as it was typed, in yuan
})
export type DraftFee = z.infer<typeof DraftFee>

// prettier-ignore
export const promiseArticles = { repair: 'C-1', 'pick-up': 'C-2', answer: 'C-3' } as const satisfies Readonly<Record<PromiseKind, string>>

/** Of a shared map. */
export function promisesIn(entries: ReadonlyMap<string, unknown>): Promises {
  const told = promiseKinds.flatMap((kind) => {
    const days = entries.get(`promise/${kind}`)
    return typeof days === 'number' ? [[kind, days] as const] : []
  })
  return Object.fromEntries(told)
}

export interface PromiseSentences {
  readonly promise: (kind: PromiseKind, days: number) => Words
  readonly repaired: Words
  readonly ready: Words
  readonly second: Words
  readonly third: Words
  readonly postedBack: Words
  readonly answered: Words
}

const repairs: readonly Remedy[] = ['free-repair', 'new-part', 'paid-repair']
const replacements: readonly Remedy[] = ['exchange', 'new-device']

export const promisedArticles = (promises: Promises, { promise }: PromiseSentences): Policy['articles'] =>
  promiseKinds.flatMap((kind) => {
    const days = promises[kind]
    return days === undefined ? [] : [{ id: promiseArticles[kind], text: promise(kind, days) }]
  })

/** The days of pick-up count from the day by which the repair is done, as nobody knows the real one beforehand. */
export function promisedDues(promises: Promises, words: PromiseSentences): Policy['dues'] {
  const { repair, answer } = promises
  const gap = promises['pick-up']
  const due = (kind: PromiseKind, row: Omit<Policy['dues'][number], 'article' | 'only' | 'choice'>) => ({
    ...row,
    article: promiseArticles[kind],
    only: [...(kind === 'answer' ? replacements : repairs)],
  })
  return [
    ...(repair === undefined ? [] : [due('repair', { id: 'repaired', days: repair, text: words.repaired })]),
    ...(repair === undefined || gap === undefined
      ? []
      : [
          due('pick-up', { id: 'notice-1', from: 'repaired', days: 0, text: words.ready }),
          due('pick-up', { id: 'notice-2', from: 'notice-1', days: gap, text: words.second }),
          due('pick-up', { id: 'notice-3', from: 'notice-2', days: gap, text: words.third }),
          due('pick-up', { id: 'posted-back', from: 'notice-3', days: 0, text: words.postedBack }),
        ]),
    ...(answer === undefined ? [] : [due('answer', { id: 'answered', days: answer, text: words.answered })]),
  ]
}

export const promisedFees = (fees: readonly DraftFee[]): Policy['fees'] =>
  fees.map((fee) => ({ range: { zh: fee.what.trim(), en: fee.what.trim() }, fen: fenOf(fee) ?? 0 }))

const mostFen = 100_000_000
const fenOf = ({ price }: DraftFee): number | undefined => {
  const fen = fenOfText(price, mostFen)
  return fen.ok && fen.value > 0 ? fen.value : undefined
}

export const mostPromisedDays = 365

export interface PromiseFault {
  readonly kind: 'promise-range' | 'no-repair-day' | 'bad-fee'
  readonly articles: readonly string[]
}

export const faultsOfPromises = (
  promises: Promises,
  fees: readonly (DraftFee & { readonly article: string })[],
): readonly PromiseFault[] => [
  ...promiseKinds
    .filter((kind) => !isLength(promises[kind]))
    .map((kind) => ({ kind: 'promise-range' as const, articles: [promiseArticles[kind]] })),
  ...(promises['pick-up'] !== undefined && promises.repair === undefined
    ? [{ kind: 'no-repair-day' as const, articles: [promiseArticles['pick-up']] }]
    : []),
  ...fees
    .filter((fee) => fee.what.trim() === '' || fenOf(fee) === undefined)
    .map(({ article }) => ({ kind: 'bad-fee' as const, articles: [article] })),
]

const isLength = (days: number | undefined): boolean =>
  days === undefined || (Number.isInteger(days) && days >= 1 && days <= mostPromisedDays)

/** A draft made into a policy, or the reasons why it is none yet, each with the rows it is about. */
import type { Question } from './case-facts.ts'
import type { CivilDate, Span } from './civil.ts'
import type { DraftBar, DraftRow, DraftSpan, Numbered, PolicyDraft, Refusal } from './policy-draft.ts'
import {
  faultsOfPromises,
  promisedArticles,
  promisedDues,
  promisedFees,
  type PromiseFault,
  type PromiseSentences,
} from './policy-promises.ts'
import { Policy, type Condition } from './policy-schema.ts'
import { faultsOfPolicy } from './policy-windows.ts'
import type { Remedy } from './remedy.ts'
import { err, ok, type Result } from './result.ts'
import type { Words } from './words.ts'
import * as z from 'zod/mini'

/** What the business says of itself, and the version this becomes. */
export interface PolicyFrame {
  readonly id: string
  readonly version: number
  readonly validFrom: CivilDate
  readonly title: string
  readonly author: string
}

/** The sentences of a made policy, in each language: they travel with it and are what readers are shown. */
export interface PolicySentences extends PromiseSentences {
  readonly row: (row: DraftRow) => Words
  readonly bar: (bar: DraftBar) => Words
  readonly counted: Words
  readonly fallback: Words
  readonly nothing: Words
  readonly receipt: Words
  readonly source: Words
  readonly sourceNote: Words
  readonly scope: (channel: PolicyDraft['about']['channel']) => Words
}

export interface DraftFault {
  readonly kind:
    | PromiseFault['kind']
    | 'no-rows'
    | 'too-many'
    | 'no-remedy'
    | 'out-of-range'
    | 'empty'
    | 'hole'
    | 'overlap'
    | 'improves'
    | 'not-a-policy'
  /** The articles of the rows it is about: A-1 is the first row, B-1 the first exclusion, C a promise, F-1 the first price. */
  readonly articles: readonly string[]
}

const mostRows = 30

export function policyOfDraft(
  draft: PolicyDraft,
  frame: PolicyFrame,
  sentences: PolicySentences,
  statutes: readonly Policy[],
): Result<Policy, readonly DraftFault[]> {
  const unfit = faultsOfRows(draft)
  if (unfit.length > 0) return err(unfit)
  const made = policyWith(draft, frame, sentences, statutes)
  const faults = faultsOfPolicy(made).flatMap(({ kind, articles }): readonly DraftFault[] =>
    kind === 'hole' || kind === 'overlap' || kind === 'empty' || kind === 'improves' ? [{ kind, articles }] : [],
  )
  if (faults.length > 0) return err(faults)
  const parsed = z.safeParse(Policy, made)
  return parsed.success ? ok(parsed.data) : err([{ kind: 'not-a-policy', articles: [] }])
}

function faultsOfRows({ rows, bars, promises, fees }: PolicyDraft): readonly DraftFault[] {
  if (rows.length === 0) return [{ kind: 'no-rows', articles: [] }]
  const beyond = [...rows.slice(mostRows), ...bars.slice(mostRows), ...fees.slice(mostRows)]
  if (beyond.length > 0) return [{ kind: 'too-many', articles: beyond.map(({ article }) => article) }]
  const unfit = rows.flatMap(({ article, remedies, after, until }): readonly DraftFault[] => [
    ...(remedies.length === 0 ? [{ kind: 'no-remedy', articles: [article] } as const] : []),
    ...([after, until].every(isInRange) ? [] : [{ kind: 'out-of-range', articles: [article] } as const]),
  ])
  return [...unfit, ...faultsOfPromises(promises, fees)]
}

export const mostCount = { days: 3660, months: 120 } as const
const isInRange = (span: DraftSpan | undefined): boolean =>
  !span ||
  (Number.isInteger(span.count) && span.count >= (span.unit === 'days' ? 0 : 1) && span.count <= mostCount[span.unit])

const spanOf = (span: DraftSpan | undefined): Span | undefined =>
  span && (span.unit === 'days' ? { days: span.count } : { months: span.count })

const refused: Readonly<Record<Refusal, readonly Remedy[]>> = {
  refund: ['refund'],
  exchange: ['refund', 'exchange', 'new-device'],
  repair: ['refund', 'exchange', 'new-device', 'free-repair', 'new-part'],
}

const both = (text: string): Words => ({ zh: text, en: text })

function policyWith(
  draft: PolicyDraft,
  frame: PolicyFrame,
  sentences: PolicySentences,
  statutes: readonly Policy[],
): z.infer<typeof Policy> {
  const { about, rows, bars, promises, fees } = draft
  const choices = [
    { id: 'G1', text: sentences.counted },
    { id: 'G2', text: sentences.fallback },
    { id: 'G3', text: sentences.nothing },
  ]
  return {
    id: frame.id,
    version: frame.version,
    validFrom: frame.validFrom,
    layer: 'shop',
    title: both(frame.title),
    scope: sentences.scope(about.channel),
    author: both(frame.author),
    roles: [],
    source: { name: sentences.source, checkedOn: frame.validFrom, certainty: 'text', note: sentences.sourceNote },
    counts: about.channel === 'shop' ? 'bought' : 'received',
    asks: asksOf(draft, statutes),
    given: { goods: about.goods, ...(about.channel === 'both' ? {} : { channel: about.channel }) },
    applies: {},
    articles: [
      ...rows.map((row) => ({ id: row.article, text: sentences.row(row) })),
      ...bars.map((bar) => ({ id: bar.article, text: sentences.bar(bar) })),
      ...promisedArticles(promises, sentences),
    ],
    choices,
    chosen: { counting: ['G1'], fallback: 'G2', nothing: 'G3' },
    grants: rows.map(grantOf),
    bars: bars.map(barOf),
    notes: [],
    evidence: [{ when: {}, text: sentences.receipt }],
    dues: promisedDues(promises, sentences),
    fees: promisedFees(fees),
  }
}

const grantOf = ({ article, fault, region, after, until, remedies, unless }: Numbered<DraftRow>) => ({
  article,
  when: { ...(fault ? { fault: true } : {}), ...(region ? { regions: [region] } : {}) },
  ...(after ? { after: spanOf(after) } : {}),
  ...(until ? { until: spanOf(until) } : {}),
  ...(unless.length > 0 ? { unless } : {}),
  remedies,
})

const barOf = ({ article, by, refuses, always }: Numbered<DraftBar>) => ({
  article,
  when: always ? {} : { fault: false },
  any: [by],
  refuses: [...refused[refuses]],
})

/** What a case under this policy may turn on: its own rows and every statute that can apply to it. */
function asksOf({ about, rows, bars }: PolicyDraft, statutes: readonly Policy[]): Question[] {
  const { goods, channel } = about
  const named = new Set<Question>([...rows.flatMap(({ unless }) => unless), ...bars.map(({ by }) => by)])
  const applying = statutes.filter(({ applies }) => couldMeet(applies, { goods, channel }))
  const asked = new Set<Question>([
    'bought',
    'where',
    'received',
    'state',
    ...named,
    ...applying.flatMap((one) => one.asks),
  ])
  if (goods !== 'phone') for (const one of ['listed', 'region', 'model', 'part'] as const) asked.delete(one)
  if (goods !== 'car') for (const one of ['grave', 'km'] as const) asked.delete(one)
  if (rows.some(({ region }) => region)) asked.add('region')
  asked.delete('goods')
  asked.delete('damage') // told by the state
  if (channel !== 'both') asked.delete('where')
  if (channel === 'shop') asked.delete('received')
  return [...asked]
}

const couldMeet = (
  { goods, channel }: Condition,
  about: { readonly goods: string; readonly channel: string },
): boolean => (!goods || goods === about.goods) && (!channel || about.channel === 'both' || channel === about.channel)

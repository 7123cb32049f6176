/** Whether the rows of a policy answer every day once: holes, doubles, rows that get better with age, ids that lead nowhere. */
import type { Span } from './civil.ts'
import { compareOptions } from './remedy.ts'
import type { Grant, Policy } from './policy-schema.ts'

export interface PolicyFault {
  readonly kind: 'hole' | 'overlap' | 'empty' | 'improves' | 'no-such-article' | 'no-such-choice' | 'no-such-due'
  /** Both articles where two rows do not fit. */
  readonly articles: readonly string[]
}
type Rows = Pick<Policy, 'grants' | 'bars' | 'notes' | 'evidence' | 'dues' | 'articles' | 'choices' | 'chosen'>

export const faultsOfPolicy = (policy: Rows): readonly PolicyFault[] => [
  ...laddersOf(policy.grants).flatMap((rows) => [...emptyIn(rows), ...seamsOf(rows)]),
  ...lostIds(policy),
]

/** Rows that ask the same of a case form one ladder: each day stands on one rung. In the order of time. */
export function laddersOf(grants: readonly Grant[]): readonly (readonly Grant[])[] {
  const ladders = new Map<string, Grant[]>()
  for (const grant of grants) {
    const key = JSON.stringify(Object.entries(grant.when).sort(([a], [b]) => (a < b ? -1 : 1)))
    ladders.set(key, [...(ladders.get(key) ?? []), grant])
  }
  return [...ladders.values()].map((rows) => rows.sort((a, b) => leastOf(a.after) - leastOf(b.after)))
}

/** Months are longer and shorter, so a span in months has a least and a greatest length. */
const leastOf = (span: Span | undefined): number => (!span ? -1 : 'days' in span ? span.days : span.months * 28)
const mostOf = (span: Span | undefined): number =>
  !span ? Number.POSITIVE_INFINITY : 'days' in span ? span.days : Math.ceil(span.months * 30.6)

const isSame = (a: Span | undefined, b: Span | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

const emptyIn = (rows: readonly Grant[]): readonly PolicyFault[] =>
  rows
    .filter(({ after, until }) => until && (isSame(after, until) || mostOf(until) <= leastOf(after)))
    .map(({ article }) => ({ kind: 'empty', articles: [article] }))

const seamsOf = (rows: readonly Grant[]): readonly PolicyFault[] =>
  rows.slice(1).flatMap((next, place): readonly PolicyFault[] => {
    const row = rows[place]
    if (!row) return []
    const articles = [row.article, next.article]
    const rising = compareOptions(next.remedies, row.remedies) > 0
    const improves: readonly PolicyFault[] = rising ? [{ kind: 'improves', articles }] : []
    if (isSame(row.until, next.after)) return row.until ? improves : [{ kind: 'overlap', articles }]
    // days against months never fit in every month: a double where they can meet, else a hole
    return [{ kind: leastOf(next.after) >= mostOf(row.until) ? 'hole' : 'overlap', articles }, ...improves]
  })

function lostIds({ articles, choices, chosen, grants, bars, notes, evidence, dues }: Rows): readonly PolicyFault[] {
  const known = new Set([...articles, ...choices].map(({ id }) => id))
  const cited = [...grants, ...bars, ...notes, ...dues].map(({ article }) => article)
  const proven = evidence.flatMap(({ article }) => article ?? [])
  const named = [
    ...grants.flatMap(({ edge, choices: own = [] }) => [...own, ...(edge ? [edge] : [])]),
    ...dues.flatMap(({ choice }) => choice ?? []),
    ...Object.values(chosen).flatMap((id) => id ?? []),
  ]
  const lost = (ids: readonly string[], kind: PolicyFault['kind']) =>
    ids.filter((id) => !known.has(id)).map((id) => ({ kind, articles: [id] }))
  const dueIds = dues.map(({ id }) => id)
  const loose = dues.filter(({ from }, place) => from && !dueIds.slice(0, place).includes(from))
  const doubled = [...articles, ...choices].map(({ id }) => id).filter((id, place, all) => all.indexOf(id) < place)
  return [
    ...lost([...cited, ...proven], 'no-such-article'),
    ...lost(named, 'no-such-choice'),
    ...loose.map(({ article }) => ({ kind: 'no-such-due' as const, articles: [article] })),
    ...doubled.map((id) => ({ kind: 'overlap' as const, articles: [id, id] })),
  ]
}

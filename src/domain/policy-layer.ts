/**
 * The verdict of one policy. Rows of one condition form a ladder in time, and a case stands on one rung; what the bars refuse
 * there falls to the best that a later rung still gives. So a bar can only take away, and so can a day.
 */
import { addDays, addMonths, addSpan, daysBetween, laterOf, type CivilDate } from './civil.ts'
import type { CaseFacts } from './case-facts.ts'
import { isFor, isInTime, isOpen, meets, startOf, windowEnd } from './policy-match.ts'
import type { Condition, Grant, Policy } from './policy-schema.ts'
import { laddersOf } from './policy-windows.ts'
import { bestFirst, compareOptions, type Remedy } from './remedy.ts'
import type { LayerVerdict, Missed, Reason } from './verdict.ts'

export function judgeLayer(policy: Policy, facts: CaseFacts): LayerVerdict {
  const start = startOf(policy, facts)
  const name = { policy: policy.id, version: policy.version, layer: policy.layer, day: daysBetween(start, facts.today) }
  const { counting = [], unknown, nothing, fallback, twice } = policy.chosen
  const nobody = { options: [], granted: [], barred: [], missed: [], notes: [] }
  if (!meets(policy.holds ?? {}, facts, policy))
    return { ...name, ...nobody, held: false, choices: unknown ? [unknown] : [] }

  const barred = barsOn(policy, facts)
  const refused = new Set(barred.flatMap(({ refuses }) => refuses))
  const rungs = laddersOf(policy.grants).flatMap((rows) => rungOf(rows, policy, facts, refused) ?? [])
  const options = rungs.reduce<readonly Remedy[]>(
    (best, rung) => (compareOptions(rung.remedies, best) > 0 ? rung.remedies : best),
    [],
  )
  const winning = rungs.filter((rung) => options.length > 0 && compareOptions(rung.remedies, options) === 0)
  const missed = missedBy(policy, facts, { options, barred })
  const choices = [
    ...counting,
    ...winning.flatMap(({ row, fell }) => [
      ...(row.choices ?? []),
      ...(fell ? [fallback] : [edgeOf(row, policy, facts)]),
    ]),
    ...(options.length === 0 && missed.every(isOutside) ? [nothing] : []),
    ...(missed.some(({ because }) => isTwice(because)) ? [twice] : []),
  ]
  return {
    ...name,
    held: true,
    options,
    granted: winning.map(({ row, remedies }) => ({
      article: row.article,
      remedies,
      until: windowEnd(row, policy, facts),
      coverUntil: coverOf(row, policy, facts),
    })),
    barred: barred.map(({ article, by, doubt }) => ({ article, by, doubt: facts.fault ? doubt : undefined })),
    missed,
    notes: policy.notes.filter((note) => isOpen(note, policy, facts)).map(({ article }) => article),
    choices: [...new Set(choices.filter((id) => id !== undefined))],
  }
}

interface Rung {
  readonly row: Grant
  readonly remedies: readonly Remedy[]
  /** Whether the row of today was refused and a later one gives this. */
  readonly fell: boolean
}

/** The rung the case stands on, or the best below it that no bar refuses. */
function rungOf(
  rows: readonly Grant[],
  policy: Policy,
  facts: CaseFacts,
  refused: ReadonlySet<Remedy>,
): Rung | undefined {
  const place = rows.findIndex((row) => isInTime(row, policy, facts))
  if (place < 0) return undefined
  const open = rows
    .slice(place)
    .filter((row) => isFor(row, policy, facts))
    .map((row) => ({
      row,
      fell: row !== rows[place],
      remedies: bestFirst(row.remedies.filter((remedy) => !refused.has(remedy))),
    }))
    .filter(({ remedies }) => remedies.length > 0)
  return open.reduce<Rung | undefined>(
    (best, rung) => (best && compareOptions(rung.remedies, best.remedies) <= 0 ? best : rung),
    undefined,
  )
}

const edgeOf = (row: Grant, policy: Policy, facts: CaseFacts): string | undefined =>
  facts.today === windowEnd(row, policy, facts) ? row.edge : undefined

/** The longer of the promised days and what is left of the device's own term; or a whole new term. */
function coverOf({ cover }: Grant, policy: Policy, facts: CaseFacts): CivilDate | undefined {
  if (!cover) return undefined
  if ('newMonths' in cover) return addMonths(facts.today, cover.newMonths)
  return laterOf(addDays(facts.today, cover.leastDays), addMonths(startOf(policy, facts), policy.termMonths ?? 0))
}

const barsOn = (policy: Policy, facts: CaseFacts) =>
  policy.bars
    .filter(({ when }) => meets(when, facts, policy))
    .map((bar) => ({ ...bar, by: bar.any.filter((one) => facts.exclusions.includes(one)) }))
    .filter(({ by }) => by.length > 0)

function missedBy(
  policy: Policy,
  facts: CaseFacts,
  found: { readonly options: readonly Remedy[]; readonly barred: ReturnType<typeof barsOn> },
): readonly Missed[] {
  return policy.grants
    .filter(({ remedies }) => compareOptions(remedies, found.options) > 0)
    .filter((row) => meets(identityOf(row.when), facts, policy))
    .filter(({ after }) => !after || facts.today > addSpan(startOf(policy, facts), after))
    .map((row) => ({
      article: row.article,
      remedies: row.remedies,
      because: reasonsAgainst(row, policy, facts, found.barred),
    }))
}

/** What cannot be otherwise: where, what and which. A row that fails on one of these is not shown as missed. */
const identityOf = ({ fault: _fault, listed: _listed, grave: _grave, ...rest }: Condition): Condition => rest

function reasonsAgainst(
  row: Grant,
  policy: Policy,
  facts: CaseFacts,
  barred: ReturnType<typeof barsOn>,
): readonly Reason[] {
  const end = windowEnd(row, policy, facts)
  const needs = (['fault', 'listed', 'grave'] as const).flatMap((fact): readonly Reason[] => {
    const value = row.when[fact]
    return value === undefined || facts[fact] === value ? [] : [{ kind: 'needs', fact, value }]
  })
  const hits = barred.filter(({ refuses }) => row.remedies.some((remedy) => refuses.includes(remedy)))
  return [
    ...(end && facts.today > end ? [{ kind: 'late', until: end } as const] : []),
    ...(row.km !== undefined && facts.km > row.km ? [{ kind: 'too-far', km: row.km } as const] : []),
    ...needs,
    ...(row.unless ?? [])
      .filter((one) => facts.exclusions.includes(one))
      .map((by) => ({ kind: 'spoilt', by }) as const),
    ...hits.map(({ article }) => ({ kind: 'barred', by: article }) as const),
  ]
}

/** No bar alone stands against it: the case lies outside the row. */
const isOutside = ({ because }: Missed): boolean =>
  because.some(({ kind }) => kind === 'late' || kind === 'needs' || kind === 'too-far')

/** One evidence that fails an article's own test and meets a bar as well. */
const isTwice = (because: readonly Reason[]): boolean =>
  because.some(({ kind }) => kind === 'spoilt') && because.some(({ kind }) => kind === 'barred')

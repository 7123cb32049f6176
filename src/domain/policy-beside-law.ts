/**
 * Where the law gives a buyer more than a shop's own policy does: told to whoever writes the policy. Nothing changes between
 * the days on which some row of some policy begins or ends, so only those are judged.
 */
import { exclusions, type CaseFacts, type Exclusion } from './case-facts.ts'
import { addDays, addSpan, daysBetween, type CivilDate } from './civil.ts'
import { judge } from './policy.ts'
import type { Policy } from './policy-schema.ts'
import { compareOptions, type Remedy } from './remedy.ts'

export interface LawIsBetter {
  readonly statute: string
  readonly articles: readonly string[]
  readonly fault: boolean
  readonly distance: boolean
  /** What stands against the buyer in the shop, and not in law. */
  readonly by: Exclusion | undefined
  readonly from: number // day, from 0
  readonly until: number | undefined
  readonly law: readonly Remedy[]
  readonly shop: readonly Remedy[]
}

/** @param boughtOn any day to count from: months are longer and shorter */
export function betterByLaw(policy: Policy, statutes: readonly Policy[], boughtOn: CivilDate): readonly LawIsBetter[] {
  const days = turningDays([policy, ...statutes], boughtOn)
  const barring = new Set(policy.bars.flatMap(({ any }) => any))
  const circumstances = [undefined, ...exclusions.filter((one) => barring.has(one))]
  const channels = policy.given?.channel ? [policy.given.channel] : (['shop', 'distance'] as const)
  const found = channels.flatMap((channel) =>
    [false, true].flatMap((fault) =>
      circumstances.flatMap((by) => {
        if (by === 'damage' && !fault) return []
        const facts = { channel, fault, exclusions: by ? [by] : [] }
        return stretches(days, (day) => lawAt(policy, statutes, factsOn(boughtOn, day, policy, facts)), {
          fault,
          distance: channel === 'distance',
          by,
        })
      }),
    ),
  )
  // a circumstance that changes nothing is no news of its own
  return found.filter(
    (one) =>
      one.by === undefined ||
      !found.some((other) => other.by === undefined && isSame(other, { ...one, by: undefined })),
  )
}

const isSame = (a: LawIsBetter, b: LawIsBetter): boolean => JSON.stringify(a) === JSON.stringify(b)

function turningDays(policies: readonly Policy[], boughtOn: CivilDate): readonly number[] {
  const spans = policies.flatMap(({ grants }) =>
    grants.flatMap(({ after, until }) => [after ?? [], until ?? []].flat()),
  )
  const ends = spans.map((span) => daysBetween(boughtOn, addSpan(boughtOn, span)))
  return [...new Set([0, ...ends.map((day) => day + 1)])].sort((a, b) => a - b)
}

const factsOn = (
  boughtOn: CivilDate,
  day: number,
  policy: Policy,
  told: Pick<CaseFacts, 'channel' | 'fault' | 'exclusions'>,
): CaseFacts => ({
  ...told,
  boughtOn,
  receivedOn: boughtOn,
  today: addDays(boughtOn, day),
  goods: policy.given?.goods ?? 'general',
  listed: told.fault, // the gravest fault there is: the law may give most then
  grave: told.fault,
  km: 0,
  region: 'mainland',
  model: '',
  part: '',
})

type Found = Pick<LawIsBetter, 'statute' | 'articles' | 'law' | 'shop'>

function lawAt(policy: Policy, statutes: readonly Policy[], facts: CaseFacts): Found | undefined {
  const { layers, decidedBy } = judge(policy, statutes, facts)
  const [shop] = layers
  const law = layers[decidedBy]
  if (!law || decidedBy === 0 || compareOptions(law.options, shop.options) <= 0) return undefined
  return {
    statute: law.policy,
    articles: law.granted.map(({ article }) => article),
    law: law.options,
    shop: shop.options,
  }
}

/** Neighbouring days that say the same are one stretch. */
function stretches(
  days: readonly number[],
  at: (day: number) => Found | undefined,
  about: Pick<LawIsBetter, 'fault' | 'distance' | 'by'>,
): readonly LawIsBetter[] {
  const found: LawIsBetter[] = []
  let last = ''
  for (const [place, day] of days.entries()) {
    const here = at(day)
    const next = days[place + 1]
    const until = next === undefined ? undefined : next - 1
    const said = JSON.stringify(here)
    const before = found.at(-1)
    if (here && said === last && before) found[found.length - 1] = { ...before, until }
    else if (here) found.push({ ...about, ...here, from: day, until })
    last = here ? said : ''
  }
  return found
}

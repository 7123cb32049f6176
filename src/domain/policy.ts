/**
 * Judging a case: by the policy asked (a shop's, a maker's) and by every statute that applies; the better for the buyer wins
 * and both are shown. Same facts, same versions, same verdict, for ever: the day comes in with the facts.
 */
import type { CaseFacts } from './case-facts.ts'
import { duesOf } from './policy-dates.ts'
import { judgeLayer } from './policy-layer.ts'
import { meets } from './policy-match.ts'
import type { Policy } from './policy-schema.ts'
import { compareOptions, feeOf } from './remedy.ts'
import type { Verdict } from './verdict.ts'

/** @param statutes every statute known; those whose scope does not fit are left out */
export function judge(policy: Policy, statutes: readonly Policy[], told: CaseFacts): Verdict {
  const facts = factsUnder(policy, told)
  const others = statutes.filter((one) => one.id !== policy.id && meets(one.applies, facts, one))
  const layers: Verdict['layers'] = [judgeLayer(policy, facts), ...others.map((one) => judgeLayer(one, facts))]
  const decidedBy = layers.reduce((best, one, place) => {
    const found = layers[best]
    return found && compareOptions(one.options, found.options) > 0 ? place : best
  }, 0)
  const decided = layers[decidedBy] ?? layers[0]
  const [remedy] = decided.options
  const policies = [policy, ...others]
  return {
    remedy: remedy ?? (layers[0].held ? 'none' : 'no-rule'),
    options: decided.options,
    fee: remedy && feeOf(remedy),
    layers,
    decidedBy,
    evidence: policies.flatMap((one) =>
      one.evidence
        .filter(
          ({ when, only }) => meets(when, facts, one) && (!only || only.some((gift) => decided.options.includes(gift))),
        )
        .map(({ text }) => text),
    ),
    dues: duesOf(policies, decided.options, facts.today),
  }
}

/** What a policy takes as given stands, whatever was told. */
export const factsUnder = ({ given }: Policy, facts: CaseFacts): CaseFacts => ({
  ...facts,
  channel: given?.channel ?? facts.channel,
  goods: given?.goods ?? facts.goods,
})

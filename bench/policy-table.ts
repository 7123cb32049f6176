/**
 * `npm run policy:table [-- <file>]`: the shop policy's whole decision table as CSV, for a person to check: every day 0 to 100,
 * with and without a fault, each exclusion alone. A purchase on 1 August, so that three months end on day 92.
 */
import { writeFileSync } from 'node:fs'
import { addDays } from '#domain/civil.ts'
import { exclusions, type Exclusion } from '#domain/case-facts.ts'
import { judge } from '#domain/policy.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { policyOf } from '#domain/policy-versions.ts'
import { loadPolicies } from '../server/policies.ts'

const boughtOn = '2026-08-01'
const lastDay = 100
const head = ['day', 'date', 'fault', 'exclusion', 'remedy', 'fee', 'granted', 'barred', 'missed', 'choices', 'version']

/** Only what this policy's bars name; the others cannot change a row. */
const exclusionsOf = (policy: Policy): readonly Exclusion[] =>
  exclusions.filter((one) => policy.bars.some(({ any }) => any.includes(one)))

export function decisionTable(policy: Policy): readonly (readonly string[])[] {
  const days = Array.from({ length: lastDay + 1 }, (_, day) => day)
  const alone = [undefined, ...exclusionsOf(policy)]
  return days.flatMap((day) =>
    [false, true].flatMap((fault) => alone.map((exclusion) => rowOf(policy, { day, fault, exclusion }))),
  )
}

interface Row {
  readonly day: number
  readonly fault: boolean
  readonly exclusion: Exclusion | undefined
}

function rowOf(policy: Policy, { day, fault, exclusion }: Row): readonly string[] {
  const today = addDays(boughtOn, day)
  const verdict = judge(policy, [], {
    boughtOn,
    receivedOn: boughtOn,
    today,
    channel: 'shop',
    goods: 'general',
    fault,
    listed: false,
    grave: false,
    km: 0,
    region: 'mainland',
    model: '',
    part: '',
    exclusions: exclusion ? [exclusion] : [],
  })
  const [{ granted, barred, missed, choices, version }] = verdict.layers
  const idsOf = (rows: readonly { readonly article: string }[]) => rows.map(({ article }) => article).join(' ')
  return [
    String(day),
    today,
    fault ? 'yes' : 'no',
    exclusion ?? '',
    verdict.remedy,
    verdict.fee ?? '',
    idsOf(granted),
    idsOf(barred),
    idsOf(missed),
    choices.join(' '),
    String(version),
  ]
}

if (import.meta.main) {
  const policies = loadPolicies(new URL('../content', import.meta.url).pathname)
  const policy = policies.ok ? policyOf(policies.value, 'shop-41') : undefined
  if (!policy) throw new Error(policies.ok ? 'no policy shop-41' : policies.error.detail)
  const path = process.argv[2] ?? 'policy-table.csv'
  const rows = decisionTable(policy)
  writeFileSync(path, [head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join(''))
  console.log(`${path}: ${rows.length} rows, ${policy.id} version ${policy.version}, bought on ${boughtOn}`)
}

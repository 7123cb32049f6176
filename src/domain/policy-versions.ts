/** A policy is changed by adding a version; a case goes on under the one it names. */
import type { CivilDate } from './civil.ts'
import type { Policy } from './policy-schema.ts'

export const policyOf = (all: readonly Policy[], id: string, version?: number): Policy | undefined =>
  all
    .filter((policy) => policy.id === id && (version === undefined || policy.version === version))
    .sort((a, b) => b.version - a.version)[0]

/** The version in force on a day; before the first one there is none. */
export const policyOn = (all: readonly Policy[], id: string, day: CivilDate): Policy | undefined =>
  policyOf(
    all.filter(({ validFrom }) => validFrom <= day),
    id,
  )

/**
 * Refusals in words, loaded when the first of them is told or something is submitted: most visits never need them. Where they cannot be
 * had, a refusal is told by its rule.
 */
import { createSignal } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import type { RefusalRule } from '#domain/refusal.ts'
import type { refusals, RefusalFacts } from '#src/i18n/refusals.ts'
import { inLocale } from '#src/i18n/strings.ts'

export interface RefusalText {
  readonly why: string
  readonly mend: string
}

const [speeches, setSpeeches] = createSignal<typeof refusals | 'missing'>()
let loading: Promise<void> | undefined

/** Resolves also when they did not come; asked again they are tried again. */
export const loadRefusals = (): Promise<void> =>
  (loading ??= import('#src/i18n/refusals.ts')
    .then((words) => void setSpeeches(() => words.refusals))
    .catch(() => {
      loading = undefined
      setSpeeches('missing')
    }))

/** Read where it is tracked: it changes once, when the words come. */
export function speechOf(rule: RefusalRule, facts: RefusalFacts, locale: Locale): RefusalText {
  const all = speeches()
  if (all === undefined) void loadRefusals()
  if (typeof all !== 'object') return { why: all ? rule : '', mend: '' }
  const speech = inLocale(all, locale)[rule]
  return { why: speech.why(facts), mend: speech.mend(facts) }
}

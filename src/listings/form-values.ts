/** The words in the form, one text per control, and which of them somebody typed: defaults stay away from those. */
import { batch } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { freshValues, type DraftValues } from './draft-values.ts'

export interface FormValues {
  /** A Solid store. */
  readonly values: DraftValues
  typed(): readonly string[]
  type(field: string, value: string): void
  /** Words from a draft, typed earlier or in another tab. */
  take(draft: DraftValues): void
  /** Defaults, only where nothing was typed. */
  suggest(defaults: DraftValues): void
  /** These words are signed: where they still stand, they follow the record again. What was typed since stays typed. */
  settle(signed: DraftValues): void
  reset(to: DraftValues): void
}

export function createFormValues(): FormValues {
  const [values, setValues] = createStore<Record<string, string>>({ ...freshValues })
  const typed = new Set<string>()
  const write = (field: string, value: string): void => {
    if (values[field] !== value) setValues(field, value)
  }
  const type = (field: string, value: string): void => {
    typed.add(field)
    write(field, value)
  }
  return {
    values,
    typed: () => [...typed],
    type,
    take: (draft) => batch(() => Object.entries(draft).forEach(([field, value]) => type(field, value))),
    suggest: (defaults) =>
      batch(() =>
        Object.entries(defaults).forEach(([field, value]) => {
          if (!typed.has(field)) write(field, value)
        }),
      ),
    settle(signed) {
      for (const field of typed) if (field in signed && values[field] === signed[field]) typed.delete(field)
    },
    reset(to) {
      typed.clear()
      setValues(reconcile({ ...to }))
    },
  }
}

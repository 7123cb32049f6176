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
  /** What was typed is signed: from now on the words follow the record again. */
  settle(): void
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
    settle: () => typed.clear(),
    reset(to) {
      typed.clear()
      setValues(reconcile({ ...to }))
    },
  }
}

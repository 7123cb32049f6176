/** What the house rules find in the form: a moment after a word was typed, and once more before it is signed. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Category } from '#domain/category.ts'
import type { Refusal } from '#domain/refusal.ts'
import { loadRefusals } from '#src/sync/refusal-speech.ts'
import { publishedFields, type DraftValues } from './draft-values.ts'

export interface House {
  readonly refusals: Accessor<readonly Refusal[]>
  /** None where its code cannot be had: the portal judges by the same rules. */
  check(values: DraftValues): Promise<readonly Refusal[]>
}

const pauseMs = 700

/** Call it where Solid has an owner. */
export function createHouse(values: DraftValues, category: Accessor<Category | undefined>): House {
  const [refusals, setRefusals] = createSignal<readonly Refusal[]>([])
  const fields = () => publishedFields(values, category())
  const check = async (typed: DraftValues): Promise<readonly Refusal[]> => {
    const [code] = await Promise.all([import('./house-check.ts').catch(() => undefined), loadRefusals()])
    return code?.checkHouse(typed) ?? []
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      () => ['category', 'intent', 'poster', ...fields()].map((field) => values[field]),
      (now) => {
        clearTimeout(timer)
        if (now.some(Boolean)) timer = setTimeout(() => void check({ ...values }).then(setRefusals), pauseMs)
      },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return { refusals, check }
}

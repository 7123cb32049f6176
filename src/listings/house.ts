/** What the house rules find in the form: a moment after a word was typed, and once more before it is signed. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Category } from '#domain/category.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { DraftValues } from './draft-values.ts'

export interface House {
  readonly refusals: Accessor<readonly Refusal[]>
  /** None where its code cannot be had: the portal judges by the same rules. */
  check(values: DraftValues): Promise<readonly Refusal[]>
}

const pauseMs = 700

/** Call it where Solid has an owner. */
export function createHouse(values: DraftValues, category: Accessor<Category | undefined>): House {
  const [refusals, setRefusals] = createSignal<readonly Refusal[]>([])
  /** Those whose words would be published: a firm's name stands in the form of companies alone. */
  const fields = () => [
    'title',
    'text',
    'name',
    ...(values['poster'] === 'company' ? ['firm'] : []),
    ...(category()?.fields ?? []).flatMap(({ id, type }) => (type === 'text' ? id : [])),
  ]
  const check = async (typed: DraftValues): Promise<readonly Refusal[]> => {
    const code = await import('./house-check.ts').catch(() => undefined)
    return code?.checkHouse(typed, fields()) ?? []
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

/** What the house rules find in what a business writes: a moment after a word was typed, and once more before it is signed. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Refusal } from '#domain/refusal.ts'

export interface House {
  readonly refusals: Accessor<readonly Refusal[]>
  /** None where its code cannot be had: the portal judges by the same rules. */
  look(): Promise<readonly Refusal[]>
}

const pauseMs = 700

/** @param typed changes with what is typed @param judge over what stands there now. Call it where Solid has an owner. */
export function createHouse(
  typed: () => unknown,
  judge: (code: typeof import('./house-check.ts')) => readonly Refusal[],
): House {
  const [refusals, setRefusals] = createSignal<readonly Refusal[]>([])
  const look = async (): Promise<readonly Refusal[]> => {
    const code = await import('./house-check.ts').catch(() => undefined)
    const found = code ? judge(code) : []
    setRefusals(found)
    return found
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      typed,
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void look(), pauseMs)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return { refusals, look }
}

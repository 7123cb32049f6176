/**
 * Own rooms whose copy on the relay was lost: restored from an older backup, or erased. What this browser has of them is set
 * aside, neither sent nor thrown away, until the person has said which.
 */
import { createSignal } from 'solid-js'

export interface Aside {
  readonly room: string
  putBack(): void
  drop(): void
}

const [asides, setAsides] = createSignal<readonly Aside[]>([])
/** Solid accessor. */
export { asides }

export const setAside = (aside: Aside): void => void setAsides((others) => [...others, aside])

/** One answer for all of them: the shelf and the contacts of a key belong together. */
export function answerAsides(answer: 'putBack' | 'drop'): void {
  const answered = asides()
  setAsides([])
  for (const aside of answered) aside[answer]()
}

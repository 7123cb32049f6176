/** What the pages for whole files share: a desk whose code comes later, and the stages it goes through. */
import { createSignal, getOwner, onMount, runWithOwner, type Accessor } from 'solid-js'

export interface Later<Desk> {
  /** Undefined until it was first asked for. */
  readonly desk: Accessor<Desk | undefined>
  /** Its code could not be had, or it broke. */
  readonly isLost: Accessor<boolean>
  /** @param isQuiet nobody has asked for it, so nobody is told that it failed */
  ask(work: (desk: Desk) => Promise<void>, quiet?: { readonly isQuiet: boolean }): Promise<void>
}

/** Call it where Solid has an owner. @param load fetched when the page is at rest, since the network may go before a file is chosen */
export function createLater<Desk>(load: () => Promise<() => Desk>): Later<Desk> {
  const owner = getOwner()
  const [desk, setDesk] = createSignal<Desk>()
  const [isLost, setLost] = createSignal(false)
  onMount(() => void load().catch(() => undefined)) // it is asked for again with the first file
  return {
    desk,
    isLost,
    async ask(work, { isQuiet } = { isQuiet: false }) {
      try {
        const make = await load()
        const made = desk() ?? runWithOwner(owner, make)
        setDesk(() => made)
        setLost(false)
        if (made) await work(made)
      } catch {
        if (!isQuiet) setLost(true)
      }
    },
  }
}

/** The state while it is of one kind: for `<Match when>`. */
export const stageOf =
  <Stage extends { readonly kind: string }>(state: () => Stage) =>
  <Kind extends Stage['kind']>(kind: Kind): Extract<Stage, { kind: Kind }> | undefined => {
    const now = state()
    return now.kind === kind ? (now as Extract<Stage, { kind: Kind }>) : undefined
  }

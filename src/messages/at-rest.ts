/**
 * What stands beside messages (Beside.tsx) comes when they are at rest, in one file. Signals and no resources: while one of those is
 * pending, all of an island that was made on the server leaves the page, and the words under the writer's fingers with it.
 */
import { createSignal, type Accessor } from 'solid-js'

type Beside = typeof import('./Beside.tsx')
let loading: Promise<Beside | undefined> | undefined

/** Undefined until it is here, or where it cannot be had. */
export function createBeside(): Accessor<Beside | undefined> {
  loading ??= import('./Beside.tsx').catch(() => (loading = undefined))
  const [beside, setBeside] = createSignal<Beside>()
  void loading.then((code) => code && setBeside(() => code))
  return beside
}

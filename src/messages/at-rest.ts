/** What stands beside messages (Beside.tsx) comes when they are at rest, in one file. */
import { createResource, type Accessor } from 'solid-js'

type Beside = typeof import('./Beside.tsx')
let loading: Promise<Beside | undefined> | undefined

/** Undefined until it is here, or where it cannot be had. */
export function createBeside(): Accessor<Beside | undefined> {
  loading ??= import('./Beside.tsx').catch(() => (loading = undefined))
  return createResource(() => loading)[0]
}

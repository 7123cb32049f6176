/** Keys of which nothing is taken any more, by whatever door it comes. For a read-only connection. */
import type { DatabaseSync } from 'node:sqlite'
import type { ClosedKey } from '#domain/closed-key.ts'
import type { Did } from '#domain/identity.ts'
import { createIsEnded } from './ends.ts'
import { createIsErased } from './erasures.ts'

/** Undefined for every other key. */
export type WhyClosed = (did: Did) => ClosedKey | undefined

export function createWhyClosed(db: DatabaseSync): WhyClosed {
  const isEnded = createIsEnded(db)
  const isErased = createIsErased(db)
  return (did) => (isErased(did) ? 'erased-key' : isEnded(did) ? 'ended-key' : undefined)
}

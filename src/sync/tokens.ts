/** Tokens of this page's keys, each shown again while it is fresh. */
import type { Signer } from '#domain/identity.ts'
import { makeToken } from '#domain/token.ts'
import { pageClock } from './clock.ts'

const tokenReuseMs = 30_000
const tokens = new Map<string, { readonly token: string; readonly madeAt: number }>()

/**
 * The clock is asked before the first token: on a device whose clock is wrong no token would be good. Rooms that join
 * together show the same token, which the relay then checks once; after a corrected clock the old one is too far off.
 */
export async function tokenOf(key: Signer): Promise<string> {
  await pageClock.measureOnce()
  const now = pageClock.now()
  const last = tokens.get(key.did)
  if (last && Math.abs(now - last.madeAt) < tokenReuseMs) return last.token
  const token = await makeToken(key, location.origin, now)
  tokens.set(key.did, { token, madeAt: now })
  return token
}

/** What a request is signed with: the token of one of this person's keys. Without such a key it goes without a name. */
import type { KeyUse } from '#domain/identity.ts'
import { openSession } from './session.ts'

export async function signedHeaders(use: KeyUse): Promise<Readonly<Record<string, string>>> {
  const session = openSession()
  if (!(await session.knownDid(use))) return {}
  const { tokenOf } = await import('./relayed.ts')
  return { Authorization: `Bearer ${await tokenOf(await session.signer(use))}` }
}

/** What a request is signed with: the token of this person's key. */
import { openSession } from './session.ts'
import { tokenOf } from './tokens.ts'

/** @param makesKey whether somebody without a key gets one; else his request goes without a name */
export async function signedHeaders(makesKey: boolean): Promise<Readonly<Record<string, string>>> {
  const session = openSession()
  const did = makesKey || (await session.knownDid('person'))
  return did ? { Authorization: `Bearer ${await tokenOf(await session.signer('person'))}` } : {}
}

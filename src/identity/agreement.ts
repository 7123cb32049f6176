/** The secret that opens what others sealed to a key of this browser. It never makes a key. */
import { signerOf, type KeyUse } from '#domain/identity.ts'
import { agreementSecretOf, type MessageKey } from '#domain/message.ts'
import { openKeys } from './keys.ts'

export async function messageKeyOf(use: KeyUse): Promise<MessageKey | undefined> {
  const entropy = await openKeys().entropy()
  if (!entropy) return undefined
  const [{ did }, secret] = await Promise.all([signerOf(entropy, use), agreementSecretOf(entropy, use)])
  return { did, secret }
}

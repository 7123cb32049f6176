/**
 * The token for relay and API: a compact JWS (RFC 7515), header {alg: 'EdDSA', typ: 'JWT', kid: did}, claims
 * iss = did, aud = the portal's origin, iat, exp in seconds and at most five minutes apart. It travels in the
 * Authorization header or the Auth message, never in a URL or a cookie.
 */
import * as z from 'zod/mini'
import { fromBase64url, textOf, toBase64url, utf8, type Bytes } from './bytes.ts'
import { Did, verifies, type Signer } from './identity.ts'
import { err, ok, type Result } from './result.ts'

export const tokenLifeSeconds = 300
const skewSeconds = 60 // a phone's clock against the relay's, when the offset is not known yet

export type TokenFault = {
  readonly kind: 'token-missing' | 'token-form' | 'token-audience' | 'token-expired' | 'token-signature'
}

/** @param now the relay's time as far as the signer knows it, in ms */
export async function makeToken(signer: Signer, audience: string, now: number): Promise<string> {
  const iat = Math.floor(now / 1000)
  const header = { alg: 'EdDSA', typ: 'JWT', kid: signer.did }
  const claims = { iss: signer.did, aud: audience, iat, exp: iat + tokenLifeSeconds }
  const signed = `${part(header)}.${part(claims)}`
  return `${signed}.${toBase64url(await signer.sign(utf8(signed)))}`
}

const part = (value: object): string => toBase64url(utf8(JSON.stringify(value)))

const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.literal('JWT'), kid: Did })
const Claims = z.strictObject({ iss: Did, aud: z.string(), iat: z.int(), exp: z.int() })

export type Verify = (did: Did, signature: Bytes, bytes: Bytes) => boolean | Promise<boolean>

/** @param audience the portal's origin, or every origin it is reached by. @param now ms. Asks form, audience and time before the signature, so that a stale token costs no curve arithmetic. */
export async function verifyToken(
  token: string,
  { audience, now }: { readonly audience: string | readonly string[]; readonly now: number },
  verify: Verify = verifies,
): Promise<Result<{ readonly did: Did; readonly expiresAt: number }, TokenFault>> {
  if (token === '') return err({ kind: 'token-missing' })
  const [head = '', body = '', tail = '', ...more] = token.split('.')
  const header = Header.safeParse(jsonOf(head))
  const claims = Claims.safeParse(jsonOf(body))
  const signature = fromBase64url(tail)
  if (more.length > 0 || token.length > 1024 || !header.success || !claims.success || !signature)
    return err({ kind: 'token-form' })
  const { iss, aud, iat, exp } = claims.data
  if (iss !== header.data.kid || exp - iat > tokenLifeSeconds || exp <= iat) return err({ kind: 'token-form' })
  if (![audience].flat().includes(aud)) return err({ kind: 'token-audience' })
  const seconds = now / 1000
  if (seconds > exp + skewSeconds || seconds < iat - skewSeconds) return err({ kind: 'token-expired' })
  const genuine = await verify(iss, signature, utf8(`${head}.${body}`))
  return genuine ? ok({ did: iss, expiresAt: exp * 1000 }) : err({ kind: 'token-signature' })
}

function jsonOf(base64url: string): unknown {
  const bytes = fromBase64url(base64url)
  try {
    return bytes ? JSON.parse(textOf(bytes) ?? '') : undefined
  } catch {
    return undefined
  }
}

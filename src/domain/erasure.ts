/**
 * A person's word that all of his is to go from the portal: `<base64url signature>.<json>`, signed over exactly those bytes,
 * as records are. It names the act, the portal and the time, so that no other signature of the key can be taken for it.
 */
import * as z from 'zod/mini'
import { fromBase64url, sha256, toBase64url, toHex, utf8 } from './bytes.ts'
import { Did, verifies, type Signer } from './identity.ts'
import { err, ok, type Result } from './result.ts'
import { minuteMs } from './time.ts'

/** What is done one after the other; the last says that nothing is left to do. */
export const erasureSteps = ['begun', 'rooms', 'records', 'editions', 'lists', 'log', 'done'] as const
export type ErasureStep = (typeof erasureSteps)[number]
export const isErasureStep = (text: string): text is ErasureStep => (erasureSteps as readonly string[]).includes(text)

const Statement = z.strictObject({ type: z.literal('erase/1'), portal: z.string(), author: Did, at: z.int() })

export const mostStatementBytes = 1024
const longestMs = 10 * minuteMs // a word that was kept back and found later is none

/** @param now ms, the relay's time as far as it is known */
export async function signErasure(signer: Signer, portal: string, now: number): Promise<string> {
  const json = JSON.stringify({ type: 'erase/1', portal, author: signer.did, at: now } satisfies z.infer<
    typeof Statement
  >)
  return `${toBase64url(await signer.sign(utf8(json)))}.${json}`
}

export interface ErasureFault {
  readonly kind: 'bad-statement' | 'statement-time'
}

/** Whether this key asks this portal for it, now. */
export async function checkErasure(
  text: unknown,
  { portal, did, now }: { readonly portal: string; readonly did: Did; readonly now: number },
): Promise<Result<undefined, ErasureFault>> {
  const bad = err({ kind: 'bad-statement' as const })
  if (typeof text !== 'string' || text.length > mostStatementBytes) return bad
  const dot = text.indexOf('.')
  const signature = dot > 0 ? fromBase64url(text.slice(0, dot)) : undefined
  const json = text.slice(dot + 1)
  if (!signature || !(await verifies(did, signature, utf8(json)))) return bad
  const said = Statement.safeParse(jsonOf(json))
  if (!said.success || said.data.author !== did || said.data.portal !== portal) return bad
  return Math.abs(now - said.data.at) > longestMs ? err({ kind: 'statement-time' }) : ok(undefined)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** All that stays of an erased key: whoever has the key can tell that it was erased, nobody can tell the key from it. */
export const erasureMarkOf = async (did: Did): Promise<string> => toHex(await sha256(utf8(`erased\n${did}`)))

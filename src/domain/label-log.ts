/**
 * All labels that were ever accepted, in their order, for whoever wants to see that none was taken out: each is linked to the one before, and
 * the portal signs the last link with every list (`hidden.ts`). Who keeps a link he has seen can check any later log against it.
 *
 *   link(0) := ""        link(n) := sha256(link(n-1) · "\n" · hash of the nth label), in hex
 */
import { sha256, toHex, utf8 } from './bytes.ts'

export const labelLogPath = '/labels/log.json'

/** `text` is gone where its moderator had all of his erased; its hash stays. */
export interface LogLine {
  readonly hash: string
  readonly text: string | null
}
/** How many there were, and the last link. */
export type LogHead = readonly [count: number, link: string]

/** @returns how many labels stand in the log before the first that is not what it was; all of them, when nothing was changed or taken out */
export async function wholeUntil(log: readonly LogLine[], heads: readonly LogHead[]): Promise<number> {
  let link = ''
  for (const [n, { hash, text }] of log.entries()) {
    if (text !== null && (await hexOf(text.slice(text.indexOf('.') + 1))) !== hash) return n
    link = await hexOf(`${link}\n${hash}`)
    if (heads.some(([count, seen]) => count === n + 1 && seen !== link)) return n
  }
  return log.length
}

/** Whether a log is whole and as long as it has ever been. */
export async function isWhole(log: readonly LogLine[], heads: readonly LogHead[]): Promise<boolean> {
  const longest = Math.max(0, ...heads.map(([count]) => count))
  return log.length >= longest && (await wholeUntil(log, heads)) === log.length
}

const hexOf = async (text: string): Promise<string> => toHex(await sha256(utf8(text)))

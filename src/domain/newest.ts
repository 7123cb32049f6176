/** The newest lines as pages carry them and ask for them again: `GET /latest/<category or all>`, a list of lines as JSON. */
import type { Line } from './entry.ts'

export const latestOnHome = 8

/**
 * Names these lines as they stand: who has them asks with it as an ETag, and is told only what is not the same any more.
 * Nobody gains by two lists with one name, so 32 bits do (FNV-1a).
 */
export function tagOf(lines: readonly Line[]): string {
  let hash = 0x811c9dc5
  for (const sign of JSON.stringify(lines)) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return `"${(hash >>> 0).toString(36)}"`
}

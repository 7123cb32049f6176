/**
 * The list of a business's drafts, for those it lets write all of them: a room among its drafts whose name follows from its key.
 * Who is let into one draft alone is not let into this one, so the titles of the others stay unknown to him, and to everybody else.
 */
import * as z from 'zod/mini'
import { sha256, toBase64url, utf8 } from './bytes.ts'
import { DraftName } from './delegation.ts'
import type { Did } from './identity.ts'
import { draftOf } from './room.ts'

export const draftListOf = async (owner: Did): Promise<string> =>
  draftOf(owner, toBase64url((await sha256(utf8(`drafts\n${owner}`))).slice(0, 16)))

const Row = z.object({ title: z.string().check(z.maxLength(200)), at: z.number() })
export interface DraftLine extends z.infer<typeof Row> {
  readonly draft: string
}

/** Written by other browsers: what cannot be read is passed over. The last changed first. */
export const draftLinesIn = (entries: Iterable<readonly [string, unknown]>): readonly DraftLine[] =>
  [...entries]
    .flatMap(([draft, value]) => {
      const row = DraftName.safeParse(draft).success ? Row.safeParse(value).data : undefined
      return row ? [{ ...row, draft }] : []
    })
    .sort((a, b) => b.at - a.at || (a.draft < b.draft ? -1 : 1))

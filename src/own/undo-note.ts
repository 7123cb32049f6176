/**
 * What came in last, from a file and from a table, noted before it comes in: so it can be taken back after a reload, after the page was
 * closed half way, and from another device of the key. It lies in the private workspace, since names of what is private stand in it:
 *
 *   brought   `file` and `table` → `UndoNote` as JSON
 */
import type * as Y from 'yjs'
import * as z from 'zod/mini'
import { sha256, toHex, utf8 } from '#domain/bytes.ts'
import { RecordId } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'
import type { DraftValues } from '#src/listings/draft-values.ts'

const UndoNote = z.object({
  /** When it came, ms. */
  at: z.number(),
  listings: z.array(z.object({ use: z.enum(['person', 'friends']), id: RecordId })),
  guides: z.array(RecordId),
  /** Listings that came as drafts: name → mark of its words. */
  drafts: z.record(z.string(), z.string()),
  /** Of the workspace: `<map>/<key>` → mark of the text that was put there. */
  texts: z.record(z.string(), z.string()),
})
export type UndoNote = z.infer<typeof UndoNote>
export type NoteName = 'file' | 'table'

/** Of this portal alone: it is not taken along. */
export const noteMap = 'brought'
export const undoDays = 7

export const markOf = async (text: string): Promise<string> => toHex(await sha256(utf8(text))).slice(0, 16)

type Place = { readonly doc: Y.Doc }

/** Of a draft's words; what is empty is not written down. */
export const markOfDraft = (values: DraftValues): Promise<string> =>
  markOf(
    JSON.stringify(
      Object.entries(values)
        .filter(([, value]) => value !== '')
        .sort(),
    ),
  )

/** Undefined where nothing came within a week, or another version wrote what this one cannot read. */
export function noteIn({ doc }: Place, name: NoteName, now: number): UndoNote | undefined {
  const json = doc.getMap<string>(noteMap).get(name)
  if (json === undefined) return undefined
  try {
    const note = UndoNote.safeParse(JSON.parse(json)).data
    return note && now - note.at < undoDays * dayMs ? note : undefined
  } catch {
    return undefined
  }
}

export const isEmpty = ({ listings, guides, drafts, texts }: UndoNote): boolean =>
  listings.length + guides.length + Object.keys(drafts).length + Object.keys(texts).length === 0

/** In the place of the one before: only what came last can be taken back. Undefined when nothing is left to take back. */
export function keepNote({ doc }: Place, name: NoteName, note: UndoNote | undefined): void {
  const map = doc.getMap<string>(noteMap)
  if (note) map.set(name, JSON.stringify(note))
  else map.delete(name)
}

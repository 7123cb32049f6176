/** Prints one segment (src/domain/segment.ts): entries in, files out. Knows nothing of disks, editions or clocks. */
import { chunkBytesFor, chunksOf } from '#domain/chunk.ts'
import { columnsOf, type ColumnRow } from '#domain/columns.ts'
import { utf8 } from '#domain/bytes.ts'
import { createInverted, type FieldTokens } from '#domain/inverted.ts'
import { groups } from '#domain/group.ts'
import { filtersOf, groupOf, inPrint, isPrinted, type SearchEntry } from '#domain/search-entry.ts'
import { cardsInPage, encodeDirectory, rowsInPage, type ColumnPage, type Directory } from '#domain/segment.ts'

export const fileKinds = ['t', 'cols', 'cards'] as const
export type FileKind = (typeof fileKinds)[number]

/** Takes the files as they come: of each kind in order from 0, of different kinds in any order. */
export type FileSink = (kind: FileKind, n: number, bytes: Uint8Array) => void

export interface Printing {
  /** Entries in the order of `inPrint`. @returns the entry's ordinal */
  add(entry: SearchEntry, tokens: FieldTokens): number
  /** Writes what is left and gives the directory. @param more terms that nobody holds, such as those of sounds */
  finish(dead: Pick<Directory, 'dead' | 'deadTotals'>, more?: readonly string[]): Uint8Array
}

export function createPrinting(start: number, sink: FileSink): Printing {
  const inverted = createInverted()
  const groupCounts = groups.map(() => 0)
  const cards = createPages<SearchEntry>(cardsInPage, (n, page) => sink('cards', n, jsonBytes(page)))
  const columns = createColumns(sink)
  let before: SearchEntry | undefined
  let count = 0
  return {
    add(entry, tokens) {
      if (before && inPrint(before, entry) >= 0) throw new Error('entries are printed in order')
      before = entry
      const ordinal = start + count++
      const group = groups.indexOf(groupOf(entry))
      groupCounts[group] = (groupCounts[group] ?? 0) + 1
      inverted.add(ordinal, tokens, filtersOf(entry))
      cards.add(entry)
      if (!isPrinted(entry)) columns.add({ ...entry, ordinal })
      return ordinal
    },
    finish({ dead, deadTotals }, more = []) {
      cards.flush()
      const chunks: string[] = []
      for (const { first, bytes } of chunksOf(
        [...inverted.terms(), ...more].sort(),
        inverted.postingsOf,
        chunkBytesFor(count),
      )) {
        sink('t', chunks.length, bytes)
        chunks.push(first)
      }
      let end = start
      const groupEnds = groupCounts.map((n) => (end += n))
      const { totals } = inverted
      return encodeDirectory({ start, count, groupEnds, totals, dead, deadTotals, chunks, columns: columns.flush() })
    },
  }
}

const jsonBytes = (value: unknown): Uint8Array => utf8(JSON.stringify(value))

function createPages<T>(size: number, put: (n: number, page: readonly T[]) => void) {
  let page: T[] = []
  let n = 0
  const flush = () => {
    if (page.length > 0) put(n++, page)
    page = []
  }
  return {
    add(item: T) {
      page.push(item)
      if (page.length === size) flush()
    },
    flush,
  }
}

/** Pages of one category each, numbered as they fill. */
function createColumns(sink: FileSink) {
  const open = new Map<string, ColumnRow[]>()
  const pages: ColumnPage[] = []
  const put = (category: string) => {
    const rows = open.get(category) ?? []
    sink('cols', pages.length, jsonBytes(columnsOf(rows)))
    pages.push({ category, first: rows[0]?.ordinal ?? 0, last: rows.at(-1)?.ordinal ?? 0, rows: rows.length })
    open.delete(category)
  }
  return {
    add(row: ColumnRow) {
      const rows = open.get(row.category) ?? []
      rows.push(row)
      open.set(row.category, rows)
      if (rows.length === rowsInPage) put(row.category)
    },
    flush(): readonly ColumnPage[] {
      for (const category of open.keys()) put(category)
      return pages
    },
  }
}

/** A printed segment as a part: only the files a question needs are fetched, each once. */
import { textOf } from '#domain/bytes.ts'
import { decodeChunk, type Chunk } from '#domain/chunk.ts'
import { Columns, rowsOf } from '#domain/columns.ts'
import type { Locale } from '#domain/locale.ts'
import type { Postings } from '#domain/posting.ts'
import { SearchEntry } from '#domain/search-entry.ts'
import { cardsInPage, chunkOfTerm, groupOfOrdinal, type Directory } from '#domain/segment.ts'
import * as z from 'zod/mini'
import type { Asking, Part } from './part.ts'
import { createReading, type Decode, type Files } from './reading.ts'

export function createSegmentPart(segment: string, directory: Directory, files: Files, locale: () => Locale): Part {
  const { start, count, totals, columns } = directory
  const read = createReading(files)
  const chunk = (n: number, asking: Asking) => read(`/t/${segment}/${n}`, wholeChunk, asking)

  return {
    start,
    count,
    totals,
    isAtHand: () => files.isKept(segment),
    groupOf: (doc) => groupOfOrdinal(directory, doc),
    async postingsOf(terms, asking) {
      const found = new Map<string, Postings>()
      await Promise.all(
        [...byKey(terms, (term) => chunkOfTerm(directory, term))].map(async ([n, wanted]) => {
          const held = n < 0 ? undefined : await chunk(n, asking)
          for (const term of wanted) {
            const postings = held?.postingsOf(term)
            if (postings) found.set(term, postings)
          }
        }),
      )
      return found
    },
    async termsWith(prefix, asking) {
      const first = Math.max(0, chunkOfTerm(directory, prefix))
      const last = chunkOfTerm(directory, `${prefix}\uFFFF`)
      const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
      const all = await Promise.all(numbers.map((n) => chunk(n, asking)))
      return all.flatMap((one) => one?.terms ?? []).filter((term) => term.startsWith(prefix))
    },
    async rowsOf(category, docs, asking) {
      const wanted = columns.flatMap((page, n) =>
        page.category === category && hasBetween(docs, page.first, page.last) ? [n] : [],
      )
      const pages = await Promise.all(wanted.map((n) => read(`/cols/${segment}/${n}`, jsonOf(Columns), asking)))
      return pages.flatMap((page) => (page ? rowsOf(page, category) : []))
    },
    async cardsOf(docs, asking) {
      if (docs.length === 0) return new Map()
      if (!files.isKept(segment)) return asked(docs, asking)
      const pages = await Promise.all(
        [...byKey(docs, (doc) => Math.floor((doc - start) / cardsInPage))].map(async ([n, wanted]) => {
          const page = await read(`/cards/${segment}/${n}`, jsonOf(z.array(SearchEntry)), asking)
          return wanted.flatMap((doc) => {
            const entry = page?.[(doc - start) % cardsInPage]
            return entry ? [[doc, entry] as const] : []
          })
        }),
      )
      return new Map(pages.flat())
    },
  }

  async function asked(docs: readonly number[], asking: Asking): Promise<ReadonlyMap<number, SearchEntry>> {
    const batches = Array.from({ length: Math.ceil(docs.length / 64) }, (_, i) => docs.slice(i * 64, (i + 1) * 64))
    const answers = await Promise.all(
      batches.map(async (batch) => {
        const path = `/cards?o=${batch.map((doc) => `${segment}:${doc}`).join(',')}&l=${locale()}`
        const entries = await read(path, jsonOf(z.array(z.nullable(SearchEntry))), asking)
        if (entries?.includes(null)) {
          files.outdated()
          asking.trouble()
        }
        return batch.flatMap((doc, i) => {
          const entry = entries?.[i]
          return entry ? [[doc, entry] as const] : []
        })
      }),
    )
    return new Map(answers.flat())
  }
}

/** Whether one of the ascending numbers lies between these. */
function hasBetween(numbers: Uint32Array, first: number, last: number): boolean {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < first) low = middle + 1
    else high = middle
  }
  return (numbers[low] ?? Number.POSITIVE_INFINITY) <= last
}

/** A chunk whose postings are read once, however often they are asked for. */
function wholeChunk(bytes: Uint8Array): Chunk | undefined {
  const decoded = decodeChunk(bytes)
  if (!decoded.ok) return undefined
  const { terms, postingsOf } = decoded.value
  const known = new Map<string, Postings | undefined>()
  return {
    terms,
    postingsOf(term) {
      if (!known.has(term)) known.set(term, postingsOf(term))
      return known.get(term)
    },
  }
}

const jsonOf =
  <T>(schema: z.ZodMiniType<T>): Decode<T> =>
  (bytes) => {
    try {
      return schema.safeParse(JSON.parse(textOf(bytes) ?? '')).data
    } catch {
      return undefined
    }
  }

function byKey<T>(items: readonly T[], keyOf: (item: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

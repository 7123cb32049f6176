/**
 * What a browser without anything fetches for one query up to its first 20 lines, by the plan of an edition: pointer,
 * directories, the chunks of all tokens and filters in base and delta, and the lines. Which lines they
 * are depends on scores; their weight hardly does, so the newest that answer stand for the best.
 */
import type { Entry } from '#domain/entry.ts'
import { utf8 } from '#domain/bytes.ts'
import { decodeChunk } from '#domain/chunk.ts'
import { categoryTerm, districtTerm } from '#domain/search-entry.ts'
import { chunkOfTerm, decodeDirectory, type Directory } from '#domain/segment.ts'
import { queryNeeds } from '#domain/text.ts'
import { brotliDecompressSync } from 'node:zlib'
import type { CorpusQuery } from '../corpus/queries.ts'

export interface Printed {
  readonly directory: Uint8Array
  /** By kind and number, compressed; the directory itself is `edition`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}
const linesShown = 20
const pointerBytes = 160

export function coldQuery(
  segments: readonly Printed[],
  { query, category, district }: CorpusQuery,
  entryOf: (ordinal: number) => Entry | undefined,
  packed: (bytes: Uint8Array) => Uint8Array,
): { readonly bytes: number; readonly requests: number } {
  let bytes = pointerBytes
  let requests = 1
  const take = (file: Uint8Array | undefined): Uint8Array | undefined => {
    bytes += file?.length ?? 0
    requests += file ? 1 : 0
    return file
  }
  const needs = queryNeeds(query)
  const answering = segments.flatMap(({ directory, files }) => {
    take(files.get('edition'))
    const decoded = decodeDirectory(directory)
    if (!decoded.ok) throw new Error('the press printed a bad directory')
    const filters = [...(category ? [categoryTerm(category)] : []), ...(district ? [districtTerm(district)] : [])]
    const tokens = [...filters, ...needs.flatMap(({ ways }) => ways.flat())]
    const holders = holdersOf(decoded.value, tokens, (n) => take(files.get(`t/${n}`)))
    const holding = (token: string) => holders.get(token) ?? new Set<number>()
    const meeting = needs.map(({ ways }) => union(ways.map((way) => intersection(way.map(holding)))))
    return [...intersection([...filters.map(holding), ...meeting])]
  })
  const shown = answering
    .map(entryOf)
    .filter((entry) => entry !== undefined)
    .slice(0, linesShown)
  if (shown.length > 0) take(packed(utf8(JSON.stringify(shown))))
  return { bytes, requests }
}

function holdersOf(directory: Directory, tokens: readonly string[], take: (n: number) => Uint8Array | undefined) {
  const held = new Map<string, Set<number>>()
  const wanted = Map.groupBy(tokens, (token) => chunkOfTerm(directory, token))
  for (const [n, some] of wanted) {
    const file = n >= 0 ? take(n) : undefined
    const chunk = file && decodeChunk(brotliDecompressSync(file))
    if (chunk?.ok) for (const token of some) held.set(token, new Set(chunk.value.postingsOf(token)?.ordinals))
  }
  return held
}

const union = (sets: readonly ReadonlySet<number>[]): Set<number> => new Set(sets.flatMap((set) => [...set]))
const intersection = (sets: readonly ReadonlySet<number>[]): Set<number> => {
  const [first, ...rest] = [...sets].sort((a, b) => a.size - b.size)
  return new Set([...(first ?? [])].filter((ordinal) => rest.every((set) => set.has(ordinal))))
}

/** Segments as the routes give them out: opened once, read by place, the last few pages of cards held decoded. */
import { closeSync, fstatSync, openSync, read, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DatabaseSync } from 'node:sqlite'
import { cardsInPage, decodeDirectory } from '#domain/segment.ts'
import type { SearchEntry } from '#domain/search-entry.ts'
import { encodeWhole, smallTownBytes } from '#domain/whole.ts'
import type { EditionFiles, FileAnswer } from './routes/editions.ts'
import { pageOf, type KeptPage } from './routes/page-cache.ts'
import { createKeptEditions } from './stores/kept-editions.ts'
import { resumeRetractions } from './stores/retractions.ts'
import {
  isWiped,
  readIndex,
  segmentFileKinds,
  segmentPath,
  weightOf,
  type Place,
  type SegmentIndex,
} from './stores/segment-file.ts'

interface OpenSegment {
  readonly fd: number
  readonly file: bigint
  readonly index: SegmentIndex
  readonly start: number
  readonly count: number
}

const readAt = promisify(read)
const heldPages = 256

export function createEditionFiles(
  db: DatabaseSync,
  folder: string,
): EditionFiles & {
  /** How many entries a segment was printed with. */
  entriesIn(segment: string): Promise<number | undefined>
  refresh(): void
  close(): void
} {
  const kept = createKeptEditions(db)
  resumeRetractions(folder, kept.segments()) // before anything is given out
  const open = new Map<string, OpenSegment>()
  const pages = new Map<string, readonly (SearchEntry | null)[]>()
  const wholes = new Map<string, Promise<KeptPage | 'missing' | 'gone'>>()
  let pointer: ReturnType<EditionFiles['pointer']>
  let names = kept.segments()

  const leave = (name: string) => {
    const segment = open.get(name)
    open.delete(name)
    if (segment) closeSync(segment.fd)
  }
  const refresh = () => {
    const row = kept.current()
    pointer = row && {
      edition: row.edition,
      base: row.base,
      delta: row.delta,
      seq: row.seq,
      printedAt: row.printedAt,
      bytes: row.bytes,
    }
    names = kept.segments()
    for (const [name, { file }] of open) if (!names.has(name) || numberOf(folder, name) !== file) leave(name)
    pages.clear() // an entry may have been taken out of one
    wholes.clear()
  }
  const segmentOf = async (name: string): Promise<OpenSegment | undefined> => {
    const known = open.get(name)
    if (known || !names.has(name)) return known
    try {
      const fd = openSync(join(folder, segmentPath(name)), 'r')
      const index = readIndex(fd, fstatSync(fd).size)
      const directory = decodeDirectory(await bytesAt(fd, index.directory, 'identity'))
      const { start, count } = directory.ok ? directory.value : { start: 0, count: 0 }
      const segment = { fd, file: fstatSync(fd, { bigint: true }).ino, index, start, count }
      open.set(name, segment)
      return segment
    } catch {
      return undefined
    }
  }
  const cardsOf = async (
    name: string,
    { fd, index }: OpenSegment,
    n: number,
  ): Promise<readonly (SearchEntry | null)[]> => {
    const key = `${name}/${n}`
    const place = index.cards[n]
    const known = pages.get(key)
    const page =
      known ?? (place ? (JSON.parse((await bytesAt(fd, place, 'identity')).toString()) as (SearchEntry | null)[]) : [])
    pages.delete(key)
    pages.set(key, page)
    for (const oldest of pages.keys()) if (pages.size > heldPages) pages.delete(oldest)
    return page
  }
  const wholeOf = async (name: string): Promise<KeptPage | 'missing' | 'gone'> => {
    const segment = await segmentOf(name)
    if (!segment) return kept.isDropped(name) ? 'gone' : 'missing'
    const { fd, index } = segment
    if (weightOf(index) > smallTownBytes) return 'missing'
    const places = segmentFileKinds.flatMap((kind) =>
      index[kind].map((place, n) => [`/${kind}/${name}/${n}`, place] as const),
    )
    try {
      const small = await Promise.all(index.cards.map((place) => bytesAt(fd, place, 'br')))
      if (small.some(isWiped)) return 'gone'
      const files = await Promise.all(
        places.map(async ([path, place]) => [path, await bytesAt(fd, place, 'identity')] as const),
      )
      return pageOf({ status: 200, headers: {}, body: Buffer.from(encodeWhole(files)) })
    } catch {
      return 'missing' // as above
    }
  }
  refresh()
  return {
    pointer: () => pointer,
    whole(name) {
      const made = wholes.get(name) ?? wholeOf(name)
      if (names.has(name)) wholes.set(name, made)
      return made
    },
    async file(name, path, encoding): Promise<FileAnswer> {
      const segment = await segmentOf(name)
      if (!segment) return kept.isDropped(name) ? 'gone' : 'missing'
      const place = placeOf(segment.index, path)
      if (!place) return 'missing'
      try {
        const small = await bytesAt(segment.fd, place, 'br')
        if (isWiped(small)) return 'gone'
        return { bytes: encoding === 'br' ? small : await bytesAt(segment.fd, place, encoding), encoding }
      } catch {
        return 'missing' // cut short, or closed meanwhile: a print puts another in its place
      }
    },
    cards: (wanted) =>
      Promise.all(
        wanted.map(async ({ segment: name, ordinal }) => {
          const segment = await segmentOf(name)
          if (!segment || ordinal < segment.start) return null
          const place = ordinal - segment.start
          const page = await cardsOf(name, segment, Math.floor(place / cardsInPage)).catch(() => [])
          return page[place % cardsInPage] ?? null
        }),
      ),
    async entriesIn(name) {
      return (await segmentOf(name))?.count
    },
    refresh,
    close() {
      for (const { fd } of open.values()) closeSync(fd)
      open.clear()
    },
  }
}

/** Of the file that is there now: one that was printed again has another. */
const numberOf = (folder: string, segment: string): bigint | undefined =>
  statSync(join(folder, segmentPath(segment)), { bigint: true, throwIfNoEntry: false })?.ino

function placeOf(index: SegmentIndex, path: string): Place | undefined {
  if (path === 'directory') return index.directory
  const [kind, n] = path.split('/')
  const known = segmentFileKinds.find((each) => each === kind)
  return known && index[known][Number(n)]
}

async function bytesAt(fd: number, [from, raw, packed]: Place, encoding: 'br' | 'identity'): Promise<Buffer> {
  const length = encoding === 'br' ? packed : raw
  const { bytesRead, buffer } = await readAt(fd, Buffer.alloc(length), 0, length, encoding === 'br' ? from + raw : from)
  if (bytesRead !== length) throw new Error('a segment was cut short')
  return buffer
}

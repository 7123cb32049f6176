/**
 * A segment on the disk: all its files in one, so that a print is one write, one fsync, one rename, and its end one unlink.
 *
 *   <raw><brotli> … for each file · index as JSON · length of the index: u32
 *   index := { directory, printed: [from, raw, packed], t, cols, cards: [[from, raw, packed], …] }
 *
 * `printed` is no file of the address space: a line for each entry, `id ordinal title text labels hash`, by which the
 * projector finds what a changed entry was printed as. The file is named by the hash of all that it gives out.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { cardsInPage, decodeDirectory } from '#domain/segment.ts'
import type { PrintedAs } from './store.ts'

export const segmentFileKinds = ['t', 'cols', 'cards'] as const
export type SegmentFileKind = (typeof segmentFileKinds)[number]
/** Where it begins, and how many bytes it has raw and, right behind them, as brotli. */
export type Place = readonly [from: number, raw: number, packed: number]
export interface SegmentIndex extends Readonly<Record<SegmentFileKind, readonly Place[]>> {
  readonly directory: Place
  readonly printed: Place
}

export const segmentPath = (segment: string): string => `${segment}.segment`

/** Quality 9 gives the same for postings and a twenty-fifth less for cards, and takes twenty times as long. The best is for what every search fetches. */
const usual = 5
const best = 11

const packed = (bytes: Uint8Array, quality: number): Uint8Array =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })

export interface SegmentWriter {
  put(kind: SegmentFileKind, n: number, bytes: Uint8Array): void
  printed(id: string, as: PrintedAs): void
  /** @returns the segment's name and what its files weigh, compressed */
  finish(directory: Uint8Array): { readonly name: string; readonly bytes: number }
  abandon(): void
}

export function createSegmentWriter(folder: string): SegmentWriter {
  const draft = join(folder, `.printing-${randomBytes(6).toString('hex')}`)
  const fd = openSync(draft, 'w')
  const hash = createHash('sha256')
  const places: Record<SegmentFileKind, Place[]> = { t: [], cols: [], cards: [] }
  const lines: string[] = []
  let at = 0
  let bytes = 0
  const write = (name: string, body: Uint8Array, quality = usual): Place => {
    const small = packed(body, quality)
    hash.update(`${name} ${body.length}\n`).update(body)
    for (const part of [body, small]) writeSync(fd, part)
    const place: Place = [at, body.length, small.length]
    at += body.length + small.length
    return place
  }
  const given = (name: string, body: Uint8Array, quality = usual): Place => {
    const place = write(name, body, quality)
    bytes += place[2]
    return place
  }
  return {
    put: (kind, n, body) => void places[kind].push(given(`${kind}/${n}`, body)),
    printed: (id, { ordinal, tokens, hash: entry }) => void lines.push([id, ordinal, ...tokens, entry].join(' ')),
    finish(body) {
      const directory = given('directory', body, best)
      const printed = write('printed', Buffer.from(lines.join('\n')))
      const index = Buffer.from(JSON.stringify({ ...places, directory, printed } satisfies SegmentIndex))
      const length = Buffer.alloc(4)
      length.writeUInt32BE(index.length)
      for (const part of [index, length]) writeSync(fd, part)
      fsyncSync(fd)
      closeSync(fd)
      const name = hash.digest('hex').slice(0, 24)
      renameSync(draft, join(folder, segmentPath(name)))
      syncFolder(folder)
      return { name, bytes }
    },
    abandon() {
      closeSync(fd)
      rmSync(draft, { force: true })
    },
  }
}

export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  fsyncSync(fd)
  closeSync(fd)
}

/** @throws when the file is not there or not whole */
export function readIndex(fd: number, size: number): SegmentIndex {
  const length = Buffer.alloc(4)
  readSync(fd, length, 0, 4, size - 4)
  const index = Buffer.alloc(length.readUInt32BE())
  readSync(fd, index, 0, index.length, size - 4 - index.length)
  return JSON.parse(index.toString()) as SegmentIndex
}

/** Its entries by id, and the base's ordinals it calls dead. @throws as `readIndex` */
export function readPrinted(path: string): {
  readonly printed: ReadonlyMap<string, PrintedAs>
  readonly dead: ReadonlySet<number>
} {
  const file = readFileSync(path)
  const length = file.readUInt32BE(file.length - 4)
  const index = JSON.parse(file.subarray(file.length - 4 - length, -4).toString()) as SegmentIndex
  const bytesAt = ([from, raw]: Place) => file.subarray(from, from + raw)
  const directory = decodeDirectory(bytesAt(index.directory))
  if (!directory.ok) throw new Error(`${path}: ${directory.error.kind}`)
  const text = bytesAt(index.printed).toString()
  const lines = text === '' ? [] : text.split('\n')
  const printed = lines.map((line) => {
    const [hash = '', ...numbers] = line.split(' ').reverse()
    const [labels = 0, words = 0, title = 0, ordinal = 0] = numbers.slice(0, 4).map(Number)
    const id = numbers.slice(4).reverse().join(' ')
    return [id, { ordinal, tokens: [title, words, labels], hash }] as const
  })
  return { printed: new Map(printed), dead: new Set(directory.value.dead) }
}

/**
 * Takes entries out of a segment that is given out already: on the disk their cards are blanks from now on, and the pages
 * they stood on have no compressed copy any more, by which they are known. A page's other entries can still be read. Lines of
 * `printed` stand in the order of the cards, so only pages with one of them are read.
 * @returns whether it held any of them @throws as `readIndex`
 */
export function wipeEntries(folder: string, segment: string, ids: ReadonlySet<string>): boolean {
  const path = join(folder, segmentPath(segment))
  const fd = openSync(path, 'r+')
  try {
    const { printed, cards } = readIndex(fd, fstatSync(fd).size)
    const lines = Buffer.alloc(printed[1])
    readSync(fd, lines, 0, printed[1], printed[0])
    const places = lines
      .toString()
      .split('\n')
      .flatMap((line, place) => (ids.has(idOfLine(line)) ? [place] : []))
    for (const n of new Set(places.map((place) => Math.floor(place / cardsInPage)))) {
      const [from, raw, small] = cards[n] ?? [0, 0, 0]
      const page = Buffer.alloc(raw)
      readSync(fd, page, 0, raw, from)
      const blank = blanked(page.toString(), ids)
      if (blank === undefined) continue // it was done before
      writeSync(fd, blank, 0, raw, from)
      writeSync(fd, Buffer.alloc(small), 0, small, from + raw)
    }
    fsyncSync(fd)
    return places.length > 0
  } finally {
    closeSync(fd)
  }
}

/** Its five numbers stand behind it; an id may have blanks. */
const idOfLine = (line: string): string => line.split(' ').slice(0, -5).join(' ')

/** A page of as many bytes, with `null` and spaces where these entries stood; undefined when none of them is on it. */
function blanked(page: string, ids: ReadonlySet<string>): Buffer | undefined {
  const entries = JSON.parse(page) as readonly ({ readonly id: string } | null)[]
  if (!entries.some((entry) => entry && ids.has(entry.id))) return undefined
  const kept = entries.map((entry) => (entry && ids.has(entry.id) ? null : entry))
  const bytes = Buffer.from(JSON.stringify(kept))
  return Buffer.concat([bytes, Buffer.alloc(Buffer.byteLength(page) - bytes.length, ' ')])
}

/** No compressed copy begins with a zero byte that is all of it: an empty stream is 0x3b, and what is wiped is all zeros. */
export const isWiped = (packed: Uint8Array): boolean => packed.every((byte) => byte === 0)

export const hasSegment = (folder: string, segment: string): boolean => existsSync(join(folder, segmentPath(segment)))

/** Whether it is there, and as long as its own index says; one that was cut short is none. */
export function isWhole(folder: string, segment: string): boolean {
  return attempt(() => indexOf(folder, segment).isWhole) ?? false
}

/** What its files weigh, compressed. @throws when it is not there or not whole */
export const segmentBytes = (folder: string, segment: string): number => weightOf(indexOf(folder, segment).index)

/** What all files weigh that are given out, compressed. */
export const weightOf = ({ directory, t, cols, cards }: SegmentIndex): number =>
  [directory, ...t, ...cols, ...cards].reduce((sum, [, , small]) => sum + small, 0)

function indexOf(folder: string, segment: string): { readonly index: SegmentIndex; readonly isWhole: boolean } {
  const path = join(folder, segmentPath(segment))
  const { size } = statSync(path)
  const fd = openSync(path, 'r')
  try {
    const index = readIndex(fd, size)
    const [from, raw, small] = index.printed // the last
    return { index, isWhole: size === from + raw + small + Buffer.byteLength(JSON.stringify(index)) + 4 }
  } finally {
    closeSync(fd)
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

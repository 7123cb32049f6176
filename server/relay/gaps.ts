/**
 * What an update means to a room, read from its bytes alone: nothing new, news that fits, a gap, or no update at all.
 * News fits when a document that has the room so far would integrate all of it: clocks follow each other, no
 * Skip stands for something unknown, and origins, parents and deleted ranges are known from the room or from the update itself.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { skim } from './skim.ts'
import { isBranch, tanglesIn } from './tangles.ts'
import { addRange, covers, type Range, type Ranges } from './ranges.ts'

/** What a room holds: per client the next clock, and the deleted ranges. */
export interface Known {
  readonly vector: Map<number, number>
  readonly deleted: Ranges
}

export type Judgement =
  | { readonly kind: 'known' }
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'gap'; readonly detail: string }
  | { readonly kind: 'bad'; readonly detail: string }
  | { readonly kind: 'tangled'; readonly detail: string }

export interface News {
  /** What was sent, without the structs the room has already; maybe a view on it: copy what is kept for long. */
  readonly update: Uint8Array
  /** The clocks that move. */
  readonly vector: ReadonlyMap<number, number>
  readonly deleted: readonly (readonly [client: number, range: Range])[]
  /** Values that may lie tangled; and at most how many of them do. */
  readonly branches: number
  readonly tangles: number
}

/** @param mostTangles of which more are refused */
export function judgeUpdate(update: Uint8Array, known: Known, mostTangles = Infinity): Judgement {
  const news = skim(update, known)
  return news ? { kind: 'news', news } : judgeAny(update, known, mostTangles)
}

/** The long way: takes every update, and decides. */
export function judgeAny(update: Uint8Array, known: Known, mostTangles = Infinity): Judgement {
  const parts = readUpdate(update)
  if (!parts) return { kind: 'bad', detail: 'does not decode as a Yjs update' }
  const structs = parts.sections.flatMap((section) => section.structs)
  const tangles = tanglesIn(structs)
  if (tangles > mostTangles)
    return { kind: 'tangled', detail: `at most ${mostTangles} values at taken places in an update` }
  const vector = new Map<number, number>()
  const problem = walk(parts.sections, (client) => vector.get(client) ?? known.vector.get(client) ?? 0, vector)
  if (problem) return problem
  for (const [client, { clock, len }] of parts.deleted) {
    if (clock + len > (vector.get(client) ?? known.vector.get(client) ?? 0))
      return { kind: 'gap', detail: 'a deletion of something unknown' }
  }
  const deleted = parts.deleted.filter(([client, range]) => !covers(known.deleted, client, range))
  if (vector.size === 0 && deleted.length === 0) return { kind: 'known' }
  const overlaps = parts.sections.some(({ client, structs }) => structs[0]!.id.clock < (known.vector.get(client) ?? 0))
  const fresh = overlaps ? Y.diffUpdate(update, Y.encodeStateVector(known.vector)) : update
  return {
    kind: 'news',
    news: { update: fresh, vector, deleted, branches: structs.filter(isBranch).length, tangles },
  }
}

export function learn(known: Known, news: News): void {
  for (const [client, clock] of news.vector) known.vector.set(client, clock)
  for (const [client, range] of news.deleted) addRange(known.deleted, client, range)
}

/** Reads whole room bytes that judged news were merged to. Undefined when they are damaged. */
export function knownFrom(bytes: Uint8Array): (Known & { readonly tangles: number }) | undefined {
  const known: Known = { vector: new Map(), deleted: new Map() }
  const news = skim(bytes, known)
  const judgement: Judgement = news ? { kind: 'news', news } : judgeAny(bytes, known)
  if (judgement.kind === 'known') return { ...known, tangles: 0 }
  if (judgement.kind !== 'news') return undefined
  learn(known, judgement.news)
  return { ...known, tangles: judgement.news.tangles }
}

type Struct = Y.Item | Y.GC | Y.Skip
interface Section {
  readonly client: number
  readonly structs: Struct[]
}
interface Parts {
  readonly sections: readonly Section[]
  readonly deleted: readonly (readonly [client: number, range: Range])[]
}

/** Strict: nothing after the end, the clients in the order Yjs writes them (merging relies on it), no empty structs, no
 *  subdocuments (decoding one makes a document), no number beyond the safe ones. */
function readUpdate(update: Uint8Array): Parts | undefined {
  try {
    const { structs, ds, rest } = decodeWhole(update)
    if (decoding.hasContent(rest)) return undefined
    const sections = sectionsOf(structs, decoding.readVarUint(decoding.createDecoder(update)))
    const deleted = [...ds.clients].flatMap(([client, ranges]) => ranges.map((range) => [client, range] as const))
    const isSound = deleted.every(([, { clock, len }]) => len > 0 && Number.isSafeInteger(clock + len))
    return sections && isSound ? { sections, deleted } : undefined
  } catch {
    return undefined
  }
}

/** `decodeUpdate` that also tells where it stopped. */
function decodeWhole(update: Uint8Array) {
  const rest = decoding.createDecoder(update)
  const readHere = function () {
    return new Y.UpdateDecoderV1(rest)
  } as unknown as typeof Y.UpdateDecoderV1
  return { ...Y.decodeUpdateV2(update, readHere), rest }
}

/** @param written how many sections the update says it has; Yjs would lose the first of two for one client */
function sectionsOf(structs: readonly Struct[], written: number): readonly Section[] | undefined {
  const sections: Section[] = []
  for (const struct of structs) {
    const { client, clock } = struct.id
    const last = sections.at(-1)
    const isEmpty = struct.length <= 0 || !Number.isSafeInteger(clock + struct.length)
    if (isEmpty || (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc)) return undefined
    if (last?.client === client) last.structs.push(struct)
    else if (last && last.client < client) return undefined
    else sections.push({ client, structs: [struct] })
  }
  return sections.length === written ? sections : undefined
}

type Problem = { readonly kind: 'gap' | 'bad'; readonly detail: string }
interface Cursor extends Section {
  at: number
}

/**
 * Integrates without a document, in Yjs' own way: when a struct needs another client's clock, that client's next struct
 * goes first. Every struct is taken once, so the time is linear whatever the update claims. Moved clocks go to `vector`.
 */
function walk(
  sections: readonly Section[],
  clockOf: (client: number) => number,
  vector: Map<number, number>,
): Problem | undefined {
  const cursors = new Map(sections.map((section) => [section.client, { ...section, at: 0 } as Cursor]))
  for (const cursor of cursors.values()) {
    while (cursor.at < cursor.structs.length) {
      const problem = integrate(cursor, cursors, clockOf, vector)
      if (problem) return problem
    }
  }
  return undefined
}

function integrate(
  first: Cursor,
  cursors: ReadonlyMap<number, Cursor>,
  clockOf: (client: number) => number,
  vector: Map<number, number>,
): Problem | undefined {
  const stack: Struct[] = [first.structs[first.at++]!]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { client, clock } = top.id
    if (top instanceof Y.Skip && clock + top.length > clockOf(client))
      return { kind: 'gap', detail: 'a hole in the update' }
    if (clock > clockOf(client)) return { kind: 'gap', detail: 'an earlier change is missing' }
    const need = missingClient(top, clockOf)
    if (need === 'itself') return { kind: 'bad', detail: 'a change that hangs on itself' }
    if (need === undefined) {
      if (clock + top.length > clockOf(client)) vector.set(client, clock + top.length)
      stack.pop()
      continue
    }
    const cursor = cursors.get(need)
    const before = cursor?.structs[cursor.at]
    if (!cursor || !before) return { kind: 'gap', detail: 'it hangs on a change that is unknown' }
    cursor.at++
    stack.push(before)
  }
  return undefined
}

/** The client whose earlier struct must come first; `itself` for one that no other update could ever make whole. */
function missingClient(struct: Struct, clockOf: (client: number) => number): number | 'itself' | undefined {
  if (!(struct instanceof Y.Item)) return undefined
  for (const needed of [struct.origin, struct.rightOrigin, struct.parent]) {
    if (!(needed instanceof Y.ID)) continue
    if (needed.client === struct.id.client) {
      if (needed.clock >= struct.id.clock) return 'itself'
    } else if (needed.clock >= clockOf(needed.client)) return needed.client
  }
  return undefined
}

/**
 * Joins two documents: the outer one, a sealed room (`domain/sealed.ts`), which disk and relay see, and the inner one, which
 * features see. What is written inside becomes one entry per page, sealed anew with all that this page wrote; over 64 entries
 * become a new one, and exactly those that are in it go.
 */
import { createSignal, type Accessor } from 'solid-js'
import * as Y from 'yjs'
import { toBase64url, type Bytes } from '#domain/bytes.ts'
import { entriesOf, openEntry, sealEntry, type SealedFault } from '#domain/sealed.ts'

export interface Sealing {
  /** Resolves when what lay in the outer document at the call, and opens, is in the inner one. */
  read(): Promise<void>
  /** Resolves when what was written inside before the call lies sealed in the outer document. */
  seal(): Promise<void>
  /** Whether something inside is not sealed yet. */
  isDue(): boolean
  /** Solid accessor: entries that do not open here, by their keys. They stay as they are. */
  readonly unopened: Accessor<ReadonlyMap<string, SealedFault>>
  close(): void
}
export interface SealingDeps {
  readonly room: string
  readonly outer: Y.Doc
  readonly inner: Y.Doc
  /** Of updates of the inner document that come out of entries: those need no sealing. */
  readonly origin: unknown
  readonly key: CryptoKey
  readonly random: (bytes: number) => Bytes
  readonly most?: number
}

export const mostEntries = 64

export function createSealing({ room, outer, inner, origin, key, random, most = mostEntries }: SealingDeps): Sealing {
  const entries = outer.getMap<unknown>(entriesOf)
  const opened = new Map<string, unknown>() // the very bytes that were opened, and are in the inner document
  const [unopened, setUnopened] = createSignal<ReadonlyMap<string, SealedFault>>(new Map())
  const newKey = (): string => toBase64url(random(12))
  const written = trackWritten(inner, origin)
  const inTurn = createTurns()
  let own = newKey()

  const put = async (entry: string, update: Bytes, emptied: ReadonlyMap<string, unknown>): Promise<void> => {
    const bytes = await sealEntry(key, { room, entry }, update, random(12))
    outer.transact(() => {
      entries.set(entry, bytes)
      for (const [other, was] of emptied) if (entries.get(other) === was) entries.delete(other)
    })
    opened.set(entry, bytes)
  }
  const readNow = async (): Promise<void> => {
    const faults = new Map<string, SealedFault>()
    for (const [entry, bytes] of entries.entries()) {
      if (opened.get(entry) === bytes) continue
      const update = await openEntry(key, { room, entry }, bytes)
      if (update.ok && isTaken(inner, update.value, origin)) opened.set(entry, bytes)
      else faults.set(entry, update.ok ? { kind: 'damaged' } : update.error)
    }
    setUnopened(faults)
    for (const entry of opened.keys()) if (!entries.has(entry)) opened.delete(entry)
  }
  const foldNow = async (): Promise<void> => {
    const folded = new Map([...opened].filter(([entry, bytes]) => entries.get(entry) === bytes))
    if (folded.size <= most) return
    written.startAgain()
    own = newKey()
    await put(newKey(), Y.encodeStateAsUpdate(inner) as Bytes, folded)
  }
  const sealNow = async (): Promise<void> => {
    if (!written.isDue()) return
    await put(own, written.take(), new Map())
    await foldNow()
  }
  return {
    read: () => inTurn(readNow),
    seal: () => inTurn(sealNow),
    isDue: written.isDue,
    unopened,
    close: written.close,
  }
}

function isTaken(inner: Y.Doc, update: Uint8Array, origin: unknown): boolean {
  try {
    Y.applyUpdate(inner, update, origin)
    return true
  } catch {
    return false // it opened, and is no update
  }
}

/** What this page wrote inside, as far as it belongs into its entry: per Yjs client the clock it begins at. */
function trackWritten(inner: Y.Doc, origin: unknown) {
  const here = Y.decodeStateVector(Y.encodeStateVector(inner)) // written before there was a key
  let fresh = new Map([...here.keys()].map((client) => [client, 0]))
  let begins = new Map(fresh)
  let isDue = fresh.size > 0

  const heard = (update: Uint8Array, from: unknown): void => {
    if (from === origin) return
    isDue = true // also a deletion, which has no clock
    for (const [client, clock] of Y.parseUpdateMeta(update).from)
      for (const map of [fresh, begins]) map.set(client, Math.min(clock, map.get(client) ?? clock))
  }
  inner.on('update', heard)
  return {
    isDue: () => isDue,
    /** All of this page's entry. What was written and replaced since is not in it, deletions are. */
    take(): Bytes {
      isDue = false
      fresh = new Map()
      const known = Y.decodeStateVector(Y.encodeStateVector(inner))
      for (const [client, clock] of begins) known.set(client, clock)
      return Y.encodeStateAsUpdate(inner, Y.encodeStateVector(known)) as Bytes
    },
    /** What was sealed until now lies elsewhere: the next entry begins with what is not. */
    startAgain: () => void (begins = new Map(fresh)),
    close: () => inner.off('update', heard),
  }
}

/** One after the other, in the order they were asked for. */
function createTurns() {
  let last: Promise<void> = Promise.resolve()
  return (act: () => Promise<void>): Promise<void> => {
    last = last.then(act, act)
    return last
  }
}

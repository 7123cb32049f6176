/**
 * What is known to be on the relay's disk, as a state vector: per Yjs client the number of operations. It grows by what the
 * relay says ("stored") and by what the relay sends, since it sends only what it has stored.
 */
import { createSignal } from 'solid-js'
import * as Y from 'yjs'
import { fromBase64url } from '#domain/bytes.ts'
import type { Kept } from './storage.ts'
import type { UnsentFlag } from './unsent.ts'

export type Vector = ReadonlyMap<number, number>

/** Whether everything in `local` is in `durable`. */
export function covers(durable: Vector, local: Vector): boolean {
  for (const [client, clock] of local) if (clock > (durable.get(client) ?? 0)) return false
  return true
}

/** The greater clock of each client. */
export function widen(durable: Vector, more: Vector): Vector {
  const wide = new Map(durable)
  for (const [client, clock] of more) if (clock > (wide.get(client) ?? 0)) wide.set(client, clock)
  return wide
}

/** A state vector as the relay spells it; what cannot be read says nothing. */
export function vectorOf(sv: string): Vector {
  const bytes = fromBase64url(sv)
  try {
    return bytes ? Y.decodeStateVector(bytes) : new Map()
  } catch {
    return new Map()
  }
}

export const localVector = (doc: Y.Doc): Vector => Y.decodeStateVector(Y.encodeStateVector(doc))

export interface Durable {
  /** Solid accessor. */
  readonly stored: () => boolean
  /** What the relay says is on its disk. In its greeting it speaks of what it had before it heard of what is here. */
  grow(vector: Vector, isGreeting: boolean): void
  /** Whether something was on the relay's disk that a vector it tells now does not cover. */
  hasLost(vector: Vector): boolean
  /** What is here waits for the person's word; until then it is not stored, whatever was known of it. */
  doubt(): void
  /** The relay has lost what it had, and is to have it again. */
  forget(): void
}
export interface DurableDeps {
  readonly doc: Y.Doc
  readonly kept: Kept
  readonly unsent: UnsentFlag
  readonly isLocal: (origin: unknown) => boolean
  readonly isRelay: (origin: unknown) => boolean
}

/** For a room this browser writes. The vector is kept beside the document, so "stored" survives the page. */
export async function createDurable({ doc, kept, unsent, isLocal, isRelay }: DurableDeps): Promise<Durable> {
  const known = await kept.read('durable')
  let durable: Vector = known instanceof Uint8Array ? Y.decodeStateVector(known) : new Map()
  // A deletion moves no clock, so the vector cannot show it: it waits for the relay's next word after it.
  let isDeletionDue = unsent.isRaised()
  let isDoubted = false
  const isStored = (): boolean => !isDoubted && !isDeletionDue && covers(durable, localVector(doc))
  const [stored, setStored] = createSignal(isStored())
  if (!stored()) unsent.raise()

  const refresh = (): void => {
    if (setStored(isStored())) unsent.lower()
  }
  const set = (next: Vector): void => {
    durable = next
    void kept.write('durable', Y.encodeStateVector(new Map(next)))
    refresh()
  }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    const ends = Y.parseUpdateMeta(update).to
    if (isRelay(origin)) return set(widen(durable, ends))
    if (isLocal(origin)) unsent.raise()
    if (isLocal(origin) && ends.size === 0) isDeletionDue = true
    refresh()
  })
  const grow = (vector: Vector, isGreeting: boolean): void => {
    if (!isGreeting) isDeletionDue = false
    set(widen(durable, vector))
  }
  const doubt = (): void => {
    isDoubted = true
    unsent.raise() // so that any page opens this room, and asks
    refresh()
  }
  const forget = (): void => {
    isDoubted = false
    set(new Map())
  }
  return { stored, grow, hasLost: (vector) => !covers(vector, durable), doubt, forget }
}

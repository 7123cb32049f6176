/**
 * Sends the photos of listings by the hash of their bytes. A listing is on its author's shelf at once, network or not, and its photos
 * go beside it as soon as there is one: each whole or not at all, asked for first, and tried again from any page until it has arrived.
 */
import { createEffect, createRoot, createSignal, on } from 'solid-js'
import type { KeyUse, Signer } from '#domain/identity.ts'
import { blobPath } from '#domain/blob-path.ts'
import { isClosedKey, type ClosedKey } from '#domain/closed-key.ts'
import { makeToken } from '#domain/token.ts'
import { pageClock } from './clock.ts'
import { connection } from './connection.ts'
import { openPhotoStore, type KeptPhoto, type PhotoStore } from './photo-store.ts'
import { keyUses } from './own-rooms.ts'
import { openSession } from './session.ts'
import { createUnsentFlag, type UnsentFlag } from './unsent.ts'

export type PhotoState = 'waiting' | 'sending' | 'sent' | PhotoRefusal
/** The portal does not take this photo, or nothing of its author's key. */
export type PhotoRefusal = 'refused' | ClosedKey
export const refusalOf = (why: string): PhotoRefusal => (isClosedKey(why) ? why : 'refused')

const [states, setStates] = createSignal<ReadonlyMap<string, PhotoState>>(new Map())
/** Solid accessor: by hash, of those this page knows of. */
export { states as photoStates }
const tell = (hash: string, state: PhotoState): unknown => setStates((before) => new Map([...before, [hash, state]]))

/** From now on these are to be sent, whatever becomes of this page. Resolves with those that this device does not have. */
export async function wantPhotos(hashes: readonly string[], use: KeyUse): Promise<readonly string[]> {
  const store = await openPhotoStore()
  const found = await Promise.all(hashes.map((hash) => store.get(hash)))
  const kept = found.filter((photo) => photo !== undefined && photo.sentAt === undefined)
  for (const photo of kept) {
    const { refused: _again, ...plain } = photo!
    await store.put({ ...plain, use })
    tell(plain.hash, 'waiting')
  }
  if (kept.length > 0) await raise(use)
  return hashes.filter((_, i) => found[i] === undefined)
}

/** What a listing that was ended and is back again names: the portal may have removed it meanwhile. */
export async function wantAgain(hashes: readonly string[], use: KeyUse): Promise<void> {
  const store = await openPhotoStore()
  for (const hash of hashes) {
    const photo = await store.get(hash)
    if (!photo) continue
    const { sentAt: _before, ...plain } = photo
    await store.put(plain)
  }
  await wantPhotos(hashes, use)
}

const flags = new Map<KeyUse, UnsentFlag>()
async function flagOf(use: KeyUse): Promise<UnsentFlag> {
  const { did } = await openSession().signer(use)
  const flag = flags.get(use) ?? createUnsentFlag({ room: `photos/${did}`, use })
  flags.set(use, flag)
  return flag
}
const raise = async (use: KeyUse): Promise<void> => (await flagOf(use)).raise()

const firstPauseMs = 3_000
const lastPauseMs = 5 * 60_000
let pauseMs = firstPauseMs
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined
let isAskedAgain = false

/** Starts, or goes on; asked again it looks once more. Resolves when this round is over. */
export function sendPhotos(): Promise<void> {
  if (running) isAskedAgain = true
  running ??= rounds().finally(() => (running = undefined))
  watch()
  return running
}

async function rounds(): Promise<void> {
  clearTimeout(timer)
  do {
    isAskedAgain = false
    const left = await alone(round)
    if (left > 0) timer = setTimeout(() => void sendPhotos(), pauseMs)
    pauseMs = left > 0 ? Math.min(pauseMs * 2, lastPauseMs) : firstPauseMs
  } while (isAskedAgain)
}

/** One tab at a time, where tabs can agree on it. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request('xxg-photos', work) as Promise<T>) : work()

let isWatching = false
function watch(): void {
  if (isWatching) return
  isWatching = true
  createRoot(() =>
    createEffect(
      on(
        connection,
        (now) => {
          if (now !== 'online') return
          pauseMs = firstPauseMs
          void sendPhotos()
        },
        { defer: true },
      ),
    ),
  )
}

/** Resolves with how many still wait. */
async function round(): Promise<number> {
  const store = await openPhotoStore()
  const waiting = (await store.all()).filter(isWaiting)
  const signers = new Map<KeyUse, Signer>()
  let left = 0
  for (const photo of waiting.sort((a, b) => a.at - b.at)) {
    const use = photo.use ?? 'person'
    const signer = signers.get(use) ?? (await openSession().signer(use))
    signers.set(use, signer)
    tell(photo.hash, 'sending')
    const outcome = await send(photo, signer)
    await settle(store, photo, outcome)
    if (outcome === 'later') left++
  }
  for (const use of keyUses) {
    const isOpen = (await store.all()).some((photo) => isWaiting(photo) && photo.use === use) // one may have come meanwhile
    if (!isOpen && (await openSession().knownDid(use))) (await flagOf(use)).lower()
  }
  return left
}

const isWaiting = ({ use, sentAt, refused }: KeptPhoto): boolean =>
  use !== undefined && sentAt === undefined && refused === undefined

type Outcome = 'sent' | 'later' | { readonly refused: string }

async function send({ hash, bytes, type }: KeptPhoto, signer: Signer): Promise<Outcome> {
  try {
    const known = await fetch(blobPath(hash), { method: 'HEAD', cache: 'no-store' })
    if (known.ok) return 'sent'
    await pageClock.measureOnce()
    const token = await makeToken(signer, location.origin, pageClock.now())
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type }
    const answer = await fetch(blobPath(hash), { method: 'PUT', body: bytes, headers })
    if (answer.ok) return 'sent'
    return outcomeOf(answer)
  } catch {
    return 'later' // no network, or it went in the middle
  }
}

/** Bytes that changed on their way are sent again. A key that is closed stays so; any other token may be one of a clock that is off. */
async function outcomeOf(answer: Response): Promise<Outcome> {
  const { kind, limit } = (await answer.json().catch(() => ({}))) as { kind?: unknown; limit?: unknown }
  if (isClosedKey(limit)) return { refused: limit }
  if (answer.status === 401) await pageClock.measure()
  const isCut = kind === undefined || kind === 'wrong-hash'
  return [413, 415].includes(answer.status) || (answer.status === 422 && !isCut)
    ? { refused: String(answer.status) }
    : 'later'
}

async function settle(store: PhotoStore, photo: KeptPhoto, outcome: Outcome): Promise<void> {
  if (outcome === 'later') return void tell(photo.hash, 'waiting')
  const told = outcome === 'sent' ? { sentAt: Date.now() } : outcome
  await store.put({ ...photo, ...told })
  tell(photo.hash, outcome === 'sent' ? 'sent' : refusalOf(outcome.refused))
}

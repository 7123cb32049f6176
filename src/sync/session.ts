/**
 * The composition root of the browser: the one place that joins key, clock, storage, tabs and relay. One per page.
 * It loads nothing heavy by itself: the key, Yjs, storage and the socket arrive when they are first asked for.
 */
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Did, KeyUse, Signer } from '#domain/identity.ts'
import type { Result } from '#domain/result.ts'
import type { Keys } from '#src/identity/keys.ts'
import { pageClock } from './clock.ts'
import { connection, memoryOnly, tellMemoryOnly, watchConnection, type Connection } from './connection.ts'
import { createHolder } from './holder.ts'
import type { StorageFault } from './storage.ts'
import { countWaitingOf } from './unsent.ts'

export type { Connection, StorageFault }

export interface Session {
  /** Solid accessor. */
  readonly connection: () => Connection
  /** True on a page without WebCrypto (plain http off localhost): no key, no writing; public rooms can still be read. */
  readonly readOnly: boolean
  /** Solid accessor: some room or the key could not be kept in IndexedDB and lives in this page only. */
  readonly memoryOnly: () => boolean
  /** The relay's time as far as it is known, ms (device clock + measured offset). */
  now(): number
  /** Whether the offset from the relay's clock has been measured since the page loaded or is remembered. */
  clockKnown(): boolean
  /** Resolves when the relay was asked for its time in this page, whether it answered or not. */
  clockAsked(): Promise<void>
  /** Makes the key silently when there is none. */
  signer(use: KeyUse): Promise<Signer>
  /** The did if a key exists; never makes one. */
  knownDid(use: KeyUse): Promise<Did | undefined>
  /** Resolves when all code that writing needs is in this page (or cannot be had): from then on the network may go. */
  prepared(): Promise<void>
  /** This device's part of slot names in the rooms of that key; another one for each key. */
  device(use: KeyUse): Promise<string>
  /** Opens a room once per page (later calls share it): IndexedDB first, then the relay. `use` names the key whose token opens it; none for public rooms read anonymously. */
  room(name: string, use?: KeyUse): Promise<OpenRoom>
  /**
   * The private workspace of this person: drafts, favourites, settings. It can be written at once; the first write makes the key.
   * What is written leaves this page only sealed, for this device's disk and for the person's other devices.
   */
  me(): Promise<Workspace>
}

export interface Workspace extends OpenRoom {
  /** Solid accessor: how many sealed entries do not open here. They are left as they are. */
  readonly unopened: () => number
}

export interface OpenRoom {
  readonly name: string
  readonly doc: Y.Doc
  /** True when IndexedDB is not available: the words live only in this page. */
  readonly memoryOnly: boolean
  /** Resolves when everything written so far is in IndexedDB (its transaction is complete), or with the fault. */
  saved(): Promise<Result<void, StorageFault>>
  /** Solid accessor: whether the relay's durable state vector covers everything in this document. */
  readonly stored: () => boolean
  /** Solid accessor: the relay's last refusal for this room. */
  readonly refused: () => { readonly code: string; readonly detail: string } | undefined
  /** Solid accessor, true after the first sync with the relay in this page. */
  readonly synced: () => boolean
  /** In a draft: who else is there. */
  readonly awareness?: Awareness | undefined
  /** Takes what this browser has of the room away, sent or not. */
  forget(): Promise<void>
  release(): void
}
let session: Session | undefined

/** The same one for every island of the page. */
export function openSession(): Session {
  session ??= createSession()
  return session
}

/** What an earlier page wrote and could not send goes out now. The rooms stay open as long as the page does. */
export async function sendWaiting(): Promise<void> {
  const { knownDid, room } = openSession()
  const dids = await Promise.all([knownDid('person'), knownDid('friends')])
  for (const waiting of countWaitingOf(dids.filter((did) => did !== undefined)))
    if (waiting.room.startsWith('photos/')) void import('./photo-sender.ts').then(({ sendPhotos }) => sendPhotos())
    else await room(waiting.room, waiting.use)
}

function createSession(): Session {
  watchConnection()
  let fetching: Promise<void> | undefined
  const prepared = () => (fetching ??= fetchCode())
  whenIdle(() => void prepared())
  const readOnly = !globalThis.crypto?.subtle
  const signer = async (use: KeyUse): Promise<Signer> => {
    if (readOnly) throw new Error('no key without WebCrypto: ask session.readOnly first')
    return (await openPageKeys()).signer(use)
  }
  const holder = createHolder()
  const room: Session['room'] = (name, use) =>
    holder.open(name, async () => (await import('./relayed.ts')).openRelayed(name, use, signer))
  let workspace: Promise<Workspace> | undefined
  const openWorkspace = async (): Promise<Workspace> => {
    try {
      const [{ openMe }, keys] = await Promise.all([import('./me.ts'), readOnly ? undefined : openPageKeys()])
      return await openMe({ keys, open: (name) => room(name, 'person') })
    } catch (error) {
      workspace = undefined // its code did not come: asked again, it may
      throw error
    }
  }
  return {
    connection,
    readOnly,
    memoryOnly,
    now: () => pageClock.now(),
    clockKnown: () => pageClock.known(),
    clockAsked: () => pageClock.measureOnce(),
    signer,
    knownDid: async (use) => (readOnly ? undefined : (await openPageKeys()).knownDid(use)),
    prepared,
    device: async (use) => (await openPageKeys()).device(use),
    room,
    me: () => (workspace ??= openWorkspace()),
  }
}

/** All code that writing needs is here before the network goes: a page that is open must be able to publish offline. */
async function fetchCode(): Promise<void> {
  const parts = [import('./relayed.ts'), import('./rooms.ts'), import('./Notices.tsx')] // who needs the workspace has asked for it
  const code = [...parts, import('./link.ts'), import('#src/identity/keys.ts')]
  const isNative = globalThis.crypto?.subtle?.generateKey('Ed25519', false, ['sign'])
  const curves = isNative?.catch(() => import('@noble/curves/ed25519.js'))
  await Promise.allSettled([...code, curves])
}

const whenIdle = (run: () => void): unknown =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(run) : setTimeout(run, 500)

let opening: Promise<Keys> | undefined

function openPageKeys(): Promise<Keys> {
  opening ??= import('#src/identity/keys.ts').then(({ openKeys }) => {
    const keys = openKeys()
    keys.onReplaced(() => location.reload()) // the rooms of this page belong to the key that is gone
    void keys.entropy().then(() => keys.memoryOnly() && tellMemoryOnly())
    return keys
  })
  return opening
}

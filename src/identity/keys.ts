/**
 * The key of this browser: 16 bytes of entropy in IndexedDB, made silently at the first act that needs one, and a secret of
 * the device that names its slots. Two tabs that make the first key at once end with the same one: whoever writes second
 * finds the first one's inside its own transaction. Where there is no IndexedDB, or it is taken away under the page, both live
 * in this page only.
 */
import type { Bytes } from '#domain/bytes.ts'
import { deviceOf, sealingSecretOf, signerOf, type Did, type KeyUse, type Signer } from '#domain/identity.ts'
import { err, ok, type Result } from '#domain/result.ts'

export interface Keys {
  /** Whether the key outlives this page. Known once anything was asked. */
  readonly memoryOnly: () => boolean
  signer(use: KeyUse): Promise<Signer>
  /** Never makes a key. */
  knownDid(use: KeyUse): Promise<Did | undefined>
  /** This device's name in the slots of that key's rooms. Makes the key when there is none. */
  device(use: KeyUse): Promise<string>
  /** Whose private workspace this is, and what it is sealed with. Makes the key when there is none. */
  workspace(): Promise<{ readonly did: Did; readonly secret: Bytes }>
  /** What the words spell; undefined while there is no key. */
  entropy(): Promise<Bytes | undefined>
  /** Takes over another key. The other pages of this browser are told, and every page must be loaded again. */
  replace(entropy: Bytes): Promise<Result<void, { readonly kind: 'storage'; readonly detail: string }>>
  /** Another tab took over another key. */
  onReplaced(run: () => void): void
  /** Another tab made the first key. */
  onMade(run: () => void): void
}

let keys: Keys | undefined

/** One per page. */
export function openKeys(): Keys {
  keys ??= createKeys(openShelf())
  return keys
}

function createKeys(shelf: Promise<Shelf>): Keys {
  let isMemoryOnly = (): boolean => false
  void shelf.then((opened) => (isMemoryOnly = opened.memoryOnly))
  const news = createNews()
  const signers = new Map<KeyUse, Promise<Signer>>()
  const entropyOrNew = async (): Promise<Bytes> => {
    const opened = await shelf
    const known = await opened.get('entropy')
    if (known) return known
    const first = await opened.getOrPut('entropy')
    await opened.getOrPut('device') // both while there is room: a full disk later stops nobody who has a key
    news.tell('made')
    return first
  }
  const signer = (use: KeyUse): Promise<Signer> => {
    const signing = signers.get(use) ?? entropyOrNew().then((entropy) => signerOf(entropy, use))
    signers.set(use, signing)
    signing.catch(() => signers.delete(use)) // the disk was full: asked again, it may have room
    return signing
  }
  const entropy = async () => (await shelf).get('entropy')
  return {
    memoryOnly: () => isMemoryOnly(),
    signer,
    knownDid: async (use) => ((await entropy()) ? (await signer(use)).did : undefined),
    device: async (use) => deviceOf(await (await shelf).getOrPut('device'), (await signer(use)).did),
    async workspace() {
      const of = await entropyOrNew()
      const [{ did }, secret] = await Promise.all([signerOf(of, 'person'), sealingSecretOf(of)])
      return { did, secret }
    },
    entropy,
    async replace(next) {
      try {
        await (await shelf).put('entropy', next)
      } catch (error) {
        return err({ kind: 'storage', detail: String(error) })
      }
      signers.clear()
      news.tell('replaced')
      return ok(undefined)
    },
    onReplaced: (run) => news.on('replaced', run),
    onMade: (run) => news.on('made', run),
  }
}

/** What the tabs of this browser tell one another about its key. */
function createNews() {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(databaseName)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel belongs to one origin
    tell: (what: 'replaced' | 'made') => channel?.postMessage(what),
    on: (what: 'replaced' | 'made', run: () => void) =>
      channel?.addEventListener('message', ({ data }) => data === what && run()),
  }
}

const databaseName = 'xxg-keys'
type Secret = 'entropy' | 'device'

interface Shelf {
  readonly memoryOnly: () => boolean
  get(name: Secret): Promise<Bytes | undefined>
  /** What is there; else 16 random bytes, put there in the same transaction. */
  getOrPut(name: Secret): Promise<Bytes>
  put(name: Secret, value: Bytes): Promise<void>
}

async function openShelf(): Promise<Shelf> {
  const db = await openDatabase()
  const seen = new Map<Secret, Bytes>()
  if (!db) return shelfInMemory(seen)
  let shelf = shelfOnDisk(db, seen)
  const leave = (): void => {
    db.close()
    shelf = shelfInMemory(seen)
  }
  db.addEventListener('versionchange', leave) // somebody clears this site; to hold on would only keep that waiting
  db.addEventListener('close', leave)
  return {
    memoryOnly: () => shelf.memoryOnly(),
    get: (name) => shelf.get(name),
    getOrPut: (name) => shelf.getOrPut(name),
    put: (name, value) => shelf.put(name, value),
  }
}

const patienceMs = 3_000

const openDatabase = (): Promise<IDBDatabase | undefined> =>
  new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined)
    try {
      const request = indexedDB.open(databaseName, 1)
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('secrets'))
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => resolve(undefined)) // blocked by the browser's settings, or the disk is broken
      setTimeout(() => resolve(undefined), patienceMs)
    } catch {
      resolve(undefined)
    }
  })

/** @param seen what was read or written, for when the disk is taken away */
function shelfOnDisk(db: IDBDatabase, seen: Map<Secret, Bytes>): Shelf {
  /** Runs in one transaction and resolves after it is complete, so that no key is used that might not be kept. */
  const inStore = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore, give: (value: T) => void) => void) =>
    new Promise<T>((resolve, reject) => {
      const transaction = db.transaction('secrets', mode, { durability: 'strict' })
      let given: { readonly value: T } | undefined
      act(transaction.objectStore('secrets'), (value) => (given = { value }))
      transaction.addEventListener('complete', () => (given ? resolve(given.value) : reject(new Error('no answer'))))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    })
  const see = (name: Secret, value: Bytes): Bytes => {
    seen.set(name, value)
    return value
  }
  return {
    memoryOnly: () => false,
    async get(name) {
      const value = await inStore<Bytes | undefined>('readonly', (store, give) => {
        const request = store.get(name)
        request.addEventListener('success', () => give(bytesOf(request.result)))
      })
      return value && see(name, value)
    },
    async getOrPut(name) {
      const value = await inStore<Bytes>('readwrite', (store, give) => {
        const request = store.get(name)
        request.addEventListener('success', () => {
          const value = bytesOf(request.result) ?? randomSecret()
          if (value !== request.result) store.put(value, name)
          give(value)
        })
      })
      return see(name, value)
    },
    async put(name, value) {
      await inStore('readwrite', (store, give) => {
        store.put(value, name)
        give(undefined)
      })
      see(name, value)
    },
  }
}

function shelfInMemory(held: Map<Secret, Bytes>): Shelf {
  const getOrPut = (name: Secret): Bytes => {
    const value = held.get(name) ?? randomSecret()
    held.set(name, value)
    return value
  }
  return {
    memoryOnly: () => true,
    get: async (name) => held.get(name),
    getOrPut: async (name) => getOrPut(name),
    put: async (name, value) => void held.set(name, value),
  }
}

const randomSecret = (): Bytes => crypto.getRandomValues(new Uint8Array(16))

/** Only our own bytes: anything else in the store is no key. */
const bytesOf = (value: unknown): Bytes | undefined =>
  value instanceof Uint8Array && value.length === 16 ? (value as Bytes) : undefined

/**
 * Photos on this device: those of drafts, those on their way to the portal, and for a while those that have arrived. They are kept as
 * they will be shown, without what the camera wrote into them, and leave the device only with a listing. One small database for all.
 */
import type { KeyUse } from '#domain/identity.ts'
import type { Bytes } from '#domain/bytes.ts'
import { dayMs } from '#domain/time.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { StorageFault } from './storage.ts'

export interface KeptPhoto {
  readonly hash: string
  readonly bytes: Bytes
  readonly type: string
  /** When it was chosen, ms. */
  readonly at: number
  /** The key of the listing that names it; from then on it is to be sent. */
  readonly use?: KeyUse
  readonly sentAt?: number
  /** Why the portal will never take it. */
  readonly refused?: string
}

export interface PhotoStore {
  /** True when it lives in this page only. */
  readonly memoryOnly: boolean
  /** Resolves when it is on the disk. */
  put(photo: KeptPhoto): Promise<Result<void, StorageFault>>
  get(hash: string): Promise<KeptPhoto | undefined>
  all(): Promise<readonly KeptPhoto[]>
  drop(hash: string): Promise<void>
}

export const photoDatabase = 'xxg-photos'
const table = 'photos'
const sentKeptMs = 7 * dayMs // for "undo", and for a portal that lost it
const draftKeptMs = 90 * dayMs

let opening: Promise<PhotoStore> | undefined

/** One per page. */
export const openPhotoStore = (): Promise<PhotoStore> => (opening ??= open())

async function open(): Promise<PhotoStore> {
  const db = await openDatabase()
  if (!db) return inMemory()
  db.addEventListener('versionchange', () => db.close()) // somebody removes everything
  db.addEventListener('close', () => (opening = undefined))
  const store = onDisk(db)
  void tidy(store).catch(() => undefined)
  return store
}

function openDatabase(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(photoDatabase, 1)
      asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(table, { keyPath: 'hash' }))
      asked.addEventListener('success', () => resolve(asked.result))
      for (const no of ['error', 'blocked']) asked.addEventListener(no, () => resolve(undefined))
    } catch {
      resolve(undefined) // storage is blocked
    }
  })
}

function onDisk(db: IDBDatabase): PhotoStore {
  const write = (work: (rows: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(table, 'readwrite')
      transaction.addEventListener('complete', () => resolve())
      for (const no of ['error', 'abort'])
        transaction.addEventListener(no, () => reject(transaction.error ?? new Error('not written')))
      work(transaction.objectStore(table))
      transaction.commit()
    })
  const read = <T>(work: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const asked = work(db.transaction(table).objectStore(table))
      asked.addEventListener('success', () => resolve(asked.result))
      asked.addEventListener('error', () => reject(asked.error ?? new Error('no answer')))
    })
  return {
    memoryOnly: false,
    put: (photo) =>
      write((rows) => rows.put(photo)).then(
        () => ok(undefined),
        (reason: unknown) => err({ kind: 'storage', detail: String(reason) }),
      ),
    get: (hash) => read((rows) => rows.get(hash) as IDBRequest<KeptPhoto | undefined>),
    all: () => read((rows) => rows.getAll() as IDBRequest<KeptPhoto[]>),
    drop: (hash) => write((rows) => rows.delete(hash)),
  }
}

function inMemory(): PhotoStore {
  const rows = new Map<string, KeptPhoto>()
  return {
    memoryOnly: true,
    put: async (photo) => (rows.set(photo.hash, photo), ok(undefined)),
    get: async (hash) => rows.get(hash),
    all: async () => [...rows.values()],
    drop: async (hash) => void rows.delete(hash),
  }
}

async function tidy(store: PhotoStore): Promise<void> {
  const now = Date.now()
  for (const { hash, at, use, sentAt } of await store.all()) {
    const isOld = sentAt === undefined ? use === undefined && at < now - draftKeptMs : sentAt < now - sentKeptMs
    if (isOld) await store.drop(hash)
  }
}

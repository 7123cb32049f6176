/**
 * The one wrapper around y-indexeddb: a document kept in this browser. The document must be empty when it is opened, and is
 * joined to the relay only after what the disk had is in it. Where IndexedDB does not answer in three seconds the document
 * lives in memory, and says so.
 */
/* oxlint-disable eslint/no-underscore-dangle -- y-indexeddb has no other names for what is read here */
import { clearDocument, IndexeddbPersistence, storeState } from 'y-indexeddb'
import * as Y from 'yjs'
import { err, ok, type Result } from '#domain/result.ts'
import { tellStorage } from './connection.ts'

export type StorageFault = { readonly kind: 'storage'; readonly detail: string }

export interface Kept {
  readonly memoryOnly: boolean
  /** The origin of updates that are on disk already: those read from it, and those another tab has written. */
  readonly origin: unknown
  /** Resolves when everything written before the call is on disk, or with what kept it from getting there. */
  saved(): Promise<Result<void, StorageFault>>
  /** A small value beside the document; the room's epoch and what is durable. */
  read(key: string): Promise<unknown>
  write(key: string, value: string | Uint8Array): Promise<void>
  /** Takes the document from the disk. What is in memory stays. */
  clear(): Promise<void>
  close(): Promise<void>
}

const patienceMs = 3_000
const againMs = 5_000
const foldFromRows = 48 // every opening adds a row, every change one

/** @param isOwn what the relay can give again at any time is not worth a notice when it is not kept */
export async function keep(name: string, doc: Y.Doc, isOwn: boolean): Promise<Kept> {
  const disk = typeof indexedDB === 'undefined' ? undefined : new IndexeddbPersistence(name, doc)
  const db = disk && (await opened(disk))
  if (!disk || !db) {
    void disk?.destroy().catch(() => undefined) // it may never have opened
    return keptInMemory()
  }
  foldAtIdle(name, disk)
  return keptOnDisk({ name, doc, disk, db, tell: isOwn ? tellStorage : quiet })
}

async function opened(disk: IndexeddbPersistence): Promise<IDBDatabase | undefined> {
  const failed = disk._db.then(
    () => new Promise<never>(() => undefined), // open: the reading decides
    () => undefined,
  )
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
  const read = await Promise.race([disk.whenSynced, failed, late])
  return read ? (disk.db ?? undefined) : undefined
}

interface OnDisk {
  readonly name: string
  readonly doc: Y.Doc
  readonly disk: IndexeddbPersistence
  readonly db: IDBDatabase
  readonly tell: typeof tellStorage
}

function keptOnDisk({ name, doc, disk, db, tell }: OnDisk): Kept {
  let fault: string | undefined
  let isGone = false
  let again: ReturnType<typeof setTimeout> | undefined
  const failed = (detail: string): void => {
    fault = detail
    tell(name, isGone ? 'gone' : 'full')
    clearTimeout(again)
    if (!isGone) again = setTimeout(() => void commit(), againMs)
  }
  const write = writerOf(disk, db, failed)
  const leave = async (): Promise<void> => {
    clearTimeout(again)
    doc.off('update', write)
    await disk.destroy()
  }
  const lost = (): void => {
    isGone = true
    failed('the database was taken away')
    db.close() // what goes on here is told to the relay, and to nobody who clears
  }
  doc.off('update', disk._storeUpdate)
  doc.on('update', write)
  // y-indexeddb does not look at what becomes of its writes; a transaction that failed is heard here.
  db.addEventListener('abort', (event) => failed(detailOf(event)))
  db.addEventListener('versionchange', lost) // another tab clears this room, or somebody the whole site
  db.addEventListener('close', lost)

  const commit = () =>
    new Promise<Result<void, StorageFault>>((resolve) => {
      const isWhole = fault !== undefined // something is missing on disk: write all of it again
      try {
        const transaction = db.transaction(['updates', 'custom'], 'readwrite', { durability: 'strict' })
        if (isWhole) transaction.objectStore('updates').add(Y.encodeStateAsUpdate(doc))
        transaction.objectStore('custom').put(1, 'saved') // transactions run in order, so this one ends after the others
        transaction.addEventListener('complete', () => {
          if (isWhole) {
            fault = undefined
            tell(name, undefined)
          }
          resolve(ok(undefined))
        })
        transaction.addEventListener('abort', (event) => resolve(err({ kind: 'storage', detail: detailOf(event) })))
        transaction.commit()
      } catch (error) {
        resolve(err({ kind: 'storage', detail: String(error) })) // the database was closed under us
      }
    })

  return {
    memoryOnly: false,
    origin: disk,
    async saved() {
      const first = await commit()
      return first.ok && fault !== undefined ? commit() : first
    },
    read: (key) => disk.get(key).catch(() => undefined),
    write: (key, value) => disk.set(key, value as string).then(quiet, quiet), // bytes are fine too, its types are narrow
    async clear() {
      await leave()
      await clearDocument(name).catch(quiet)
    },
    close: leave,
  }
}

/**
 * Every change becomes a row. y-indexeddb leaves the end of its transactions to the page, and a page that is put away has none:
 * what was typed last would be lost. So they are ended here, at once.
 */
const writerOf =
  (disk: IndexeddbPersistence, db: IDBDatabase, failed: (detail: string) => void) =>
  (update: Uint8Array, origin: unknown): void => {
    if (origin === disk) return
    try {
      const transaction = db.transaction('updates', 'readwrite')
      transaction.objectStore('updates').add(update)
      transaction.commit()
    } catch (error) {
      failed(String(error)) // the database was closed under us
    }
  }

function keptInMemory(): Kept {
  const fault = err({ kind: 'storage', detail: 'no IndexedDB' } as const)
  return {
    memoryOnly: true,
    origin: {},
    saved: async () => fault,
    read: async () => undefined,
    write: async () => undefined,
    clear: async () => undefined,
    close: async () => undefined,
  }
}

/** Many rows become one. One tab at a time: two would each write the whole document. */
function foldAtIdle(name: string, disk: IndexeddbPersistence): void {
  if (!('locks' in navigator)) return
  const fold = async (): Promise<void> => {
    if (!disk.db || (await rowsOf(disk.db)) < foldFromRows) return
    await navigator.locks.request(`fold ${name}`, { ifAvailable: true }, async (lock) => {
      if (lock) await storeState(disk, true)
    })
  }
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2_000))
  idle(() => void fold().catch(quiet)) // the room was closed meanwhile; the next opening folds
}

const rowsOf = (db: IDBDatabase): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = db.transaction('updates', 'readonly').objectStore('updates').count()
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('not counted')))
  })

const quiet = (): undefined => undefined

function detailOf(event: Event): string {
  const error = event.target instanceof IDBTransaction ? event.target.error : null
  return error ? `${error.name}: ${error.message}` : 'aborted'
}

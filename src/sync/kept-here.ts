/** What this browser keeps of the portal: its rooms by what they are to the person, the copies of pages, and how they go. */
import { shellCache } from '#domain/built-files.ts'
import { townCache } from '#domain/kept-town.ts'
import { parseRoom, type RoomKind } from '#domain/room.ts'
import { workerRests } from '#src/ui/old-worker.ts'
import { heardAtKey } from './heard-at.ts'
import { openPhotoStore, photoDatabase } from './photo-store.ts'

export type KeptGroup = 'own' | 'me' | 'inbox' | 'public' | 'town' | 'pages' | 'photos'
export interface KeptHere {
  readonly group: KeptGroup
  readonly bytes: number
  /** Of pages. */
  readonly count: number
  /** ms; when the relay was last heard of it. */
  readonly syncedAt: number | undefined
}

const roomPrefix = 'xxg/'
const groupOf: Partial<Record<RoomKind, KeptGroup>> = { shelf: 'own', contact: 'own', me: 'me', inbox: 'inbox' }

export async function lookHere(): Promise<readonly KeptHere[]> {
  const rooms = await Promise.all((await roomDatabases()).map(async (name) => ({ ...(await weigh(name)), name })))
  const groups: readonly KeptGroup[] = ['own', 'me', 'inbox', 'public']
  const kept = groups.map((group) => {
    const found = rooms.filter(({ name }) => groupOfDatabase(name) === group)
    const heard = found.flatMap(({ syncedAt }) => syncedAt ?? [])
    const bytes = found.reduce((sum, room) => sum + room.bytes, 0)
    return { group, bytes, count: 0, syncedAt: heard.length > 0 ? Math.min(...heard) : undefined }
  })
  return [...kept, await weighPhotos(), await weighTown(), await weighPages()].filter(({ bytes }) => bytes > 0)
}

/** Takes away what the portal can give again. */
export async function removeGroup(group: 'public' | 'town' | 'pages'): Promise<void> {
  if (group === 'town') return void (await caches.delete(townCache))
  if (group === 'pages') {
    await activeRests()
    return removeCaches()
  }
  const rooms = await roomDatabases()
  await Promise.all(rooms.filter((name) => groupOfDatabase(name) === 'public').map(removeDatabase))
}

/** The key goes too. */
export async function removeEverything(): Promise<void> {
  await activeRests()
  await Promise.all((await databaseNames()).map(removeDatabase))
  await removeCaches()
  await removeGroup('town')
  localStorage.clear()
}

export const isPersisted = async (): Promise<boolean> => (await navigator.storage?.persisted?.()) ?? false

function groupOfDatabase(name: string): KeptGroup {
  const room = parseRoom(name.slice(roomPrefix.length))
  return (room.ok && groupOf[room.value.kind]) || 'public'
}

const roomDatabases = async (): Promise<readonly string[]> =>
  (await databaseNames()).filter((name) => name.startsWith(roomPrefix))

/** Firefox before 126 cannot list them: there the card knows of pages only. */
async function databaseNames(): Promise<readonly string[]> {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
  } catch {
    return []
  }
}

async function weigh(name: string): Promise<Pick<KeptHere, 'bytes' | 'syncedAt'>> {
  const db = await answered(indexedDB.open(name))
  try {
    const stores = db.transaction(['updates', 'custom'])
    const rows: readonly unknown[] = await answered(stores.objectStore('updates').getAll())
    const heard: unknown = await answered(stores.objectStore('custom').get(heardAtKey))
    const bytes = rows.reduce<number>((sum, row) => sum + (row instanceof Uint8Array ? row.length : 0), 0)
    return { bytes, syncedAt: typeof heard === 'string' ? Number(heard) : undefined }
  } catch {
    return { bytes: 0, syncedAt: undefined } // it was made by nobody we know
  } finally {
    db.close()
  }
}

/** Of drafts, and of listings whose photos are on their way or have been sent lately. */
async function weighPhotos(): Promise<KeptHere> {
  const isHere = (await databaseNames()).includes(photoDatabase)
  const photos = isHere ? await openPhotoStore().then((store) => store.all()) : []
  const bytes = photos.reduce((sum, photo) => sum + photo.bytes.length, 0)
  return { group: 'photos', bytes, count: photos.length, syncedAt: undefined }
}

async function weighPages(): Promise<KeptHere> {
  const copies = await Promise.all((await copyCaches()).map(async (name) => (await caches.open(name)).matchAll()))
  const pages = copies.flat().filter(({ headers }) => headers.get('content-type')?.startsWith('text/html'))
  const sizes = await Promise.all(copies.flat().map(async (copy) => (await copy.blob()).size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return { group: 'pages', bytes, count: pages.length, syncedAt: undefined }
}

/** Files of editions: the whole town, or what search has read of it. */
async function weighTown(): Promise<KeptHere> {
  const isHere = 'caches' in globalThis && (await caches.has(townCache))
  const files = isHere ? await (await caches.open(townCache)).matchAll() : []
  const sizes = await Promise.all(files.map(async (file) => (await file.blob()).size))
  return { group: 'town', bytes: sizes.reduce((sum, size) => sum + size, 0), count: files.length, syncedAt: undefined }
}

/** The copies of pages; the program itself, which the service worker has put beside them, stays for as long as that does. */
async function copyCaches(): Promise<readonly string[]> {
  const names = 'caches' in globalThis ? await caches.keys() : []
  return names.filter((name) => name !== shellCache && name !== townCache)
}

const activeRests = async (): Promise<unknown> =>
  workerRests((await navigator.serviceWorker?.getRegistration())?.active)

async function removeCaches(): Promise<void> {
  await Promise.all((await copyCaches()).map((name) => caches.delete(name)))
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
  })

const removeDatabase = (name: string): Promise<unknown> => answered(indexedDB.deleteDatabase(name))

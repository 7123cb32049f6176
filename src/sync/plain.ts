/** The document in which drafts lay as plain words on this device before they were sealed. */
import * as Y from 'yjs'
import { keep } from './storage.ts'

export interface Plain {
  readonly doc: Y.Doc
  forget(): Promise<void>
  close(): Promise<void>
}

export const plainName = 'xxg/local/me'

/** Undefined where there is none, which is almost always; a browser that cannot list its databases is asked by opening it. */
export async function openPlain(): Promise<Plain | undefined> {
  if (typeof indexedDB === 'undefined') return undefined
  const listed = await listDatabases()
  if (listed && !listed.some(({ name }) => name === plainName)) return undefined
  const doc = new Y.Doc()
  const kept = await keep(plainName, doc, true)
  if (!kept.memoryOnly && doc.store.clients.size > 0) return { doc, forget: kept.clear, close: kept.close }
  await kept.clear()
  return undefined
}

async function listDatabases(): Promise<readonly IDBDatabaseInfo[] | undefined> {
  try {
    return await indexedDB.databases()
  } catch {
    return undefined // Firefox before 126 does not know how
  }
}

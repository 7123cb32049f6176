/**
 * When a room's log is folded, and how: a document is built once, so that what was deleted in it is dropped, and thrown
 * away. Merging bytes would keep every word that ever stood in the room.
 */
import * as Y from 'yjs'
import type { RoomBytes } from './stores/store.ts'

/** What lies on the disk for a room. */
export interface RoomWeight {
  readonly snapshotBytes: number
  readonly logBytes: number
  readonly updates: number
  /** Some update in the log deletes something: a replaced value lies there until the log is folded. */
  deletes(): boolean
}

const rowBytes = 64 // what an update costs beside its bytes
const grownBytes = 64 * 1024
const quietBytes = 4 * 1024

export const logWeight = ({ logBytes, updates }: Pick<RoomWeight, 'logBytes' | 'updates'>): number =>
  logBytes + updates * rowBytes

/** While the room is written: folding costs what is read, so a log twice its snapshot makes all foldings together linear. */
export const foldsGrownAt = ({ snapshotBytes }: RoomWeight): number => Math.max(grownBytes, 2 * snapshotBytes)

/** @param quiet nobody has written for a while */
export function isWorthFolding(weight: RoomWeight, quiet: boolean): boolean {
  if (weight.updates === 0) return false
  const log = logWeight(weight)
  if (log >= foldsGrownAt(weight)) return true
  return quiet && (weight.deletes() || log >= Math.max(quietBytes, weight.snapshotBytes / 8))
}

/** An update ends with its deletions; none are written as a zero. */
export const deletes = (update: Uint8Array): boolean => update.at(-1) !== 0

/** @returns undefined when something in the room waits for what is not there: then its log stays as it is */
export function fold({ snapshot, updates }: RoomBytes): Uint8Array | undefined {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const update of updates) Y.applyUpdate(doc, update)
  }) // in one transaction: Yjs looks at every client at the end of each
  const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null
  const folded = isWhole ? Y.encodeStateAsUpdate(doc) : undefined
  doc.destroy()
  return folded
}

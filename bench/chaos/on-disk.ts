/** What a room is on the disk, read from a copy of the files as a killed process left them. */
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import * as Y from 'yjs'
import { judgeUpdate, knownFrom, learn, type Known } from '../../server/relay/gaps.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createRoomReader } from '../../server/stores/sqlite.ts'
import type { RoomBytes } from '../../server/stores/store.ts'

export interface OnDisk {
  readonly doc: Y.Doc
  /** Rows of the log that say nothing new: stored twice. */
  readonly doubled: number
  /** Rows that do not fit what came before them, and what Yjs would keep pending. */
  readonly unfit: number
}

const copied = ['', '-wal'] // not the shared memory: the next process makes it from the WAL

/** Opens a copy, so that the next process finds everything as the killed one left it. */
export function readRooms(path: string, names: readonly string[]): ReadonlyMap<string, OnDisk> {
  const copy = `${path}.copy`
  for (const end of copied) {
    rmSync(`${copy}${end}`, { force: true })
    if (existsSync(`${path}${end}`)) copyFileSync(`${path}${end}`, `${copy}${end}`)
  }
  const db = openDatabase(copy)
  if (!db.ok) throw new Error(`${db.error.kind}: ${db.error.detail}`)
  const read = createRoomReader(db.value)
  const rooms = new Map(names.map((name) => [name, examine(read(name))]))
  db.value.close()
  for (const end of copied) rmSync(`${copy}${end}`, { force: true })
  return rooms
}

function examine(stored: RoomBytes | undefined): OnDisk {
  const doc = new Y.Doc()
  const { snapshot, updates } = stored ?? { snapshot: undefined, updates: [] }
  const known: Known = (snapshot && knownFrom(snapshot)) || { vector: new Map(), deleted: new Map() }
  let doubled = 0
  let unfit = 0
  for (const update of updates) {
    const judgement = judgeUpdate(update, known)
    if (judgement.kind === 'news') learn(known, judgement.news)
    else if (judgement.kind === 'known') doubled++
    else unfit++
  }
  for (const update of snapshot ? [snapshot, ...updates] : updates) Y.applyUpdate(doc, update)
  if (doc.store.pendingStructs || doc.store.pendingDs) unfit++
  return { doc, doubled, unfit }
}

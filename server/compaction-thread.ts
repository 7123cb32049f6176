/** The thread that folds rooms: reads a room on a connection of its own, and answers with its snapshot. It writes nothing. */
import { parentPort, workerData } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import { deletes, fold, foldsGrownAt, isWorthFolding, logWeight, type RoomWeight } from './fold.ts'
import { errorText, openReadOnly } from './stores/database.ts'
import { partsInRow, partsOf } from './stores/spread.ts'
import { createSpreadReader, ofRoom } from './stores/sqlite.ts'

export type ToFolder = { readonly room: string; readonly quiet: boolean } | 'list' | 'close'
export type FromFolder =
  | { readonly kind: 'listed'; readonly rooms: readonly string[] }
  /** `more`: what may still be written before it is worth to ask again. */
  | { readonly kind: 'not-worth'; readonly more: number }
  | {
      readonly kind: 'folded'
      readonly upTo: number
      readonly epoch: string
      readonly snapshot: Uint8Array
      readonly bytesRead: number
    }
  | { readonly kind: 'failed'; readonly detail: string }

if (!parentPort) throw new Error('rooms are folded in a worker thread')
const port = parentPort
const send = (message: FromFolder, moved: readonly ArrayBuffer[] = []) => port.postMessage(message, [...moved])
const opened = openReadOnly(String(workerData))

port.on('message', (message: ToFolder) => {
  if (message === 'close') {
    if (opened.ok) opened.value.close()
    return port.close()
  }
  if (!opened.ok) {
    send({ kind: 'failed', detail: opened.error.detail })
    return port.close() // the next question gets a thread that tries again
  }
  try {
    if (message === 'list') send({ kind: 'listed', rooms: listRooms(opened.value) })
    else foldRoom(opened.value, message)
  } catch (thrown) {
    send({ kind: 'failed', detail: errorText(thrown) })
  }
})

function foldRoom(db: DatabaseSync, { room, quiet }: Exclude<ToFolder, string>): void {
  const weight = weigh(db, room)
  if (!isWorthFolding(weight, quiet))
    return send({ kind: 'not-worth', more: Math.max(0, foldsGrownAt(weight) - logWeight(weight)) })
  db.exec('BEGIN')
  const bytes = createSpreadReader(db)(room)
  db.exec('COMMIT')
  const snapshot = bytes && fold(bytes)
  if (!bytes || !snapshot) return send({ kind: 'failed', detail: 'something in it waits for what is not there' })
  const own = snapshot.buffer.byteLength === snapshot.length ? snapshot : new Uint8Array(snapshot)
  const bytesRead = weight.snapshotBytes + weight.logBytes
  send({ kind: 'folded', upTo: bytes.seq, epoch: bytes.epoch, snapshot: own, bytesRead }, [own.buffer as ArrayBuffer])
}

/** Lengths are read from the rows' heads, not from their bodies; what deletions there are only the bodies tell. */
function weigh(db: DatabaseSync, room: string): RoomWeight {
  const folded = db.prepare('SELECT up_to, length(body) AS bytes FROM snapshots WHERE room = ?').get(room)
  const from = Number(folded?.['up_to'] ?? 0)
  const log = db
    .prepare(
      `SELECT sum(${partsInRow}) AS n, sum(length(body)) AS bytes FROM updates WHERE ${ofRoom('?1')} AND seq > ?2`,
    )
    .get(room, from)
  const bodies = db.prepare(`SELECT seq, body, parts FROM updates WHERE ${ofRoom('?1')} AND seq > ?2`)
  return {
    snapshotBytes: Number(folded?.['bytes'] ?? 0),
    logBytes: Number(log?.['bytes'] ?? 0),
    updates: Number(log?.['n'] ?? 0),
    deletes: () =>
      bodies
        .all(room, from)
        .flatMap(partsOf)
        .some(({ update }) => deletes(update)),
  }
}

/** Rooms with anything in their log, at the start: what an earlier process left is looked at once. */
const listRooms = (db: DatabaseSync): readonly string[] =>
  db
    .prepare(`SELECT name FROM rooms WHERE EXISTS (SELECT 1 FROM updates WHERE ${ofRoom('rooms.name')})`)
    .all()
    .map((row) => String(row['name']))

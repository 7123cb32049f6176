/** Keys that never had anything published: what they hold, and how it goes. A head is what was ever accepted of a key. */
import type { DatabaseSync } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import { contactOf, meOf, shelfOf } from '#domain/room.ts'
import { ofRoom, type SqliteCore } from './sqlite.ts'
import { createUnspread } from './unspread.ts'

/** For a read-only connection. */
export function createKeyFacts(db: DatabaseSync) {
  const head = db.prepare('SELECT 1 FROM heads WHERE author = ? LIMIT 1')
  const bytes = db.prepare(`SELECT ${bytesOfRoom('?1')} AS bytes`)
  const unspread = createUnspread(db)
  const drafts = db.prepare(
    `SELECT name FROM rooms WHERE name > 'draft/' || ?1 || '/' AND name < 'draft/' || ?1 || '0'`,
  )
  const bytesIn = (room: string): number =>
    unspread(room).reduce((sum, { update }) => sum + update.length, Number(bytes.get(room)?.['bytes']))
  return {
    standingOf: (did: Did): 'known' | 'new' => (head.get(did) ? 'known' : 'new'),
    bytesOf: (did: Did): number =>
      [shelfOf(did), contactOf(did), meOf(did), ...drafts.all(did).map(({ name }) => String(name))].reduce(
        (sum, room) => sum + bytesIn(room),
        0,
      ),
  }
}

function bytesOfRoom(name: string): string {
  return `(SELECT coalesce(sum(length(body)), 0) FROM updates WHERE ${ofRoom(name)})
        + (SELECT coalesce(sum(length(body)), 0) FROM snapshots WHERE room = ${name})`
}

/** What somebody wrote to a newcomer stays as long as any message, and is no newcomer's own. */
const hasMessages = (did: string): string => `EXISTS (SELECT 1 FROM messages WHERE recipient = ${did})`

export interface Census {
  /** Of all rooms of such keys. */
  readonly bytes: number
  /** Rooms of keys whose first write was before the time given. */
  readonly stale: readonly string[]
}

const ownedKinds = ['contact', 'draft', 'inbox', 'me', 'shelf'] as const
const didLength = 56
/** A draft's name goes on after its owner. */
const ownerIn = (room: string): string => room.slice(room.indexOf('/') + 1).slice(0, didLength)

/** Reads the table of rooms from end to end, so it belongs into the writer thread and to every few minutes. */
export function takeCensus(db: DatabaseSync, before: number): Census {
  const ofKind = db.prepare(`
    SELECT name, ${bytesOfRoom('rooms.name')} AS bytes,
      coalesce((SELECT min(at) FROM updates WHERE ${ofRoom('rooms.name')}), last_at) AS since
    FROM rooms WHERE name > ?1 || '/' AND name < ?1 || '0'
      AND NOT EXISTS (SELECT 1 FROM heads WHERE author = substr(rooms.name, length(?1) + 2, ${didLength}))
      AND NOT (?1 = 'inbox' AND ${hasMessages('substr(rooms.name, 7)')})`)
  const rooms = ownedKinds.flatMap((kind) => ofKind.all(kind))
  const since = new Map<string, number>()
  const didOf = (room: unknown): string => ownerIn(String(room))
  for (const room of rooms) {
    const did = didOf(room['name'])
    since.set(did, Math.min(since.get(did) ?? Number.POSITIVE_INFINITY, Number(room['since'])))
  }
  return {
    bytes: rooms.reduce((sum, room) => sum + Number(room['bytes']), 0),
    stale: rooms.flatMap((room) => ((since.get(didOf(room['name'])) ?? before) < before ? [String(room['name'])] : [])),
  }
}

/** Takes one room and what was judged of it. False when the key was accepted meanwhile: then everything stays. */
export function eraseNewcomer(core: SqliteCore, room: string): boolean {
  const { db } = core
  const did = ownerIn(room)
  return core.transact(() => {
    core.spread() // a batch would bring it back
    if (db.prepare('SELECT 1 FROM heads WHERE author = ?').get(did)) return false
    if (room.startsWith('inbox/') && db.prepare(`SELECT ${hasMessages('?')} AS has`).get(did)?.['has'] === 1)
      return false
    if (room.startsWith('contact/')) db.prepare('DELETE FROM contacts WHERE did = ?').run(did)
    for (const sql of [
      `DELETE FROM journal WHERE room = ? AND verdict = 'refused'`, // so that the same again is judged, and told, again
      `DELETE FROM updates WHERE ${ofRoom('?1')}`,
      'DELETE FROM snapshots WHERE room = ?',
      'DELETE FROM rooms WHERE name = ?',
    ])
      db.prepare(sql).run(room)
    return true
  })
}

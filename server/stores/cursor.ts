/** How far the projector has judged each room. The first query is worded like its partial index: else SQLite would not use it and say so. */
import type { DatabaseSync } from 'node:sqlite'
import type { Cursor } from './store.ts'

export function createCursor(db: DatabaseSync): Cursor {
  const pending = db.prepare(`
    SELECT name FROM rooms INDEXED BY rooms_pending WHERE last_seq > projected_seq
      AND ((name >= 'shelf/' AND name < 'shelf0') OR (name >= 'contact/' AND name < 'contact0'))
    ORDER BY last_seq LIMIT ?`)
  const state = db.prepare('SELECT last_seq, last_at FROM rooms WHERE name = ?')
  const advance = db.prepare('UPDATE rooms SET projected_seq = ? WHERE name = ? AND projected_seq < ?')
  return {
    pending: (limit) => pending.all(limit).map((row) => String(row['name'])),
    stateOf(room) {
      const row = state.get(room)
      return row && { seq: Number(row['last_seq']), at: Number(row['last_at']) }
    },
    advance: (room, seq) => void advance.run(seq, room, seq),
  }
}

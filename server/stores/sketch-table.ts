/** What live listings are compared by, so that no text is read again when their key posts one more (HR-3). On the writer's connection. */
import type { DatabaseSync } from 'node:sqlite'
import { bytesToSketch, sketch, sketchToBytes, type Sketched } from '#domain/alike.ts'
import type { Did } from '#domain/identity.ts'
import type { RecordId } from '#domain/record.ts'
import type { SketchedListing } from './store.ts'

export function createSketchTable(db: DatabaseSync) {
  const keep = db.prepare(`
    INSERT INTO sketches (id, sketch) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sketch = excluded.sketch`)
  const remove = db.prepare('DELETE FROM sketches WHERE id = ?')
  const beside = db.prepare(`
    SELECT l.id, l.title, s.sketch, CASE WHEN s.id IS NULL THEN l.body END AS body
    FROM listings l LEFT JOIN sketches s ON s.id = l.id
    WHERE l.author = ? AND l.id <> ? AND l.live = 1 AND l.until >= ?
    ORDER BY l.at, l.id`)
  const put = (id: string, listing: Sketched): Uint8Array => {
    const bytes = sketchToBytes(sketch(listing))
    keep.run(id, bytes)
    return bytes
  }
  return {
    put,
    drop: (id: string) => void remove.run(id),
    of: (author: Did, but: RecordId, now: number): readonly SketchedListing[] =>
      beside.all(author, but, now).map((row) => {
        const id = String(row['id'])
        const kept = row['sketch'] as Uint8Array | null
        const bytes = kept ?? put(id, JSON.parse(String(row['body'])) as Sketched)
        return { id, title: String(row['title']), sketch: bytesToSketch(bytes) }
      }),
  }
}

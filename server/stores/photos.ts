/**
 * Which photos listings name, in the read model. A photo is shown for as long as a listing names it that has a page; how long that is
 * says `life.ts`. What was said of a photo that is named no more stays as the time it ended: then its bytes go from the disk.
 */
import type { DatabaseSync } from 'node:sqlite'
import { goneAfterDays } from '#domain/life.ts'
import type { ListingBody } from '#domain/listing.ts'
import type { Did } from '#domain/identity.ts'
import { dayMs } from '#domain/time.ts'
import { notHeld } from './label-table.ts'

/** @returns writes what a listing's revision names; `at` is the relay's receipt of it */
export function createPhotoWriter(db: DatabaseSync) {
  const named = db.prepare('SELECT hash FROM photos WHERE id = ? AND ended_at IS NULL')
  const put = db.prepare(`
    INSERT INTO photos (hash, id, ended_at) VALUES (?, ?, NULL) ON CONFLICT (hash, id) DO UPDATE SET ended_at = NULL`)
  const end = db.prepare('UPDATE photos SET ended_at = ? WHERE hash = ? AND id = ?')
  return (id: string, { photos = [], state }: ListingBody, at: number): void => {
    const now = new Set(state === 'changed-mind' ? [] : photos.map(({ hash }) => hash))
    for (const { hash } of named.all(id)) if (!now.delete(String(hash))) end.run(at, String(hash), id)
    for (const hash of now) put.run(hash, id)
  }
}

export interface NamedPhotos {
  /** Whether a listing names it that still has a page. */
  isNamed(hash: string, now: number): boolean
  /** The last time a listing let go of it; undefined while one names it, or where none ever did. */
  endedAt(hash: string, now: number): number | undefined
  /** Those that listings of this key name, or named, and nobody else's. */
  ofKey(did: Did): readonly string[]
}

export function createNamedPhotos(db: DatabaseSync): NamedPhotos {
  const pageMs = goneAfterDays * dayMs
  const named = db.prepare(`
    SELECT 1 FROM photos AS p JOIN listings AS l ON l.id = p.id
    WHERE p.hash = ? AND p.ended_at IS NULL AND coalesce(l.ended_at, l.until) >= ?
      AND ${notHeld('l.id')} LIMIT 1`)
  const last = db.prepare(`
    SELECT max(coalesce(p.ended_at, coalesce(l.ended_at, l.until) + ${pageMs})) AS at
    FROM photos AS p JOIN listings AS l ON l.id = p.id WHERE p.hash = ?`)
  const own = db.prepare(`
    SELECT p.hash AS hash FROM photos AS p JOIN listings AS l ON l.id = p.id
    GROUP BY p.hash HAVING sum(l.author = ?1) > 0 AND sum(l.author <> ?1 AND p.ended_at IS NULL) = 0`)
  const isNamed = (hash: string, now: number): boolean => named.get(hash, now - pageMs) !== undefined
  return {
    isNamed,
    ofKey: (did) => own.all(did).map(({ hash }) => String(hash)),
    endedAt(hash, now) {
      const at = isNamed(hash, now) ? null : last.get(hash)?.['at']
      return typeof at === 'number' ? at : undefined
    },
  }
}

/** Gathers what the operator is shown and what Prometheus reads, from where each number lives. */
import type { DatabaseSync } from 'node:sqlite'
import type { OperatorFigures, Unready } from '#domain/operator.ts'
import type { DiskGauge } from './disk.ts'
import type { LastBackup } from './last-backup.ts'
import { createChanges, createCurrent } from './stores/editions.ts'
import type { Metrics, Readings } from './metrics.ts'
import type { PrintCounts } from './print-log.ts'
import type { RelayCounts } from './relay/relay.ts'
import type { SocketCounts } from './relay/socket.ts'

export interface FiguresDeps {
  /** A connection that only reads. */
  readonly db: DatabaseSync
  readonly disk: DiskGauge
  readonly metrics: Pick<Metrics, 'refusals'>
  readonly unready: () => Promise<readonly Unready[]>
  readonly relay: () => RelayCounts
  readonly sockets: () => SocketCounts
  readonly httpCachedBytes: () => number
  readonly lastBackup: () => LastBackup | undefined
  readonly prints: () => PrintCounts
  /** How many entries a segment was printed with. */
  readonly entriesIn: (segment: string) => Promise<number | undefined>
  readonly now: () => number
}

export interface Figures {
  all(): Promise<OperatorFigures>
  readonly readings: Readings
}

export function createFigures(deps: FiguresDeps): Figures {
  const { disk, relay, sockets, now } = deps
  const rows = createCounts(deps.db)
  const edition = createEditionFigures(deps.db, now)
  const startedAt = now()
  const withSegments = async (known: ReturnType<typeof edition>): Promise<OperatorFigures['edition']> => {
    if (!known) return undefined
    const { delta, ...rest } = known
    return { ...rest, inDelta: delta === null ? 0 : await deps.entriesIn(delta) }
  }
  return {
    async all() {
      const { cachedBytes, openRooms } = relay()
      const cached = cachedBytes + deps.httpCachedBytes()
      const memory = process.memoryUsage.rss()
      const free = await disk.freeBytes()
      return {
        startedAt,
        now: now(),
        unready: await deps.unready(),
        bytes: { ...disk.sizes(), free, floor: disk.floorBytes, memory, cached, buffered: sockets().bufferedBytes },
        counts: { ...rows.all(), sockets: sockets().sockets, openRooms },
        behind: rows.behind(),
        refusals: await deps.metrics.refusals(),
        edition: await withSegments(edition()),
        prints: printsOf(deps.prints()),
        backup: deps.lastBackup(),
      }
    },
    readings: {
      portal_sockets: () => sockets().sockets,
      portal_rooms_open: () => relay().openRooms,
      portal_rooms_cached: () => relay().cachedRooms,
      portal_rooms_cached_bytes: () => relay().cachedBytes,
      portal_http_cached_bytes: () => deps.httpCachedBytes(),
      portal_buffered_bytes: () => sockets().bufferedBytes,
      portal_projector_behind_rooms: () => rows.behind(),
      portal_database_bytes: () => disk.sizes().database,
      portal_wal_bytes: () => disk.sizes().wal,
      portal_disk_free_bytes: async () => (await disk.freeBytes()) ?? Number.NaN,
      portal_disk_floor_bytes: () => disk.floorBytes,
      portal_edition_timestamp_seconds: () => (edition()?.printedAt ?? 0) / 1000,
      portal_wire_entries: () => edition()?.changed ?? 0,
      portal_backup_timestamp_seconds: () => (deps.lastBackup()?.at ?? 0) / 1000,
      portal_ready: async () => ((await deps.unready()).length === 0 ? 1 : 0),
    },
  }
}

/** A file that cannot be read shows as -1: the page of the operator must open when the disk is gone, then most of all. */
function createCounts(db: DatabaseSync) {
  const behind = db.prepare(`
    SELECT count(*) AS n FROM rooms WHERE last_seq > projected_seq
      AND ((name >= 'shelf/' AND name < 'shelf0') OR (name >= 'contact/' AND name < 'contact0'))`)
  const counts = db.prepare(`
    SELECT (SELECT count(*) FROM rooms WHERE name >= 'shelf/' AND name < 'shelf0') AS keys,
           (SELECT count(*) FROM rooms) AS rooms,
           (SELECT count(*) FROM listings) AS listings,
           (SELECT count(*) FROM listings WHERE live = 1) AS live,
           (SELECT coalesce(max(seq), 0) FROM journal) AS journal`)
  const unreadable = { keys: -1, rooms: -1, listings: -1, live: -1, journal: -1 }
  return {
    behind: () => attempt(() => Number(behind.get()?.['n']), -1),
    all: () => attempt(() => ({ ...unreadable, ...(counts.get() as typeof unreadable) }), unreadable),
  }
}

/** Undefined while none is in force, or none can be read. */
function createEditionFigures(db: DatabaseSync, now: () => number) {
  const current = createCurrent(db)
  const changes = createChanges(db)
  return () =>
    attempt(() => {
      const row = current()
      if (!row) return undefined
      const { edition, delta, printedAt, entries, baseEntries, bytes, seq } = row
      const changed = changes(seq, printedAt, now()).length
      return { id: edition, delta, printedAt, entries, inBase: baseEntries, bytes, changed }
    }, undefined)
}

const printsOf = ({ prints, failed, lastMs, fault }: PrintCounts): OperatorFigures['prints'] => ({
  prints,
  failed,
  lastMs: prints > 0 ? lastMs : undefined,
  fault,
})

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

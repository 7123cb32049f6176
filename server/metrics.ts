/** What the portal counts of itself, for Prometheus. A registry of its own per portal; no label ever holds an id. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { refusals, type RefusalCode } from '#domain/protocol.ts'
import type { BatchNote } from './stores/writer.ts'

export interface Metrics {
  refused(code: RefusalCode): void
  committed(note: BatchNote): void
  /** Gauges read their value when they are asked. */
  watch(readings: Readings): void
  refusals(): Promise<Readonly<Partial<Record<RefusalCode, number>>>>
  readonly contentType: string
  text(): Promise<string>
}

// prettier-ignore
const gauges = {
  portal_sockets:                   'Open sockets of the relay',
  portal_rooms_open:                'Rooms somebody is joined to',
  portal_rooms_cached:              'Rooms whose merged bytes are in memory',
  portal_rooms_cached_bytes:        'Merged bytes of rooms in memory',
  portal_http_cached_bytes:         'Bytes and brotli of rooms kept for HTTP',
  portal_buffered_bytes:            'Bytes sent that sockets have not taken yet',
  portal_projector_behind_rooms:    'Rooms that wait for the projector',
  portal_database_bytes:            'Size of the database file',
  portal_wal_bytes:                 'Size of the write-ahead log',
  portal_disk_free_bytes:           'Free bytes on the disk of the data folder',
  portal_disk_floor_bytes:          'Free bytes under which the portal is not ready',
  portal_edition_timestamp_seconds: 'When the edition in force was printed; 0 = none is',
  portal_wire_entries:              'Listings that differ from the edition in force',
  portal_backup_timestamp_seconds:  'When the last backup was finished; 0 = never',
  portal_ready:                     '1 while /readyz answers 200',
} as const
export type Readings = Readonly<Record<keyof typeof gauges, () => number | Promise<number>>>

const commitSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const batchSizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry }) // process, memory, garbage collection, delay of the event loop
  const refused = new Counter({
    name: 'portal_refusals_total',
    help: 'Refusals of the relay',
    labelNames: ['code'],
    registers,
  })
  for (const code of Object.keys(refusals)) refused.inc({ code }, 0) // so that the first one is a rise
  const commit = new Histogram({
    name: 'portal_commit_seconds',
    help: 'From the hand-over of a batch to the word that it is on the disk',
    buckets: commitSeconds,
    registers,
  })
  const size = new Histogram({
    name: 'portal_commit_updates',
    help: 'Updates in one transaction',
    buckets: batchSizes,
    registers,
  })
  const faults = new Counter({ name: 'portal_commit_faults_total', help: 'Transactions the disk refused', registers })

  return {
    refused: (code) => refused.inc({ code }),
    committed({ entries, ms, fault }) {
      if (fault !== undefined) return faults.inc()
      commit.observe(ms / 1000)
      size.observe(entries)
    },
    watch(readings) {
      for (const [name, help] of Object.entries(gauges)) {
        const read = readings[name as keyof Readings]
        // oxlint-disable-next-line no-new -- prom-client registers what is made
        new Gauge({ name, help, registers, collect: async function () { this.set(await read()) } }) // prettier-ignore
      }
    },
    async refusals() {
      const { values } = await refused.get()
      return Object.fromEntries(
        values.filter(({ value }) => value > 0).map(({ labels, value }) => [labels['code'], value]),
      )
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

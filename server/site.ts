/** What the portal answers over HTTP, put together: the app with everything its routes and pages ask. */
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Logger } from 'pino'
import type { Town } from '#domain/listing.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { minuteMs } from '#domain/time.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import type { DiskGauge } from './disk.ts'
import type { createEditionFiles } from './edition-files.ts'
import { eraseDeps, type Erasing } from './erasing.ts'
import { createEnding } from './ending.ts'
import { createFigures } from './figures.ts'
import { readLastBackup } from './last-backup.ts'
import type { HistogramCounts } from './histograms.ts'
import { createInbox } from './inbox.ts'
import type { Metrics } from './metrics.ts'
import type { Photos } from './photos.ts'
import { createModeration } from './moderation.ts'
import { createPreviews } from './previews.ts'
import type { PlainSearch } from './plain-search.ts'
import type { PrintLog } from './print-log.ts'
import type { Readiness } from './readiness.ts'
import { addressOf, createProxies, networkOf } from './relay/address.ts'
import type { Relay } from './relay/relay.ts'
import type { RelaySockets } from './relay/socket.ts'
import { createAtOnce } from './routes/at-once.ts'
import { createSiteFiles } from './routes/files.ts'
import { createLimiter } from './routes/limiter.ts'
import { createPages } from './routes/pages.ts'
import { readInlineHashes, securityHeaders } from './routes/security.ts'
import { createRoomCopies } from './routes/room-copies.ts'
import { createContactOf } from './stores/contacts.ts'
import { createJournalVersion } from './stores/journal-version.ts'
import { createReadModel } from './stores/read-model.ts'
import { createRoomVersion } from './stores/room-version.ts'
import type { Writer } from './stores/writer.ts'

/** The configuration has read them already: one that is none does not get here. */
export const proxiesOf = ({ trustedProxies }: Config) => createProxies(trustedProxies) ?? { trusts: () => false }
const httpCacheBytes = 64 * 1024 * 1024

export interface Stores {
  readonly town: Town
  readonly policies: readonly Policy[]
  readonly path: string
  /** Gives the folder's lock back, after everything in it is closed. */
  readonly release: () => void
  readonly writer: Writer
  readonly reader: DatabaseSync
  readonly editionsDir: string
  readonly editionFiles: ReturnType<typeof createEditionFiles>
  readonly prints: PrintLog
  readonly plainSearch: PlainSearch
  readonly histograms: HistogramCounts
  readonly disk: DiskGauge
  readonly metrics: Metrics
  readonly readiness: Readiness
}

export interface Wire {
  readonly relay: Relay
  readonly sockets: RelaySockets
  readonly erasing: Erasing
}

interface SiteDeps {
  readonly config: Config
  readonly folders: { readonly dist: string; readonly content: string }
  readonly log: Logger
  readonly stores: Stores
  readonly wire: Wire
  readonly origins: readonly string[]
  readonly photos: Photos
}

export async function createSite({
  config,
  folders: { dist, content },
  log,
  stores,
  wire: { relay, sockets, erasing },
  origins,
  photos,
}: SiteDeps) {
  const { town, policies, writer, reader, disk, metrics, readiness } = stores
  const proxies = proxiesOf(config)
  const now = Date.now
  const copies = createRoomCopies({ log: writer.log, merged: relay.merged, budgetBytes: httpCacheBytes })
  const figures = createFigures({
    db: reader,
    disk,
    metrics,
    unready: readiness.reasons,
    relay: relay.counts,
    sockets: sockets.counts,
    httpCachedBytes: copies.heldBytes,
    prints: stores.prints.counts,
    entriesIn: stores.editionFiles.entriesIn,
    lastBackup: () => readLastBackup(config.dataDir),
    now,
  })
  metrics.watch(figures.readings)
  const readModel = createReadModel(reader, town, {
    search: stores.plainSearch.find,
    histograms: stores.histograms.of,
  })
  const version = createJournalVersion(reader)
  const onFault = (error: Error, where: string) => log.error({ error: error.stack, where }, 'a page failed')
  const files = createSiteFiles({ dist })
  const headers = securityHeaders(readInlineHashes(dist), origins)
  const app = createApp({
    files,
    headers,
    pages: await createPages({
      dist,
      readModel,
      now,
      version,
      origin: () => origins[0] ?? '',
      draw: createPreviews(join(content, 'fonts'), { queue: photos.queue, coverOf: photos.coverOf }),
      onFault,
    }),
    now,
    ...photos,
    contactOf: createContactOf(reader),
    limiter: createLimiter({ most: 60, windowMs: 10 * minuteMs }),
    searchLimiter: createLimiter({ most: 120, windowMs: 10 * minuteMs }),
    networkOf: (request) => networkOf(addressOf(request, proxies)),
    moderation: createModeration({
      reader,
      writer,
      moderators: config.moderators,
      origins,
      portal: town.portal.id,
      now,
    }),
    policies,
    inbox: createInbox({ stores, origins, limits: config.limits, log }),
    erase: eraseDeps(erasing, origins, town),
    ending: createEnding(stores),
    readModel,
    metrics,
    figures: figures.all,
    unready: readiness.reasons,
    operatorToken: config.operatorToken,
    versionOf: createRoomVersion(reader),
    copies,
    editions: stores.editionFiles,
    onFault,
  })
  return { app, atOnce: createAtOnce(files, headers) }
}

/** Composition root of the portal: town, store, relay, projector, pages, sockets; and their end in the other order. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { err, ok, type Result } from '#domain/result.ts'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import { createCompaction } from './compaction.ts'
import type { Config } from './config.ts'
import { createDiskGauge } from './disk.ts'
import { createEditionFiles } from './edition-files.ts'
import { createErasing } from './erasing.ts'
import { createGate } from './gate.ts'
import { loadSamplesOnce } from './first-load.ts'
import { claimFolder } from './folder.ts'
import { createHistogramCounts } from './histograms.ts'
import { listen, type Listening } from './listening.ts'
import { createMetrics } from './metrics.ts'
import { openPhotos } from './photos.ts'
import { startRetracting } from './moderation.ts'
import { createPlainSearch } from './plain-search.ts'
import { loadPolicies } from './policies.ts'
import { createPrintLog } from './print-log.ts'
import { createPublishing } from './publishing.ts'
import { createReadiness } from './readiness.ts'
import { createRelay } from './relay/relay.ts'
import { afterThisTurn, aMomentLater, attachRelay } from './relay/socket.ts'
import { verifiesNow } from './signature.ts'
import { openReadOnly } from './stores/database.ts'
import { openWriter } from './stores/writer.ts'
import { readSiteEntries } from './site-entries.ts'
import { loadHouse, loadTown } from './town.ts'
import { createSite, proxiesOf, type Stores, type Wire } from './site.ts'

export interface Portal {
  readonly name: string
  /** Every address it is reached by; the first is the one to tell. */
  readonly origins: readonly string[]
  /** Resolves with the reason when nothing can be stored any more: drain and end. */
  readonly lost: Promise<string>
  /** Not ready → takes nobody in → everything received is on the disk and acknowledged → sockets 1012 → files closed. */
  drain(): Promise<void>
}

export interface PortalFolders {
  /** The build of the site. */
  readonly dist: string
  readonly content: string
}
export interface PortalFault {
  readonly detail: string
}

export async function openPortal(config: Config, folders: PortalFolders): Promise<Result<Portal, PortalFault>> {
  const log = pino({ level: config.logLevel, base: null })
  const opened = await openStores(config, folders)
  if (!opened.ok) return opened
  const stores = opened.value
  const { town, path, writer, reader, readiness } = stores
  process.on('unhandledRejection', (reason) => log.error({ reason: String(reason) }, 'nobody waited for this')) // the pages' own listener says nothing
  if (!existsSync(join(folders.dist, 'server')))
    return err({ detail: 'the site is not built: npm start builds it, npm run build too' })
  const listening = await listen(config)
  if (!listening.ok) return listening
  const { origins } = listening.value
  const wire = startRelay({ config, log, stores, listening: listening.value })
  const photos = openPhotos(config, { ...stores, origins, report: (reason) => log.error(reason, 'photos not swept') })
  const site = await createSite({ config, folders, log, stores, wire, origins, photos })
  listening.value.answerWith(site.app.fetch, site.atOnce)

  if (config.samples) {
    const deps = { writer, reader, town, contentDir: folders.content, now: Date.now() }
    const loaded = await loadSamplesOnce(deps)
    if (!loaded.ok) return loaded
  }
  const entries = readSiteEntries(folders.dist, (reason) => log.error({ reason }, 'the site prints nothing to search'))
  await writer.ask('printed', entries)
  const publishing = createPublishing({
    writer,
    reader,
    path,
    folder: stores.editionsDir,
    town,
    site: entries,
    now: Date.now,
    eraseRoom: (room) => wire.relay.retire(room, () => writer.erase(room)),
    onChanged: stores.editionFiles.refresh,
    report: (reason) => log.error({ reason: String(reason) }, 'no edition printed'),
    log: stores.prints,
  })
  stores.histograms.start()
  await publishing.begin()
  const stopRetracting = startRetracting(writer, reader, publishing, config.moderators)
  wire.erasing.start({ retract: publishing.retract, dropBlobs: photos.dropBlobs }) // goes on with what an earlier process left
  const printing = setInterval(publishing.tick, publishingTickMs)
  const compaction = createCompaction({
    writer,
    path,
    now: Date.now,
    onCompacted: wire.relay.refresh,
    report: (room, reason) => log.error({ room, reason: String(reason) }, 'not compacted'),
  })
  const compacting = setInterval(compaction.tick, compactionTickMs)
  const sweeping = setInterval(() => void wire.relay.sweep().catch(() => undefined), 10 * minuteMs) // a lost thread ends it all
  await wire.relay.sweep().catch(() => undefined)
  readiness.started()
  return ok({
    name: town.portal.name.zh,
    origins,
    lost: writer.lost.then((reason) => {
      readiness.lost(reason)
      return reason
    }),
    async drain() {
      readiness.draining()
      clearInterval(sweeping)
      clearInterval(compacting)
      clearInterval(printing)
      stopRetracting()
      const answered = listening.value.end()
      await wire.sockets.close()
      wire.relay.close()
      await answered
      await compaction.close()
      await publishing.close()
      await photos.close()
      await wire.erasing.close()
      stores.editionFiles.close()
      await stores.plainSearch.close()
      await stores.histograms.close()
      reader.close() // before the writer, so that the writer is the last to close and folds the WAL into the file
      await writer.close()
      stores.release()
    },
  })
}

async function openStores(config: Config, folders: PortalFolders): Promise<Result<Stores, PortalFault>> {
  const town = loadTown(config.portal, folders.content)
  if (!town.ok) return err({ detail: `PORTAL=${config.portal}: ${town.error.path}: ${town.error.detail}` })
  const house = loadHouse(folders.content)
  if (!house.ok) return err({ detail: `${house.error.path}: ${house.error.detail}` })
  const policies = loadPolicies(folders.content)
  if (!policies.ok) return err({ detail: `${policies.error.path}: ${policies.error.detail}` })
  const folder = claimFolder(config.dataDir, config.portal) // locked before anything in it is touched
  if (!folder.ok) return err({ detail: `DATA_DIR=${config.dataDir}: ${folder.error.detail}` })
  const { database: path, release } = folder.value
  const metrics = createMetrics()
  const disk = createDiskGauge(config.dataDir, config.diskFloorBytes, Date.now)
  const editionsDir = join(config.dataDir, 'editions')
  mkdirSync(editionsDir, { recursive: true })
  const { logLevel, moderators, newKeyListings } = config
  const settings = { town: town.value, house: house.value, moderators, newKeyListings, logLevel, editionsDir }
  const writer = await openWriter({ path, settings, onBatch: metrics.committed })
  if (!writer.ok) return err({ detail: `${path}: ${writer.error.kind}: ${writer.error.detail}` })
  const reader = openReadOnly(path)
  if (!reader.ok) return err({ detail: `${path}: ${reader.error.kind}: ${reader.error.detail}` })
  const readiness = createReadiness({ disk, health: writer.value.health })
  return ok({
    town: town.value,
    policies: policies.value,
    path,
    release,
    writer: writer.value,
    reader: reader.value,
    editionsDir,
    editionFiles: createEditionFiles(reader.value, editionsDir),
    prints: createPrintLog(),
    plainSearch: createPlainSearch(path),
    histograms: createHistogramCounts(path, town.value),
    disk,
    metrics,
    readiness,
  })
}

interface WireDeps {
  readonly config: Config
  readonly log: Logger
  readonly stores: Stores
  readonly listening: Listening
}

function startRelay({ config, log, stores: { writer, reader, metrics }, listening }: WireDeps): Wire {
  const { server, origins } = listening
  const relay = createRelay({
    log: writer.log,
    audience: origins[0] ?? '',
    verifyToken: (token, { now }) => verifyToken(token, { audience: origins, now }, verifiesNow),
    now: Date.now,
    later: aMomentLater,
    soon: afterThisTurn,
    limits: config.limits,
    buffers: config.buffers,
    ...createGate({ reader, writer, dataDir: config.dataDir }),
    onRefused(note) {
      metrics.refused(note.code)
      log.info(note, 'refused')
    },
  })
  const sockets = attachRelay(server, relay, { origins, limits: config.limits, proxies: proxiesOf(config) })
  return { relay, sockets, erasing: createErasing({ writer, reader, relay, now: Date.now, log }) }
}

const compactionTickMs = 10_000
const publishingTickMs = 5_000

/** Composition root: configuration, town, store, relay, projector, pages, sockets; and their end in the other order. */
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import pino, { type Logger } from 'pino'
import type { Town } from '#domain/listing.ts'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import { createApp } from './app.ts'
import { readConfig, type Config } from './config.ts'
import { loadSamplesOnce } from './first-load.ts'
import { claimFolder } from './folder.ts'
import { listen, originsOf } from './listening.ts'
import { createRelay } from './relay/relay.ts'
import { attachRelay } from './relay/socket.ts'
import { createLimiter } from './routes/limiter.ts'
import { createPages } from './routes/pages.ts'
import { createContactOf } from './stores/contacts.ts'
import { openReadOnly } from './stores/database.ts'
import { createReadModel } from './stores/read-model.ts'
import { openWriter } from './stores/writer.ts'
import { loadTown } from './town.ts'

const root = new URL('..', import.meta.url).pathname
const contentDir = join(root, 'content')
const dist = join(root, 'dist')

/** What cannot go on says why in one line and ends. */
function stop(detail: string): never {
  console.error(detail)
  process.exit(1)
}

/** The folder's lock is held before anything in it is touched. */
async function openStores({ portal, dataDir, logLevel }: Config, town: Town) {
  const folder = claimFolder(dataDir, portal)
  if (!folder.ok) stop(`DATA_DIR=${dataDir}: ${folder.error.detail}`)
  const path = folder.value.database
  const writer = await openWriter({ path, settings: { town, logLevel } })
  if (!writer.ok) stop(`${path}: ${writer.error.kind}: ${writer.error.detail}`)
  const reader = openReadOnly(path)
  if (!reader.ok) stop(`${path}: ${reader.error.kind}: ${reader.error.detail}`)
  const close = async () => {
    reader.value.close() // before the writer, so that the writer is the last to close and folds the WAL into the file
    await writer.value.close()
    folder.value.release()
  }
  return { writer: writer.value, reader: reader.value, close }
}
type Stores = Awaited<ReturnType<typeof openStores>>

async function createSite({ reader }: Stores, town: Town, { log, origin }: { log: Logger; origin: string }) {
  const now = Date.now
  const onFault = (error: Error, where: string) => log.error({ error: error.stack, where }, 'a page failed')
  const readModel = createReadModel(reader, town)
  const pages = await createPages({ dist, readModel, now, origin: () => origin, onFault })
  const limiter = createLimiter({ most: 60, windowMs: 10 * minuteMs })
  return createApp({ dist, pages, now, contactOf: createContactOf(reader), limiter, onFault })
}
type Site = Awaited<ReturnType<typeof createSite>>

function openRelay(server: Server, { writer }: Stores, { log, origins }: { log: Logger; origins: readonly string[] }) {
  const relay = createRelay({
    log: writer.log,
    audience: origins[0] ?? '',
    verifyToken: (token, { now }) => verifyToken(token, { audience: origins, now }),
    now: Date.now,
    onRefused: (note) => log.info(note, 'refused'),
  })
  const sockets = attachRelay(server, relay, { origins })
  return async () => {
    await sockets.close()
    relay.close()
  }
}

async function start(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null })
  process.on('unhandledRejection', (reason) => log.error({ reason: String(reason) }, 'nobody waited for this')) // the pages' own listener says nothing
  const town = loadTown(config.portal, contentDir)
  if (!town.ok) stop(`PORTAL=${config.portal}: ${town.error.path}: ${town.error.detail}`)
  const stores = await openStores(config, town.value)

  const site = Promise.withResolvers<Site>() // who asks before it stands waits a moment
  const fetch = async (request: Request, bindings: object) => (await site.promise).fetch(request, bindings)
  const server = createAdaptorServer({ fetch }) as Server
  const port = await listen(server, config)
  if (!port.ok) stop(port.error)
  const origins = originsOf(config, port.value)
  const closeRelay = openRelay(server, stores, { log, origins })
  if (!existsSync(join(dist, 'server'))) stop('the site is not built: npm start builds it, npm run build too')
  site.resolve(await createSite(stores, town.value, { log, origin: origins[0] ?? '' }))

  if (config.samples) {
    const loaded = await loadSamplesOnce({ ...stores, town: town.value, contentDir, now: Date.now() })
    if (!loaded.ok) stop(loaded.error.detail)
  }
  void stores.writer.lost.then((reason) => stop(reason))
  endOn(['SIGTERM', 'SIGINT'], async () => {
    server.close()
    await closeRelay()
    await stores.close()
  })
  console.log(`${town.value.portal.name.zh}: ${origins[0]}`)
}

/** Once; a second signal or ten seconds end it all the same. */
function endOn(signals: readonly NodeJS.Signals[], end: () => Promise<void>): void {
  let ending = false
  for (const signal of signals)
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      setTimeout(() => process.exit(1), 10_000).unref()
      void end().then(() => process.exit(0))
    })
}

const config = readConfig(process.env)
if (config.ok) await start(config.value)
else stop(config.error.lines.join('\n'))

/** Composition root: configuration, town, store, relay, projector, pages, sockets; and their end in the other order. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import pino from 'pino'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import { createApp } from './app.ts'
import { readConfig, type Config } from './config.ts'
import { loadSamplesOnce } from './first-load.ts'
import { claimFolder } from './folder.ts'
import { loadPolicies } from './policies.ts'
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

/** What cannot go on says why in one line and ends. */
function stop(detail: string): never {
  console.error(detail)
  process.exit(1)
}

/** Every address this portal is reached by: ORIGIN alone where it is set, else the two names of this machine. */
const originsOf = ({ origin, host }: Config, port: number): readonly string[] => {
  if (origin) return [origin]
  const local = ['localhost', '127.0.0.1', '[::1]']
  const named = local.includes(host) || host === '0.0.0.0' || host.includes(':') ? [] : [host]
  return [...local, ...named].map((name) => `http://${name}:${port}`)
}

async function start(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null })
  const town = loadTown(config.portal, contentDir)
  if (!town.ok) stop(`PORTAL=${config.portal}: ${town.error.path}: ${town.error.detail}`)
  const policies = loadPolicies(contentDir)
  if (!policies.ok) stop(`${policies.error.path}: ${policies.error.detail}`)
  const path = claimFolder(config.dataDir, config.portal)
  if (!path.ok) stop(`DATA_DIR=${config.dataDir}: ${path.error.detail}`)
  const settings = { town: town.value, logLevel: config.logLevel }
  const writer = await openWriter({ path: path.value, settings })
  if (!writer.ok) stop(`${writer.error.path}: ${writer.error.kind}: ${writer.error.detail}`)
  const reader = openReadOnly(path.value)
  if (!reader.ok) stop(`${reader.error.path}: ${reader.error.detail}`)

  const server = createAdaptorServer({ fetch: (request, bindings) => app.fetch(request, bindings) }) as Server
  server.listen(config.port, config.host)
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => stop(`PORT=${config.port}: ${String(error)}`)),
  ])
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const origins = originsOf(config, port)

  const relay = createRelay({
    log: writer.value.log,
    audience: origins[0] ?? '',
    verifyToken: (token, { now }) => verifyToken(token, { audience: origins, now }),
    now: Date.now,
    onRefused: (note) => log.info(note, 'refused'),
  })
  const sockets = attachRelay(server, relay, { origins })
  const pages = await createPages({
    dist: join(root, 'dist'),
    readModel: createReadModel(reader.value, town.value),
    now: Date.now,
    origin: () => origins[0] ?? '',
  })
  const app = createApp({
    dist: join(root, 'dist'),
    pages,
    policies: policies.value,
    now: Date.now,
    contactOf: createContactOf(reader.value),
    limiter: createLimiter({ most: 60, windowMs: 10 * minuteMs }),
    onFault: (error, where) => log.error({ error: error.stack, where }, 'a page failed'),
  })

  if (config.samples) {
    const deps = { writer: writer.value, reader: reader.value, town: town.value, contentDir, now: Date.now() }
    const loaded = await loadSamplesOnce(deps)
    if (!loaded.ok) stop(loaded.error.detail)
  }
  void writer.value.lost.then((reason) => stop(reason))
  endOn(['SIGTERM', 'SIGINT'], async () => {
    server.close()
    await sockets.close()
    relay.close()
    reader.value.close() // before the writer, so that the writer is the last to close and folds the WAL into the file
    await writer.value.close()
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

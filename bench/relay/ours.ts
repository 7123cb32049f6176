/**
 * This portal's relay as a process of its own: file, writer thread, access by real tokens and the room table, gap check,
 * limits that count but that one machine's load does not reach, compaction, public rooms over HTTP. `PROJECTOR=on` puts the projector
 * beside it, as in production. `LIMITS=attack` keeps production's limits but those of pace. Prints its address. Argument: the database file.
 */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { verifyToken } from '#domain/token.ts'
import { createCompaction } from '../../server/compaction.ts'
import { createGate } from '../../server/gate.ts'
import type { VerifyToken } from '../../server/relay/access.ts'
import { createRelay } from '../../server/relay/relay.ts'
import { afterThisTurn, aMomentLater, attachRelay } from '../../server/relay/socket.ts'
import { createRoomCopies } from '../../server/routes/room-copies.ts'
import { roomRoutes } from '../../server/routes/rooms.ts'
import { verifiesNow } from '../../server/signature.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createRoomVersion } from '../../server/stores/room-version.ts'
import { openWriter } from '../../server/stores/writer.ts'
import { loadTown } from '../../server/town.ts'
import { outOfReach, underAttack } from './limits.ts'
import { origin, portalId } from './material.ts'

const path = process.argv[2] ?? ''
const town = loadTown(portalId, new URL('../../content', import.meta.url).pathname)
if (!town.ok) throw new Error(town.error.detail)
const settings = process.env['PROJECTOR'] === 'on' ? { town: town.value, logLevel: 'error' } : undefined
const writer = await openWriter({ path, settings, thread: new URL('counting-thread.ts', import.meta.url) })
if (!writer.ok) throw new Error(writer.error.detail)
const reader = openReadOnly(path)
if (!reader.ok) throw new Error(reader.error.detail)

const limits = process.env['LIMITS'] === 'attack' ? underAttack : outOfReach
const { log, ask } = writer.value
const gate = createGate({ reader: reader.value, writer: writer.value, dataDir: dirname(path) })
const verify: VerifyToken = (token, expected) => verifyToken(token, expected, verifiesNow)
const relay = createRelay({
  log,
  verifyToken: verify,
  audience: origin,
  now: Date.now,
  later: aMomentLater,
  soon: afterThisTurn,
  limits,
  ...gate,
})
const compaction = createCompaction({
  writer: writer.value,
  path,
  now: Date.now,
  onCompacted: relay.refresh,
  report: (room, reason) => console.error(room, reason),
})
const compacting = setInterval(compaction.tick, 10_000)
const copies = createRoomCopies({ log, merged: relay.merged, budgetBytes: 32 * 1024 * 1024 })
const app = new Hono()
  .route('/rooms', roomRoutes({ versionOf: createRoomVersion(reader.value), copies }))
  .get('/commits', async (c) => c.json((await ask('commits', undefined)) as object))
const server = createAdaptorServer({ fetch: app.fetch }) as Server
const sockets = attachRelay(server, relay, { origins: [origin], limits })
server.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`)

process.once('SIGTERM', () => {
  server.close()
  clearInterval(compacting)
  void sockets
    .close()
    .then(compaction.close)
    .then(() => reader.value.close())
    .then(() => writer.value.close())
    .then(() => process.exit(0))
})

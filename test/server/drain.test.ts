/** SIGTERM under load: the whole server as a process of its own, real clients, and the same folder started again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { restartingDelay, restartingReason } from '#domain/restart.ts'
import { shelfOf } from '#domain/room.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { openBusyWriter } from '../fixtures/busy-writer.ts'
import { must } from '../fixtures/must.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'
import { openAs } from '../journeys/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'drain-'))
const running: PortalProcess[] = []
afterAll(async () => {
  for (const portal of running) await portal.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})
const start = async (env: Readonly<Record<string, string>>) => {
  const portal = await startPortalProcess(folder, env)
  running.push(portal)
  return portal
}

const records = (doc: Y.Doc) => doc.getMap('records').toJSON()

function storedIn(path: string, rooms: readonly string[]): ReadonlyMap<string, Record<string, unknown>> {
  const core = createSqliteCore(must(openDatabase(path)))
  const found = rooms.map((room) => {
    const doc = new Y.Doc()
    const { snapshot, updates = [] } = core.readNow(room) ?? {}
    for (const update of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, update)
    return [room, records(doc)] as const
  })
  core.db.close()
  return new Map(found)
}

describe('a server that is told to end', () => {
  it('under load loses no acknowledgement, tells its clients when to come back, and they converge', async () => {
    const dataDir = join(folder, 'load')
    const first = await start({ DATA_DIR: dataDir })
    const busy = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => openBusyWriter(first.url, await aSigner(at + 1), at + 1)),
    )
    const people = await Promise.all(
      [31, 32, 33, 34].map(async (seed) => {
        const signer = await aSigner(seed)
        const room = shelfOf(signer.did)
        return { writer: openAs(first.url, room, signer), reader: openAs(first.url, room, await aSigner(seed + 10)) }
      }),
    )
    let typed = 0
    const typing = setInterval(() => {
      for (const { writer } of people) writer.doc.getMap('records').set(`typed ${typed}`, 'x'.repeat(100))
      typed++
    }, 5)
    await until('a thousand acks', () => busy.every((writer) => writer.acked() >= 50))

    expect(await first.end('SIGTERM')).toBe(0) // 1 when it did not end by itself within ten seconds
    const closings = await Promise.all(busy.map((writer) => writer.closed))
    expect(new Set(closings.map(({ code }) => code))).toEqual(new Set([1012]))
    expect(new Set(closings.map(({ code, reason }) => restartingDelay(code, reason))).size).toBe(busy.length)
    const stored = storedIn(
      join(dataDir, 'portal.sqlite'),
      busy.map(({ room }) => room),
    )
    for (const { room, acked, sent } of busy) {
      const keys = new Set(Object.keys(stored.get(room) ?? {}))
      const lost = Array.from({ length: acked() }, (_, at) => `k${at}`).filter((key) => !keys.has(key))
      expect(lost, `${acked()} acknowledged of ${sent()} sent`).toEqual([])
      expect(keys.size).toBeLessThanOrEqual(sent())
    }
    await new Promise((resolve) => setTimeout(resolve, 200)) // people go on typing
    clearInterval(typing)

    await start({ DATA_DIR: dataDir, PORT: first.port })
    await until('everybody to be stored', () =>
      people.every(({ writer }) => writer.synced() && writer.unsynced() === 0),
    )
    for (const { writer, reader } of people) {
      await until('the readers to follow', () => reader.doc.getMap('records').size === typed)
      expect(records(reader.doc)).toEqual(records(writer.doc))
      expect(Object.keys(records(writer.doc))).toHaveLength(typed)
      for (const client of [writer, reader]) client.close()
    }
  }, 120_000) // clients dial again with a growing pause

  it('ends at once when nobody is there, and leaves one whole file', async () => {
    const dataDir = join(folder, 'idle')
    const portal = await start({ DATA_DIR: dataDir })
    expect((await fetch(`${portal.url}/readyz`)).status).toBe(200)
    expect(await portal.end('SIGTERM')).toBe(0)
    expect(storedIn(join(dataDir, 'portal.sqlite'), []).size).toBe(0)
  })

  it('is not held up by who is asking slowly or has a socket that reads nothing', async () => {
    const portal = await start({ DATA_DIR: join(folder, 'slow') })
    const { connect } = await import('node:net')
    const half = connect(Number(portal.port), '127.0.0.1')
    half.on('error', () => undefined)
    half.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n') // and never the rest
    const deaf = connect(Number(portal.port), '127.0.0.1')
    deaf.on('error', () => undefined)
    deaf.write(
      'GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await new Promise((resolve) => deaf.once('data', resolve))
    deaf.pause()
    expect(await portal.end('SIGTERM')).toBe(0)
  })
})

describe('the delay in the reason of the close', () => {
  it.each([
    [1012, restartingReason(0), 1000],
    [1012, restartingReason(200), 2000],
    [1012, restartingReason(1_000_000), 30_000],
    [1012, 'restarting 99999', 30_000], // whoever says it
    [1012, 'restarting', undefined],
    [1012, 'restarting 1e3', undefined],
    [1006, restartingReason(0), undefined],
  ] as const)('%i %s is %s', (code, reason, delay) => {
    expect(restartingDelay(code, reason)).toBe(delay)
  })
})

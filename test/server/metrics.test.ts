/** What the portal counts, who may see it, and that no label names anybody. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Hono } from 'hono'
import { refusals } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { createDiskGauge } from '../../server/disk.ts'
import { createFigures } from '../../server/figures.ts'
import { createEditions } from '../../server/stores/editions.ts'
import { createMetrics } from '../../server/metrics.ts'
import { metricsRoutes } from '../../server/routes/metrics.ts'
import { operatorRoutes } from '../../server/routes/operator.ts'
import type { Pages, PortalBindings } from '../../server/routes/pages.ts'
import { openDatabase, openReadOnly } from '../../server/stores/database.ts'
import { openWriter, type BatchNote } from '../../server/stores/writer.ts'
import { must } from '../fixtures/must.ts'
import { aRoomCopy } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const folder = mkdtempSync(join(tmpdir(), 'metrics-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const thread = new URL('../fixtures/plain-writer-thread.ts', import.meta.url)

const valueOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1])

describe('metrics', () => {
  it('of two portals in one process are two', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    one.refused('gap')
    one.refused('gap')
    expect(valueOf(await one.text(), 'portal_refusals_total{code="gap"}')).toBe(2)
    expect(valueOf(await other.text(), 'portal_refusals_total{code="gap"}')).toBe(0)
    expect(await one.refusals()).toEqual({ gap: 2 })
    expect(await other.refusals()).toEqual({})
  })

  it('have a row for every code before it was ever used, and the delay of the event loop', async () => {
    const text = await createMetrics().text()
    for (const code of Object.keys(refusals))
      expect(valueOf(text, `portal_refusals_total{code="${code}"}`), code).toBe(0)
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
  })

  it('count each transaction of the writer thread with its updates, and what the disk refused apart', async () => {
    const metrics = createMetrics()
    const notes: BatchNote[] = []
    const onBatch = (note: BatchNote) => {
      notes.push(note)
      metrics.committed(note)
    }
    const writer = must(await openWriter({ path: join(folder, 'batches.sqlite'), thread, onBatch }))
    const entry = (room: string) => ({ room, update: Uint8Array.of(0, 0), at: 1 })
    await Promise.all(['a', 'b', 'c'].map((room) => writer.log.append([entry(room), entry(room)])))
    await writer.log.append([entry('d')])
    await writer.close()
    metrics.committed({ entries: 5, ms: 3, fault: 'database or disk is full' })

    expect(notes.map(({ entries, fault }) => [entries, fault])).toEqual([
      [6, undefined],
      [1, undefined],
    ])
    const text = await metrics.text()
    expect(valueOf(text, 'portal_commit_updates_count')).toBe(2)
    expect(valueOf(text, 'portal_commit_updates_sum')).toBe(7)
    expect(valueOf(text, 'portal_commit_seconds_count')).toBe(2)
    expect(valueOf(text, 'portal_commit_seconds_sum')).toBeGreaterThan(0)
    expect(valueOf(text, 'portal_commit_faults_total')).toBe(1)
  })
})

async function aPortal() {
  const path = join(folder, 'portal.sqlite')
  const core = must(openDatabase(path))
  const { did } = await aSigner(1)
  const add = core.prepare(
    'INSERT OR REPLACE INTO rooms (name, epoch, last_seq, last_at, projected_seq) VALUES (?, ?, ?, 1, ?)',
  )
  add.run(shelfOf(did), 'e1', 5, 3)
  add.run('latest/all', 'e2', 6, 0)
  const metrics = createMetrics()
  metrics.refused('read-only')
  const figures = createFigures({
    db: must(openReadOnly(path)),
    disk: createDiskGauge(folder, 7, Date.now),
    metrics,
    unready: async () => [{ reason: 'storage', detail: 'full' }],
    relay: () => ({ openRooms: 3, cachedRooms: 2, cachedBytes: 1000 }),
    sockets: () => ({ sockets: 4, bufferedBytes: 50 }),
    httpCachedBytes: () => 200,
    lastBackup: () => ({ at: 5000, bytes: 77 }),
    prints: () => ({ prints: 3, failed: 1, lastMs: 1234, lastTokenised: 5, fault: { at: 8500, reason: 'disk full' } }),
    entriesIn: async (segment) => (segment === 'd' ? 5 : undefined),
    now: () => 9000,
  })
  metrics.watch(figures.readings)
  return { did, metrics, figures, core, update: aRoomCopy('records').put({ a: 'b' }) }
}

describe('what the operator is shown', () => {
  it('is read where it lives, and holds no name of a room and no key', async () => {
    const { did, metrics, figures } = await aPortal()
    const text = await metrics.text()
    const all = await figures.all()
    expect(valueOf(text, 'portal_sockets')).toBe(4)
    expect(valueOf(text, 'portal_rooms_open')).toBe(3)
    expect(valueOf(text, 'portal_buffered_bytes')).toBe(50)
    expect(valueOf(text, 'portal_projector_behind_rooms')).toBe(1)
    expect(valueOf(text, 'portal_backup_timestamp_seconds')).toBe(5)
    expect(valueOf(text, 'portal_database_bytes') + valueOf(text, 'portal_wal_bytes')).toBeGreaterThan(8192)
    expect(valueOf(text, 'portal_disk_free_bytes')).toBeGreaterThan(0)
    expect([valueOf(text, 'portal_edition_timestamp_seconds'), valueOf(text, 'portal_wire_entries')]).toEqual([0, 0])
    expect(valueOf(text, 'portal_ready')).toBe(0)
    expect(all).toMatchObject({
      unready: [{ reason: 'storage', detail: 'full' }],
      bytes: { floor: 7, cached: 1200, buffered: 50 },
      counts: { keys: 1, rooms: 2, listings: 0, live: 0, journal: 0, sockets: 4, openRooms: 3 },
      behind: 1,
      refusals: { 'read-only': 1 },
      edition: undefined,
      prints: { prints: 3, failed: 1, lastMs: 1234, fault: { at: 8500, reason: 'disk full' } },
      backup: { at: 5000, bytes: 77 },
    })
    for (const told of [text, JSON.stringify(all)]) expect(told).not.toMatch(new RegExp(`${did}|did:|shelf/|latest/`))
  })
})

it('tells the edition that search reads, and how many listings differ from it', async () => {
  const { metrics, figures, core } = await aPortal()
  const row = { edition: 'e'.repeat(24), base: 'b', delta: 'd', seq: 3, printedAt: 8000, baseSeq: 3, baseAt: 8000, entries: 15, baseEntries: 12, bytes: 3456, siteHash: 's' } // prettier-ignore
  createEditions(core).replace(row, 8000)
  const judge = core.prepare(`
    INSERT INTO journal (seq, room, slot, seen, hash, did, kind, id, received_at, verdict, refusals, rules, body)
    VALUES (?, 'shelf/x', 's', ?, 'h', 'd', 'listing', ?, 1, ?, '[]', 1, x'')`)
  for (const [seq, id, verdict] of [[3, 'a', 'published'], [4, 'a', 'published'], [5, 'a', 'published'], [6, 'b', 'published'], [7, 'c', 'refused']] as const) judge.run(seq, String(seq), id, verdict) // prettier-ignore
  const { edition: id } = row
  expect((await figures.all()).edition).toEqual({ id, printedAt: 8000, entries: 15, inBase: 12, inDelta: 5, bytes: 3456, changed: 2 }) // prettier-ignore
  expect(valueOf(await metrics.text(), 'portal_edition_timestamp_seconds')).toBe(8)
  expect(valueOf(await metrics.text(), 'portal_wire_entries')).toBe(2)
  core.exec('DELETE FROM editions; DELETE FROM journal')
})

describe('the gate', () => {
  const token = 'correct-horse-battery-staple'
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  const rendered: string[] = []
  const pages: Pages = {
    async render(c, page) {
      rendered.push(`${page?.path} ${page?.operator?.now}`)
      return c.text('a page')
    },
    missing: async (c) => c.text('missing', 404),
    broken: async (c) => c.text('broken', 500),
  }
  const ask = async (path: string, address: string, headers: Record<string, string>, operatorToken?: string) => {
    const { metrics, figures } = await aPortal()
    const app = new Hono<PortalBindings>()
      .route('/metrics', metricsRoutes({ metrics, operatorToken }))
      .route('/operator', operatorRoutes({ figures: figures.all, operatorToken, pages }))
    const bindings = { incoming: { socket: { remoteAddress: address } } } as unknown as PortalBindings['Bindings']
    return app.request(path, { headers: { Host: 'localhost:4321', ...headers } }, bindings)
  }

  it.each([
    // address, headers, token set, status
    ['127.0.0.1', {}, false, 200],
    ['::1', { Host: '[::1]:4321' }, false, 200],
    ['::ffff:127.0.0.1', { Host: '127.0.0.1' }, true, 200],
    ['192.0.2.1', {}, false, 404],
    ['127.0.0.1', { 'X-Forwarded-For': '192.0.2.1' }, false, 404], // a proxy on this machine brings the world
    ['127.0.0.1', { Via: '1.1 cache' }, false, 404],
    ['127.0.0.1', { Host: 'port.example.org' }, false, 404],
    ['127.0.0.1', { Host: 'localhost.example.org' }, false, 404],
    ['127.0.0.1', { 'X-Forwarded-For': '127.0.0.1' }, true, 401],
    ['192.0.2.1', {}, true, 401],
    ['192.0.2.1', { Authorization: `Bearer ${token}` }, true, 200],
    ['192.0.2.1', { Authorization: `Bearer ${token}x` }, true, 401],
    ['192.0.2.1', { Authorization: basic(`anybody:${token}`) }, true, 200],
    ['192.0.2.1', { Authorization: basic(token) }, true, 200],
    ['192.0.2.1', { Authorization: basic('anybody:') }, true, 401],
    ['192.0.2.1', { Authorization: `Bearer ` }, false, 404],
  ] as const)('from %s with %j, token set: %s, is %i', async (address, headers, hasToken, status) => {
    for (const path of ['/metrics', '/operator']) {
      const answer = await ask(path, address, headers, hasToken ? token : undefined)
      expect(answer.status, path).toBe(status)
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
      expect(answer.headers.has('WWW-Authenticate')).toBe(status === 401)
    }
  })

  it('lets a page or JSON through, as it is asked for', async () => {
    rendered.splice(0)
    expect(await (await ask('/operator', '127.0.0.1', {})).text()).toBe('a page')
    expect(rendered).toEqual(['/operator 9000'])
    const json = await ask('/operator', '127.0.0.1', { Accept: 'application/json' })
    expect(await json.json()).toMatchObject({ now: 9000, behind: 1 })
  })
})

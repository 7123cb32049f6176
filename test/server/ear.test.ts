/** The ear of a page that only reads, on the whole relay with a real file and socket. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { latestOf } from '#domain/room.ts'
import type { Connection } from '#src/sync/connection.ts'
import { listen } from '#src/sync/ear.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'ear-'))
const cleanups: (() => void)[] = []
let server: RelayServer
let path: string
let files = 0

beforeEach(async () => {
  path = join(folder, `${++files}.sqlite`)
  server = await startRelay(path)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const until = (met: () => void) => vi.waitFor(met, { timeout: 15_000, interval: 5 })
const room = latestOf('all')

function anEar(name = room) {
  const ear = { heard: [] as string[], states: [] as Connection[], seen: true, turned: () => undefined as void }
  const stop = listen({
    url: `${server.url}/${name}`,
    heard: (why) => void ear.heard.push(why),
    tell: (state) => void ear.states.push(state),
    isSeen: () => ear.seen,
    watchPage: (turned) => (ear.turned = turned),
  })
  cleanups.push(stop)
  return Object.assign(ear, { stop })
}

/** As the projector writes: one update of the client 1 for each change. */
const { doc, updates } = recordedDoc(1)
async function change(key: string, value = 'x'.repeat(2_000)) {
  doc.getMap('lines').set(key, value)
  const stored = await server.writer.log.append([{ room, update: updates.at(-1)!, at: 1 }])
  expect(stored.ok).toBe(true)
}
const sockets = () => server.relay.counts().openRooms

it('hears that it has joined, then each change, and is sent nothing of what was there before', async () => {
  const before = recordedDoc(1)
  before.doc.getMap('lines').set('old', 'x'.repeat(100_000))
  await server.writer.log.append([{ room, update: before.updates[0]!, at: 1 }])
  const received: number[] = []
  const Real = globalThis.WebSocket
  vi.stubGlobal(
    'WebSocket',
    class extends Real {
      constructor(url: string) {
        super(url)
        this.addEventListener('message', ({ data }) => void received.push((data as ArrayBuffer).byteLength))
      }
    },
  )
  cleanups.push(() => vi.unstubAllGlobals())
  const ear = anEar()
  await until(() => expect(ear.heard).toEqual(['joined']))
  expect(ear.states).toEqual(['online'])
  expect(Math.max(...received)).toBeLessThan(100)
  before.doc.getMap('lines').set('new', 'y')
  await server.writer.log.append([{ room, update: before.updates[1]!, at: 2 }])
  await until(() => expect(ear.heard).toEqual(['joined', 'changed']))
  before.doc.getMap('lines').delete('new')
  await server.writer.log.append([{ room, update: before.updates[2]!, at: 3 }])
  await until(() => expect(ear.heard).toEqual(['joined', 'changed', 'changed']))
})

it('joins a room in which nothing was ever written, and hears the first change', async () => {
  const ear = anEar()
  await until(() => expect(ear.heard).toEqual(['joined']))
  await change('a')
  await until(() => expect(ear.heard).toEqual(['joined', 'changed']))
})

it('says that the portal is gone, dials by itself, and looks again when it is back', async () => {
  const ear = anEar()
  await until(() => expect(ear.heard).toEqual(['joined']))
  await server.close()
  await until(() => expect(ear.states).toEqual(['online', 'offline']))
  server = await startRelay(path, server.port)
  await until(() => expect(ear.heard).toEqual(['joined', 'joined']))
  expect(ear.states.at(-1)).toBe('online')
})

it('hangs up while nobody looks at the page, and says nothing of the connection then', async () => {
  const ear = anEar()
  await until(() => expect(ear.heard).toEqual(['joined']))
  ear.seen = false
  ear.turned()
  await until(() => expect(sockets()).toBe(0))
  expect(ear.states).toEqual(['online'])
  ear.seen = true
  ear.turned()
  await until(() => expect(ear.heard).toEqual(['joined', 'joined']))
})

it('is over when it is stopped, also with its page in view', async () => {
  const ear = anEar()
  await until(() => expect(ear.heard).toEqual(['joined']))
  ear.stop()
  await until(() => expect(sockets()).toBe(0))
  ear.turned()
  await change('b')
  expect(ear.heard).toEqual(['joined'])
})

it('of a room that is not for everyone it is told nothing', async () => {
  const ear = anEar('inbox/did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK')
  await until(() => expect(ear.states).toEqual(['offline']))
  expect(ear.heard).toEqual([])
})

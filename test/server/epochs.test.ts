/** The epoch rule from end to end: the browser's rooms over the unchanged provider, against a relay that was restored or erased. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { parseRelayMessage } from '#domain/protocol.ts'
import { latestOf, meOf, shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { answerAsides, asides } from '#src/sync/asides.ts'
import type { Link } from '#src/sync/link.ts'
import { openRoom, type HeldRoom } from '#src/sync/rooms.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { eraseRoom, renewEpochs } from '../../server/stores/epochs.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { dialRelay } from '../fixtures/dialled.ts'
import { must } from '../fixtures/must.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { audience, startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'epochs-'))
const cleanups: (() => unknown)[] = []
const latest = latestOf('all')
let alice: Signer
let shelf: string
let server: RelayServer
let path: string
let files = 0

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  shelf = shelfOf(alice.did)
})
beforeEach(async () => {
  path = join(folder, `${++files}.sqlite`)
  server = await startRelay(path)
})
afterEach(async () => {
  answerAsides('drop')
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The page's link without a page. */
function linkTo(url: string): Link {
  const socket = new HocuspocusProviderWebsocket({
    url,
    WebSocketPolyfill: WebSocket,
    delay: 50,
    minDelay: 50,
    maxDelay: 100,
  })
  cleanups.push(() => socket.destroy())
  return {
    join({ name, doc, token, heard, synced }) {
      const provider = new HocuspocusProvider({
        websocketProvider: socket,
        name,
        document: doc,
        awareness: null,
        token,
        onSynced: synced,
        onStateless: ({ payload }) => {
          const message = parseRelayMessage(payload)
          if (message) heard(message)
        },
      })
      provider.attach()
      return { origin: provider, resend: () => provider.forceSync(), leave: () => provider.destroy() }
    },
  }
}

interface Page extends HeldRoom {
  readonly link: Link
  startedAgain(): number
}

/** A page that has a room open; without IndexedDB, so what it knows it knows while it lives. */
async function open(name: string): Promise<Page> {
  const link = linkTo(server.url)
  let again = 0
  let isRaised = false
  const isOwn = name.endsWith(alice.did)
  const flag = { isRaised: () => isRaised, raise: () => void (isRaised = true), lower: () => void (isRaised = false) }
  const room = await openRoom(name, {
    link: async () => link,
    token: async () => (isOwn ? makeToken(alice, audience, Date.now()) : ''),
    heardClock: () => undefined,
    unsent: isOwn ? flag : undefined,
    putsBack: name.startsWith('me/'),
    presence: undefined,
    startAgain: () => void again++,
  })
  cleanups.push(() => room.close())
  return { ...room, link, startedAgain: () => again }
}

const until = (met: () => unknown) => vi.waitFor(met, { timeout: 8000, interval: 10 })
const stored = ({ stored: isStored }: Page) => until(() => expect(isStored()).toBe(true))
const push = ({ doc }: Page, ...words: readonly string[]) => doc.getArray<string>('l').push([...words])
const wordsOf = (doc: Y.Doc) => doc.getArray<string>('l').toArray()

async function onRelay(room: string): Promise<readonly string[]> {
  const bytes = await server.writer.log.read(room)
  const doc = new Y.Doc()
  for (const update of [...(bytes?.snapshot ? [bytes.snapshot] : []), ...(bytes?.updates ?? [])])
    Y.applyUpdate(doc, update)
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  return wordsOf(doc)
}

async function backUp(): Promise<void> {
  await server.close()
  copyFileSync(path, `${path}.backup`)
  server = await startRelay(path, server.port)
}

/** @param over what else happened to the file */
async function restore(over: (core: ReturnType<typeof createSqliteCore>) => void = () => undefined): Promise<void> {
  await server.close()
  copyFileSync(`${path}.backup`, path)
  const core = createSqliteCore(must(openDatabase(path)))
  renewEpochs(core.db)
  over(core)
  core.db.close()
  server = await startRelay(path, server.port)
}

/** Something of this room was lost, and the browser asks about it. */
const asked = () => until(() => expect(asides().map(({ room }) => room)).toEqual([shelf]))
const calm = async () => {
  const reader = await open(shelf) // who joins later is answered later
  await until(() => expect(reader.synced()).toBe(true))
}

describe('an own room, after an older backup was restored', () => {
  it('is asked about, and put back once the person says so, once', async () => {
    const page = await open(shelf)
    push(page, 'before')
    await stored(page)
    await backUp()
    push(page, 'lost', 'words')
    await stored(page)
    await restore()
    await asked()
    await calm()
    expect(await onRelay(shelf)).toEqual(['before'])
    expect([wordsOf(page.doc), page.stored(), page.startedAgain()]).toEqual([['before', 'lost', 'words'], false, 0])
    push(page, 'meanwhile')
    answerAsides('putBack')
    await stored(page)
    expect(await onRelay(shelf)).toEqual(['before', 'lost', 'words', 'meanwhile'])
    expect(asides()).toEqual([])
    push(page, 'after')
    await stored(page)
    expect(await onRelay(shelf)).toEqual(['before', 'lost', 'words', 'meanwhile', 'after'])
  })

  it('is put back by two devices that both had it, and nothing doubles', async () => {
    const [one, other] = [await open(shelf), await open(shelf)]
    push(one, 'before')
    await stored(one)
    await backUp()
    push(one, 'one')
    await stored(one)
    push(other, 'other')
    await stored(other)
    await until(() => expect([wordsOf(one.doc).length, wordsOf(other.doc).length]).toEqual([3, 3]))
    await restore()
    await until(() => expect(asides()).toHaveLength(2))
    answerAsides('putBack')
    await until(async () => expect((await onRelay(shelf)).toSorted()).toEqual(['before', 'one', 'other']))
    await until(() => expect([one.stored(), other.stored()]).toEqual([true, true]))
    expect((await onRelay(shelf)).toSorted()).toEqual(['before', 'one', 'other'])
    expect(wordsOf(one.doc)).toEqual(wordsOf(other.doc))
  })

  it('of which the backup has everything is not asked about, and what was never sent goes out', async () => {
    const page = await open(shelf)
    push(page, 'before')
    await stored(page)
    await backUp()
    await server.close()
    push(page, 'offline')
    server = await startRelay(path, server.port)
    await stored(page)
    await server.close()
    copyFileSync(path, `${path}.backup`)
    push(page, 'offline again')
    server = await startRelay(path, server.port)
    await restore()
    await stored(page)
    expect(await onRelay(shelf)).toEqual(['before', 'offline', 'offline again'])
    expect(asides()).toEqual([])
  })
})

describe('an own room that was erased', () => {
  it('does not come back by itself, and goes from the browser when the person says so', async () => {
    const page = await open(shelf)
    push(page, 'erased words')
    await stored(page)
    await backUp()
    await restore((core) => {
      expect(eraseRoom(core, shelf)).toBe(true)
    })
    await asked()
    await calm()
    expect(await server.writer.log.read(shelf)).toBeUndefined()
    answerAsides('drop')
    await until(() => expect(page.startedAgain()).toBe(1))
    expect(await server.writer.log.read(shelf)).toBeUndefined()
  })

  it('and is sealed comes back at once, whole, without a question', async () => {
    const me = meOf(alice.did)
    const page = await open(me)
    push(page, 'ciphertext')
    await stored(page)
    await backUp()
    await restore((core) => {
      expect(eraseRoom(core, me)).toBe(true)
    })
    await stored(page)
    await until(async () => expect(await onRelay(me)).toEqual(['ciphertext']))
    expect([asides(), page.startedAgain()]).toEqual([[], 0])
  })

  it('comes back by the act of its author, under a new epoch, whole', async () => {
    const page = await open(shelf)
    push(page, 'erased', 'words')
    await stored(page)
    const before = (await server.writer.log.read(shelf))?.epoch
    await backUp()
    await restore((core) => void eraseRoom(core, shelf))
    await asked()
    answerAsides('putBack')
    await stored(page)
    expect(await onRelay(shelf)).toEqual(['erased', 'words'])
    expect((await server.writer.log.read(shelf))?.epoch).not.toBe(before)
  })
})

describe('a room the relay writes', () => {
  it('is dropped and read anew after a restore, whatever the relay has written since with the same clocks', async () => {
    const write = async (...words: readonly string[]) => {
      const { doc, updates } = recordedDoc(1)
      const bytes = await server.writer.log.read(latest)
      for (const update of bytes?.updates ?? []) Y.applyUpdate(doc, update)
      updates.length = 0
      doc.clientID = 1
      doc.getArray<string>('l').push([...words])
      must(await server.writer.log.append(updates.map((update) => ({ room: latest, update, at: 1 }))))
    }
    await write('first')
    await backUp()
    await write('lost', 'lines')
    const page = await open(latest)
    await until(() => expect(wordsOf(page.doc)).toEqual(['first', 'lost', 'lines']))
    await restore((core) => {
      const { doc, updates } = recordedDoc(1)
      for (const update of core.readNow(latest)!.updates) Y.applyUpdate(doc, update)
      updates.length = 0
      doc.clientID = 1
      doc.getArray<string>('l').push(['other'])
      core.appendNow(updates.map((update) => ({ room: latest, update, at: 1 })))
    })
    await until(() => expect(page.startedAgain()).toBe(1))
    expect(wordsOf(page.doc)).toEqual(['first', 'lost', 'lines']) // the two pasts were not mixed
    const again = await open(latest)
    await until(() => expect(wordsOf(again.doc)).toEqual(['first', 'other']))
    expect(asides()).toEqual([])
  })
})

describe('a large difference', () => {
  it('of 1.5 MB written offline arrives whole, on one socket', async () => {
    const doc = new Y.Doc()
    for (let at = 0; at < 300; at++) doc.getMap('records').set(`k${at}`, `${at} ${'x'.repeat(5000)}`)
    expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(1_500_000)
    const writer = dialRelay(server.url, shelf, alice, doc)
    cleanups.push(writer.hangUp)
    await until(() => expect([writer.provider.isSynced, writer.provider.unsyncedChanges]).toEqual([true, 0]))
    const reader = dialRelay(server.url, shelf, undefined)
    cleanups.push(reader.hangUp)
    await until(() => expect(reader.doc.getMap('records').toJSON()).toEqual(doc.getMap('records').toJSON()))
    expect([writer.closes(), reader.closes(), writer.codes(), reader.codes()]).toEqual([0, 0, [], []])
  })
})

/** The end of a key, in real files: its words are in the data folder before, and in none of its bytes after; what was cut off goes on. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { erasureMarkOf, signErasure } from '#domain/erasure.ts'
import type { Did, Signer } from '#domain/identity.ts'
import { toBase64url } from '#domain/bytes.ts'
import { signEnd } from '#domain/key-end.ts'
import { idOf } from '#domain/record.ts'
import { draftOf, inboxOf, shelfOf, wireOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { databaseFile, openDatabase } from '../../server/stores/database.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { goes, seedTown, stays, theOneWhoStays, wordsIn } from '../fixtures/erasable-town.ts'
import { openTown, theOneWhoGoes } from '../fixtures/erasing-town.ts'
import { erasureKillPoints } from '../fixtures/erasing-process.ts'
import { aDraft } from '../fixtures/guide-bodies.ts'
import { aMessageId, aSealed } from '../fixtures/messages.ts'
import { must } from '../fixtures/must.ts'
import { aSentPhoto } from '../fixtures/photos.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { aRecord, slotOf } from '../fixtures/records.ts'
import { aNonce } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'
import { until } from '../fixtures/until.ts'
import { noticesOf, openAs } from '../journeys/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'erase-'))
const running: PortalProcess[] = []
afterAll(async () => {
  for (const portal of running) await portal.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})
const child = new URL('../fixtures/erasing-process.ts', import.meta.url).pathname
const cwd = new URL('../..', import.meta.url).pathname

const postErase = (url: string, token: string, statement: string) =>
  fetch(`${url}/erase`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: statement })

async function ask(url: string, signer: Signer) {
  const answer = await postErase(
    url,
    await makeToken(signer, url, Date.now()),
    await signErasure(signer, town.portal.id, Date.now()),
  )
  return { status: answer.status, body: (await answer.json()) as { readonly step?: string; readonly kind?: string } }
}
async function stepOf(url: string, did: Did) {
  const answer = await fetch(`${url}/erase/${await erasureMarkOf(did)}`)
  return ((await answer.json()) as { readonly step?: string }).step
}

describe('a key that is erased', () => {
  it('leaves no word in any file of the data folder while the portal runs; its neighbour’s stay', async () => {
    const dataDir = join(folder, 'words')
    await seedTown(dataDir)
    const leaver = await theOneWhoGoes()
    const everything = [...goes, ...stays]
    expect(wordsIn(dataDir, everything)).toEqual(everything)

    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(portal)
    const shelf = openAs(portal.url, shelfOf(leaver.did), leaver)
    const reader = openAs(portal.url, shelfOf(leaver.did), await theOneWhoStays())
    await until(
      'both have the shelf',
      () => shelf.doc.getMap('records').size > 5 && reader.doc.getMap('records').size > 5,
    )
    const late = await aRecord(leaver, 950, Date.now(), { title: `${goes[0]}，还有一只` })
    shelf.doc.getMap('records').set(slotOf(late), late.text)
    const wireHas = async (word: string) => {
      const wire = await fetch(`${portal.url}/rooms/${wireOf(await edition(portal.url))}`)
      return Buffer.from(await wire.arrayBuffer()).includes(word)
    }
    await until('the newest is in the wire alone', () => wireHas(late.envelope.id))

    const asked = await ask(portal.url, leaver)
    expect(asked.status).toBe(202)
    await until('all of it is gone', async () => (await stepOf(portal.url, leaver.did)) === 'done')
    expect(wordsIn(dataDir, everything)).toEqual(stays)
    expect(shelf.denied).toEqual(['erased-key'])
    await until('the reader is told', () => reader.denied.includes('erased-key'))
    expect(await wireHas(goes[0]!)).toBe(false)
    expect((await fetch(`${portal.url}/rooms/latest/all`).then((found) => found.text())).includes(stays[0]!)).toBe(true)
    expect(await ask(portal.url, leaver)).toEqual({ status: 202, body: { step: 'done' } }) // once more changes nothing
    for (const client of [shelf, reader]) client.close()
    await portal.end('SIGTERM')
    expect(wordsIn(dataDir, everything)).toEqual(stays)
  })

  it('takes its photos with it, and what others reported of it', async () => {
    const dataDir = join(folder, 'photos')
    await seedTown(dataDir)
    const leaver = await theOneWhoGoes()
    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(portal)
    const bytes = await aSentPhoto('#a52', 400, 300)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const address = `${portal.url}/blobs/${hash}`
    const headers = { Authorization: `Bearer ${await makeToken(leaver, portal.url, Date.now())}` }
    expect((await fetch(address, { method: 'PUT', headers, body: new Uint8Array(bytes) })).ok).toBe(true)
    const photo = { hash, width: 400, height: 300, bytes: bytes.length, type: 'image/webp' } as const
    const record = await aRecord(leaver, 951, Date.now(), { title: '有照片的一条', photos: [photo] })
    const shelf = openAs(portal.url, shelfOf(leaver.did), leaver)
    await until('the shelf is there', () => shelf.doc.getMap('records').size > 5)
    shelf.doc.getMap('records').set(slotOf(record), record.text)
    await until('the photo is shown', async () => (await fetch(address)).status === 200)
    const report = new URLSearchParams({ reason: 'other', text: '举报的人说的话' })
    expect(
      (
        await fetch(`${portal.url}/reports/${record.envelope.id}`, {
          method: 'POST',
          headers: { Accept: 'application/json' },
          body: report,
        })
      ).ok,
    ).toBe(true)
    await until('the report is kept', () => wordsIn(dataDir, ['举报的人说的话']).length > 0)

    await ask(portal.url, leaver)
    await until('all of it is gone', async () => (await stepOf(portal.url, leaver.did)) === 'done')
    expect(readdirSync(join(dataDir, 'blobs'), { recursive: true, encoding: 'utf8' }).join()).not.toContain(hash)
    expect((await fetch(address)).ok).toBe(false)
    expect(wordsIn(dataDir, ['举报的人说的话', '有照片的一条'])).toEqual([])
    shelf.close()
    await portal.end('SIGTERM')
  })

  it('is refused when it posts again, in its own rooms and as a member of others, also after a restart', async () => {
    const dataDir = join(folder, 'again')
    await seedTown(dataDir)
    const leaver = await theOneWhoGoes()
    const first = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(first)
    await ask(first.url, leaver)
    await first.end('SIGKILL')
    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(portal)
    await until('it went on after the start', async () => (await stepOf(portal.url, leaver.did)) === 'done')
    const neighbour = await theOneWhoStays()
    const rooms = [shelfOf(leaver.did), inboxOf(leaver.did), draftOf(neighbour.did, aDraft(9))]
    const clients = rooms.map((room) => openAs(portal.url, room, leaver))
    const record = await aRecord(leaver, 1, Date.now(), { title: `${goes[0]}，又来了` })
    clients[0]!.doc.getMap('records').set(slotOf(record), record.text)
    await until('each is refused', () => clients.every(({ denied }) => denied.includes('erased-key')))
    expect(clients.flatMap(({ said }) => said.map(({ code }) => code))).toContain('erased-key')
    const other = openAs(portal.url, inboxOf(neighbour.did), neighbour)
    await until('others go on', () => noticesOf(other).length > 0)
    expect(wordsIn(dataDir, goes)).toEqual([])
    const end = await signEnd(leaver, { portal: town.portal.id, successor: undefined, now: Date.now() })
    expect((await fetch(`${portal.url}/ends`, { method: 'POST', body: end.text })).status).toBe(202) // nothing of it is accepted as it is
    expect(wordsIn(dataDir, [end.text.slice(0, 86)])).toEqual([])
    for (const client of [...clients, other]) client.close()
    await portal.end('SIGTERM')
  })

  it('is refused at every door of HTTP: it writes to nobody and is written to by nobody, sends no photo, reports nothing, judges nothing', async () => {
    const dataDir = join(folder, 'doors')
    await seedTown(dataDir)
    const [leaver, neighbour] = await Promise.all([theOneWhoGoes(), theOneWhoStays()])
    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir, MODERATORS: leaver.did })
    running.push(portal)
    const bytes = await aSentPhoto('#2a5', 400, 300)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const listing = await idOf(neighbour.did, toBase64url(aNonce(1)))
    const sealed = async (from: Signer, to: Signer, seed: number) => {
      const id = aMessageId(seed)
      return JSON.stringify({ id, sealed: toBase64url(await aSealed(from, to.did, { id })) })
    }
    const report = new URLSearchParams({ reason: 'other' })
    const doors = async (seed: number) =>
      [
        [leaver, 'POST', `/inbox/${neighbour.did}`, await sealed(leaver, neighbour, seed)],
        [neighbour, 'POST', `/inbox/${leaver.did}`, await sealed(neighbour, leaver, seed)],
        [leaver, 'PUT', `/blobs/${hash}`, new Uint8Array(bytes)],
        [leaver, 'POST', `/reports/${listing}`, report],
        [leaver, 'GET', '/moderation/queue', undefined],
      ] as const
    const knock = async (seed: number) => {
      const told: string[] = []
      for (const [signer, method, path, body] of await doors(seed)) {
        const token = await makeToken(signer, portal.url, Date.now())
        const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' }
        const answer = await fetch(`${portal.url}${path}`, { method, headers, ...(body && { body }) })
        const { kind = '', limit = '' } = JSON.parse((await answer.text()) || '{}') as Record<string, string>
        told.push(answer.ok ? 'ok' : `${answer.status} ${kind} ${limit}`.trim())
      }
      return told
    }
    expect(await knock(1)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
    await ask(portal.url, leaver)
    await until('all of it is gone', async () => (await stepOf(portal.url, leaver.did)) === 'done')
    const no = '401 unauthorized'
    expect(await knock(2)).toEqual([`${no} erased-key`, '404 no-recipient', `${no} erased-key`, no, no])
    expect((await fetch(`${portal.url}/rooms/${inboxOf(leaver.did)}`)).ok).toBe(false)
    await portal.end('SIGTERM')
  })

  it('asks with a token of its own and a statement that names this act, this portal and this time', async () => {
    const dataDir = join(folder, 'asks')
    await seedTown(dataDir)
    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(portal)
    const [leaver, neighbour] = await Promise.all([theOneWhoGoes(), theOneWhoStays()])
    const token = await makeToken(leaver, portal.url, Date.now())
    const good = await signErasure(leaver, town.portal.id, Date.now())
    const record = (await aRecord(leaver, 1, Date.now())).text
    const rows = [
      ['', good, 401, 'unauthorized'],
      [await makeToken(leaver, 'http://elsewhere', Date.now()), good, 401, 'unauthorized'],
      [await makeToken(neighbour, portal.url, Date.now()), good, 400, 'bad-statement'],
      [token, '', 400, 'bad-statement'],
      [token, record, 400, 'bad-statement'], // signed by the key, but for something else
      [token, `${good} `, 400, 'bad-statement'],
      [token, await signErasure(leaver, 'huangdao', Date.now()), 400, 'bad-statement'],
      [token, await signErasure(leaver, town.portal.id, Date.now() - 3_600_000), 400, 'statement-time'],
      [token, 'x'.repeat(5_000), 400, 'bad-statement'],
    ] as const
    for (const [shown, statement, status, kind] of rows) {
      const answer = await postErase(portal.url, shown, statement)
      expect([answer.status, await answer.json()]).toEqual([status, { kind }])
    }
    expect(await stepOf(portal.url, leaver.did)).toBeUndefined()
    expect(wordsIn(dataDir, goes)).toEqual(goes)
    await portal.end('SIGTERM')
  })
})

describe('an erasure', () => {
  const seeded = join(folder, 'seeded')
  // more rows of the journal than go in one step; nobody else's record names the key, so that no trace of it may stay
  beforeAll(() => seedTown(seeded, { listings: 250, hasMember: false }))

  it.each(erasureKillPoints)('killed at "%s" goes on at the next start and ends with no word left', async (point) => {
    const root = join(folder, point.replaceAll(' ', '-'))
    cpSync(seeded, root, { recursive: true })
    const { signal, stderr } = spawnSync(process.execPath, [child, root, point], { cwd, encoding: 'utf8' })
    expect([signal, stderr]).toEqual(['SIGKILL', ''])
    const { did } = await theOneWhoGoes()
    const after = await openTown(root)
    after.erasing.start({ retract: after.publishing.retract })
    await after.erasing.settled()
    expect(after.faults).toEqual([])
    expect(after.erasing.stepOf(await erasureMarkOf(did))).toBe('done')
    expect(wordsIn(root, [...goes, ...stays, did])).toEqual(stays.slice(0, 2))
    await after.close()
  })

  it('leaves a read model that a replay of the journal gives too', async () => {
    const root = join(folder, 'replay')
    await seedTown(root)
    const portal = await openTown(root)
    await portal.erasing.erase((await theOneWhoGoes()).did)
    portal.erasing.start({ retract: portal.publishing.retract })
    await portal.erasing.settled()
    await portal.close()
    const core = createSqliteCore(must(openDatabase(join(root, databaseFile))))
    const before = dumpOf(core.db)
    expect(JSON.stringify(before)).toContain(stays[0])
    replayInto(core)
    expect(dumpOf(core.db)).toEqual(before)
    core.db.close()
  })
})

async function edition(url: string): Promise<string> {
  const pointer = (await fetch(`${url}/edition/current.json`).then((answer) => answer.json())) as {
    readonly edition: string
  }
  return pointer.edition
}

/** What is left of an erased key, looked for in every cell of every table and in every file: also in tables that nobody thought of here. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { toBase64url } from '#domain/bytes.ts'
import { erasureMarkOf, signErasure } from '#domain/erasure.ts'
import type { Did, Signer } from '#domain/identity.ts'
import { signEnd } from '#domain/key-end.ts'
import { idOf } from '#domain/record.ts'
import { inboxOf, meOf, shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { cellsWith, goes, seedTown, stays, theMember, theOneWhoStays, wordsIn } from '../fixtures/erasable-town.ts'
import { openTown, theOneWhoGoes } from '../fixtures/erasing-town.ts'
import { aLabel, onListing } from '../fixtures/labels.ts'
import { aMessageId, aSealed } from '../fixtures/messages.ts'
import { aSentPhoto } from '../fixtures/photos.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { aRecord, slotOf } from '../fixtures/records.ts'
import { aNonce } from '../fixtures/signers.ts'
import { aNotice, anAct } from '../fixtures/town-entries.ts'
import { town } from '../fixtures/town.ts'
import { until } from '../fixtures/until.ts'
import { noticesOf, openAs, type OpenClient } from '../journeys/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'erase-traces-'))
const running: PortalProcess[] = []
const clients: OpenClient[] = []
afterAll(async () => {
  for (const client of clients) client.close()
  for (const portal of running) await portal.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Words that lie where only newer tables have them: a town's notice, a reason, a report, what was reported of it, its sealed workspace. */
const newer = ['告示里的罗盘', '写在理由里的话', '举报别人时的话', '别人举报它的话', 'sealed-row-of-the-workspace']

/** As the plain search cuts them: its index has no longer pieces. */
const tokens = ['铜望', '里的']

/** What may stay, and why. */
const mayStay = (neighbour: Did, member: Did) => ({
  names: {
    'erasures.mark': 'a hash of the key, by which it is refused for good',
    'labels.hash': 'a link of the public log’s chain, with no record to it any more',
    'messages.sender': 'that it wrote to somebody: quotas count it for sixty days, and the answer may come',
    [`snapshots.body of ${inboxOf(neighbour)}`]: 'what it wrote to somebody, sealed, is theirs',
    [`updates.body of ${inboxOf(neighbour)}`]: 'the same, when more was written since',
    [`updates.body of ${shelfOf(member)}`]: 'what a member signed names the owner, and only the member may change it',
  },
  ids: {
    'erasures.ids': 'told to readers for 90 days, so that they drop their copies',
    'snapshots.body of latest/all': 'a key of the list that was deleted: a hash, until the list is made anew',
    'snapshots.body of latest/goods': 'the same',
  },
})
const unexplained = (places: readonly string[], reasons: object): readonly string[] =>
  places.filter((place) => !Object.hasOwn(reasons, place))

const headersOf = async (signer: Signer, url: string) => ({
  Authorization: `Bearer ${await makeToken(signer, url, Date.now())}`,
})

async function erased(portal: PortalProcess, signer: Signer): Promise<void> {
  const body = await signErasure(signer, town.portal.id, Date.now())
  const asked = await fetch(`${portal.url}/erase`, {
    method: 'POST',
    headers: await headersOf(signer, portal.url),
    body,
  })
  expect(asked.status).toBe(202)
  const mark = await erasureMarkOf(signer.did)
  const step = async () =>
    ((await (await fetch(`${portal.url}/erase/${mark}`)).json()) as { readonly step?: string }).step
  await until('all of it is gone', async () => (await step()) === 'done')
}

const open = (portal: PortalProcess, room: string, signer: Signer): OpenClient => {
  const client = openAs(portal.url, room, signer)
  clients.push(client)
  return client
}

async function send(portal: PortalProcess, from: Signer, to: Did, seed: number): Promise<string> {
  const id = aMessageId(seed)
  const sealed = toBase64url(await aSealed(from, to, { id, at: Date.now() }))
  const answer = await fetch(`${portal.url}/inbox/${to}`, {
    method: 'POST',
    headers: await headersOf(from, portal.url),
    body: JSON.stringify({ id, sealed }),
  })
  expect([answer.status, await answer.text()]).toEqual([202, expect.anything()])
  return sealed
}

async function report(portal: PortalProcess, by: Signer, subject: string, text: string): Promise<void> {
  const answer = await fetch(`${portal.url}/reports/${subject}`, {
    method: 'POST',
    headers: { ...(await headersOf(by, portal.url)), Accept: 'application/json' },
    body: new URLSearchParams({ reason: 'other', text }),
  })
  expect(answer.status).toBe(201)
}

/** Everything a key can leave at a portal beside what `seedTown` gave it: as a moderator, a writer, a reader, with photos. @returns what it is called, and what its records are */
async function leaveTraces(portal: PortalProcess, leaver: Signer, neighbour: Signer) {
  const shelf = open(portal, shelfOf(leaver.did), leaver)
  const inbox = open(portal, inboxOf(leaver.did), leaver)
  const me = open(portal, meOf(leaver.did), leaver)
  await until('its rooms are there', () => shelf.doc.getMap('records').size > 5 && inbox.synced() && me.synced())
  me.doc.getMap('sealed').set('a', newer[4])

  const bytes = await aSentPhoto('#a52', 400, 300)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const put = await fetch(`${portal.url}/blobs/${hash}`, {
    method: 'PUT',
    headers: await headersOf(leaver, portal.url),
    body: new Uint8Array(bytes),
  })
  expect(put.ok).toBe(true)
  const photo = { hash, width: 400, height: 300, bytes: bytes.length, type: 'image/webp' } as const
  const [listing, other] = [await aRecord(leaver, 960, Date.now(), { photos: [photo] }), await idOfFirst(neighbour)]
  const [label, act] = [
    await aLabel(leaver, 961, Date.now(), { action: 'warn', subject: onListing(other), reason: newer[1]! }),
    await anAct(leaver, 962, Date.now(), aNotice({ title: { zh: newer[0] }, text: { zh: `${newer[0]}，写得够长。` } })),
  ]
  for (const record of [listing, label, act]) shelf.doc.getMap('records').set(slotOf(record), record.text)
  const verdicts = () => noticesOf(inbox).filter(({ hash: of }) => [listing, label, act].some((one) => one.hash === of))
  await until('all is judged', () => verdicts().length === 3)
  expect(verdicts().flatMap(({ refusals }) => refusals)).toEqual([])

  const sealed = [await send(portal, neighbour, leaver.did, 1), await send(portal, leaver, neighbour.did, 2)]
  await report(portal, leaver, other, newer[2]!)
  await report(portal, neighbour, listing.envelope.id, newer[3]!)
  const sent = createHash('sha256').update(`sent\n${leaver.did}`).digest('hex')
  const records = [listing, label, act]
  return {
    names: [leaver.did, ...records.map((record) => record.hash), hash, sealed[0]!, sent],
    ids: records.map(({ envelope }) => envelope.id),
  }
}

const idOfFirst = (signer: Signer) => idOf(signer.did, toBase64url(aNonce(1)))

describe('of a key that is erased', () => {
  it('no cell of any table and no byte of any file has a word, an id or a hash but what is told to stay', async () => {
    const dataDir = join(folder, 'all')
    await seedTown(dataDir)
    const before = await openTown(dataDir)
    await before.publishing.print('base') // those before it lie there for a day
    await before.close()
    const [leaver, neighbour] = await Promise.all([theOneWhoGoes(), theOneWhoStays()])
    const portal = await startPortalProcess(folder, {
      DATA_DIR: dataDir,
      MODERATORS: leaver.did,
      LIMITS: 'on',
      NEW_KEY_LISTINGS: '0',
    })
    running.push(portal)
    const { names, ids } = await leaveTraces(portal, leaver, neighbour)
    const words = [...goes, ...newer, ...tokens]
    expect(wordsIn(dataDir, words)).toEqual(words)
    const had = cellsWith(dataDir, [...names, ...ids])
    for (const place of [
      'sent.name',
      'sketches.id',
      'messages.recipient',
      'reports.did',
      'town_entries.by',
      'labels.by',
    ])
      expect(had).toContain(place)

    await erased(portal, leaver)
    expect(wordsIn(dataDir, [...words, ...stays])).toEqual(stays)
    const reasons = mayStay(neighbour.did, (await theMember()).did)
    expect(unexplained(cellsWith(dataDir, [...names, ...words]), reasons.names)).toEqual([])
    expect(unexplained(cellsWith(dataDir, ids), reasons.ids)).toEqual([])
    await portal.end('SIGTERM')
  })

  it('nor of one that had said its own end before', async () => {
    const dataDir = join(folder, 'ended')
    await seedTown(dataDir)
    const [leaver, member] = await Promise.all([theOneWhoGoes(), theMember()])
    const portal = await startPortalProcess(folder, { DATA_DIR: dataDir })
    running.push(portal)
    const end = await signEnd(leaver, { portal: town.portal.id, successor: member.did, now: Date.now() })
    expect((await fetch(`${portal.url}/ends`, { method: 'POST', body: end.text })).status).toBe(202)
    expect(cellsWith(dataDir, [leaver.did])).toContain('ends.did')
    await erased(portal, leaver)
    const reasons = mayStay((await theOneWhoStays()).did, member.did)
    expect(unexplained(cellsWith(dataDir, [leaver.did, end.hash, ...goes]), reasons.names)).toEqual([])
    await portal.end('SIGTERM')
  })
})

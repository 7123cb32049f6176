/** The picture beside an address goes with its listing: hidden or erased, no picture is drawn, kept or confirmed, and its photo is on no disk. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signErasure } from '#domain/erasure.ts'
import type { Signer } from '#domain/identity.ts'
import type { OpenRecord } from '#domain/record.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { aLabel, aModerator, onListing } from '../fixtures/labels.ts'
import { aSentPhoto } from '../fixtures/photos.ts'
import { aRecord, portal as portalId, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { openAs } from './client.ts'
import { until } from './patience.ts'
import { startPortal, type Portal } from './portal.ts'

let portal: Portal
let judge: Signer
beforeAll(async () => {
  judge = await aModerator()
  portal = await startPortal({ MODERATORS: judge.did })
})
afterAll(() => portal?.remove())

const preview = (id: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${portal.url}/l/${id}/preview.jpg`, { headers, cache: 'no-store' })
const statusOf = async (id: string, headers = {}) => (await preview(id, headers)).status

async function shelve(signer: Signer, record: OpenRecord): Promise<void> {
  const shelf = openAs(portal.url, shelfOf(signer.did), signer)
  await until('the shelf to open', async () => shelf.synced())
  shelf.doc.getMap('records').set(slotOf(record), record.text)
  await until('the record to be stored', async () => shelf.unsynced() === 0)
  shelf.close()
}

/** A listing with a photo that the portal shows. */
async function published(signer: Signer, seed: number, colour: string): Promise<{ id: string; hash: string }> {
  const bytes = await aSentPhoto(colour, 800, 600)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const photo = { hash, width: 800, height: 600, bytes: bytes.length, type: 'image/webp' }
  const record = await aRecord(signer, seed, Date.now(), { photos: [photo] })
  await shelve(signer, record)
  const { id } = record.envelope
  await until('the listing to be there', async () => (await fetch(`${portal.url}/l/${id}`)).status === 200)
  const sent = await fetch(`${portal.url}/blobs/${hash}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${await makeToken(signer, portal.url, Date.now())}` },
    body: new Uint8Array(bytes),
  })
  expect(sent.status).toBe(204)
  return { id, hash }
}

/** Names of files below the portal's folder. */
const files = () => readdirSync(portal.dataDir, { recursive: true, encoding: 'utf8' })
const photoOf = async (hash: string) => (await fetch(`${portal.url}/blobs/${hash}?w=320`, { cache: 'no-store' })).status

it('of a listing that moderators hide there is none, whoever had it before; restored it is there again', async () => {
  const { id, hash } = await published(await aSigner(1), 1, '#cc2222')
  const first = await preview(id)
  expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  const etag = first.headers.get('etag') ?? ''
  expect(await statusOf(id, { 'If-None-Match': etag })).toBe(304)
  expect(await photoOf(hash)).toBe(200)
  expect(files().filter((name) => /preview|\.jpe?g$/i.test(name))).toEqual([]) // drawn ones are in memory alone

  await shelve(judge, await aLabel(judge, 1, Date.now(), { subject: onListing(id) }))
  await until('it to be hidden', async () => (await statusOf(id)) !== 200)
  expect([404, 410]).toContain(await statusOf(id))
  expect([404, 410]).toContain(await statusOf(id, { 'If-None-Match': etag }))
  expect([404, 410]).toContain(await photoOf(hash))

  await shelve(judge, await aLabel(judge, 2, Date.now(), { subject: onListing(id), action: 'restore' }))
  await until('it to be back', async () => (await statusOf(id)) === 200)
})

it('of an erased one there is none, and its photo is on the disk no more', async () => {
  const signer = await aSigner(2)
  const { id, hash } = await published(signer, 2, '#22cc22')
  const etag = (await preview(id)).headers.get('etag') ?? ''
  expect(await photoOf(hash)).toBe(200)
  expect(files().some((name) => name.includes(hash.slice(2)))).toBe(true)
  const asked = await fetch(`${portal.url}/erase`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await makeToken(signer, portal.url, Date.now())}` },
    body: await signErasure(signer, portalId, Date.now()),
  })
  expect(asked.status).toBe(202)
  await until('it to be gone', async () => (await statusOf(id)) !== 200)
  for (const headers of [{}, { 'If-None-Match': etag }]) expect([404, 410]).toContain(await statusOf(id, headers))
  await until('its photo to be gone', async () => !files().some((name) => name.includes(hash.slice(2))))
  expect([404, 410]).toContain(await photoOf(hash))
})

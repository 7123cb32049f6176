/** What the load sends, made before anything is measured: keys, tokens, signed listings, Yjs updates, whole frames. */
import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import type { Bytes } from '#domain/bytes.ts'
import { signerOf, type Signer } from '#domain/identity.ts'
import { encodeFrame } from '#domain/protocol.ts'
import { firstRevision } from '#domain/record.ts'
import { makeToken } from '#domain/token.ts'
import { masked } from './raw-socket.ts'

/** The portal both servers pretend to be. */
export const origin = 'https://port.example'
export const portalId = 'rizhao'

/** Equal seeds give equal keys in every run. */
export const keyOf = (seed: number): Promise<Signer> => signerOf(sixteen(seed, 1), 'person')

function sixteen(seed: number, salt: number): Bytes {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(0, seed)
  bytes[15] = salt
  return bytes
}

/** Token and step 1 of a client that has nothing yet. Without a signer it reads only. */
export async function joinFrames(room: string, signer: Signer | undefined): Promise<Buffer> {
  const token = signer ? await makeToken(signer, origin, Date.now()) : ''
  return Buffer.concat([
    masked(encodeFrame({ kind: 'token', room, token, version: '4.7.0' })),
    masked(encodeFrame({ kind: 'step-1', room, vector: Uint8Array.of(0) })),
  ])
}

export const emptyStepTwo = (room: string): Buffer =>
  masked(encodeFrame({ kind: 'step-2', room, update: Uint8Array.of(0, 0) }))

export const updateFrame = (room: string, update: Uint8Array): Buffer =>
  masked(encodeFrame({ kind: 'update', room, update }))

/** A listing as the form signs it, of a town's ordinary length. */
export async function signedListing(signer: Signer, seed: number): Promise<{ slot: string; text: string }> {
  const now = Date.now()
  const body = { ...listing, title: `实木书桌，送台灯一盏 ${seed}` }
  const { envelope, text } = await firstRevision(signer, {
    portal: portalId,
    kind: 'listing',
    body,
    nonce: sixteen(seed, 2),
    now,
  })
  return { slot: `${envelope.id}/5f0c2a91be44`, text }
}

const categories = JSON.parse(
  readFileSync(new URL('../../content/categories.json', import.meta.url), 'utf8'),
) as readonly { id: string; intents: { id: string }[]; kinds: { id: string }[] }[]
const goods = categories.find(({ id }) => id === 'goods')

const listing = {
  category: 'goods',
  intent: goods?.intents[0]?.id ?? '',
  sub: goods?.kinds[0]?.id ?? '',
  title: '',
  text: '用了两年的实木书桌，一米四长，桌面有两处浅划痕，抽屉三个，都好用。送台灯一盏。自提，周末在家，来前请打电话。',
  priceFen: 28_000,
  district: 'donggang',
  poster: 'person',
  validDays: 30,
  state: 'live',
  fields: {},
}

/** The updates of a device that signs `count` listings into its shelf, one after the other. */
export async function recordUpdates(signer: Signer, count: number): Promise<readonly Uint8Array[]> {
  const values = await Promise.all(Array.from({ length: count }, (_, at) => signedListing(signer, at)))
  return recorded((doc) => {
    for (const { slot, text } of values) doc.getMap('records').set(slot, text)
  })
}

/** The updates of somebody who types: one character each. */
export const typedUpdates = (count: number): readonly Uint8Array[] =>
  recorded((doc) => {
    const text = doc.getText('text')
    for (let at = 0; at < count; at++) text.insert(at, String.fromCharCode(97 + (at % 26)))
  })

export function recorded(work: (doc: Y.Doc) => void, client = 77_001): readonly Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  work(doc)
  doc.destroy()
  return updates
}

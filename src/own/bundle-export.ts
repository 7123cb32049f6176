/** Gathers all that is one person's, from this device and, where it is at hand, from the portal, and signs it as one file. */
import * as Y from 'yjs'
import { sha256, toBase64url, toHex, type Bytes } from '#domain/bytes.ts'
import { blobPath } from '#domain/blob-path.ts'
import { sealBundle, type BundleContent, type BundlePhoto } from '#domain/bundle.ts'
import { HeldContact } from '#domain/contact.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { itemIn, messagesOf } from '#domain/inbox.ts'
import { openMessage } from '#domain/message.ts'
import { photoTypes } from '#domain/photo.ts'
import { textSizeKey } from '#src/ui/text-size.ts'
import { messageKeyOf } from '#src/identity/agreement.ts'
import { keyUses, newestOf, openOwnRooms, slotsOf, type OwnRooms } from '#src/sync/own-rooms.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import { isReceivedGone, textsOf, type WorkspaceTexts } from './workspace-texts.ts'

export interface Exported {
  readonly pieces: readonly string[]
  readonly content: BundleContent
  /** Hashes of photos that neither this device nor the portal gave. */
  readonly missing: readonly string[]
}

/** Undefined where there is no key, and so nothing. */
export async function exportAll(session: Session, portal: string): Promise<Exported | undefined> {
  const did = await session.knownDid('person')
  if (!did) return undefined
  const me = await session.me()
  await heard(session, [me])
  const workspace = textsOf(me.doc)
  const keys = await Promise.all(keyUses.map((use) => keyPartOf(session, use, { portal, me })))
  const parts = keys.filter((part) => part !== undefined)
  const { photos, missing } = await photosOf(photosNamed(parts, workspace))
  const content: BundleContent = {
    type: 'bundle/1',
    portal,
    author: did,
    at: session.now(),
    keys: parts.map(({ part }) => part),
    workspace,
    guides: await guideDrafts(session, did, workspace),
    messages: parts.flatMap(({ messages }) => messages),
    settings: settings(),
    photos: [...photos.map(({ hash }) => hash), ...missing],
  }
  return { pieces: await sealBundle(await session.signer('person'), content, photos), content, missing }
}

type KeyPart = BundleContent['keys'][number]
interface Gathered {
  readonly part: KeyPart
  readonly messages: BundleContent['messages']
}

interface Around {
  readonly portal: string
  readonly me: Pick<OpenRoom, 'doc'>
}

async function keyPartOf(session: Session, use: KeyUse, { portal, me }: Around): Promise<Gathered | undefined> {
  const did = await session.knownDid(use)
  if (!did) return undefined
  const rooms = await openOwnRooms(session, use, did)
  await heard(session, [rooms.shelf, rooms.contact, rooms.inbox])
  const slots = await slotsOf(rooms.shelf, did, portal)
  const records = [...slots.values()].flatMap((found) => newestOf(found)?.text ?? [])
  const messages = await messagesIn(rooms, me)
  const part = { did, records: records.sort(), contacts: contactsIn(rooms) }
  return use === 'person' || records.length > 0 ? { part, messages } : undefined
}

const patienceMs = 4_000

/** A device that is online waits a moment for what others of the key have written. */
async function heard(session: Session, rooms: readonly OpenRoom[]): Promise<void> {
  const until = Date.now() + patienceMs
  while (session.connection() === 'online' && Date.now() < until && rooms.some((room) => !room.synced()))
    await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Each device has its own slot; whichever was written for the newest record is found at the import, by its commitment. */
function contactsIn({ contact }: OwnRooms): KeyPart['contacts'] {
  const held = [...contact.doc.getMap<string>('contacts').entries()].map(
    ([slot, json]) => [slot, heldIn(json)] as const,
  )
  return Object.fromEntries(held.flatMap(([slot, one]) => (one ? [[slot, one] as const] : [])))
}

function heldIn(json: string): HeldContact | undefined {
  try {
    return HeldContact.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

/** What others wrote to this key, opened; what it wrote itself stands in the workspace. */
async function messagesIn({ use, inbox }: OwnRooms, { doc }: Around['me']): Promise<BundleContent['messages']> {
  const all = [...inbox.doc.getMap<string>(messagesOf).entries()]
  const entries = all.filter(([key]) => !isReceivedGone(doc, use, key))
  const mine = entries.length > 0 ? await messageKeyOf(use) : undefined
  const found = await Promise.all(
    entries.map(async ([key, json]) => {
      const item = itemIn(key, json)
      const opened = item && mine && (await openMessage(mine, item.bytes))
      if (!opened?.ok || opened.value.from !== item?.from) return []
      const { from, listing, text } = opened.value
      return [{ from, listing, at: item.at, text }]
    }),
  )
  return found.flat().sort((a, b) => a.at - b.at)
}

/** Of my own; another's stay his. The names of their rooms lead with the owner's key. */
async function guideDrafts(
  session: Session,
  did: Did,
  workspace: WorkspaceTexts,
): Promise<Readonly<Record<string, string>>> {
  const own = Object.keys(workspace['guideDrafts'] ?? {}).filter((place) => place.startsWith(`${did}/`))
  const updates = await Promise.all(
    own.map(async (place) => {
      const room = await session.room(`draft/${place}`, 'person')
      await heard(session, [room])
      const update = toBase64url(Y.encodeStateAsUpdate(room.doc))
      room.release()
      return [`draft/${place}`, update] as const
    }),
  )
  return Object.fromEntries(updates)
}

function settings(): Readonly<Record<string, string>> {
  try {
    const size = localStorage.getItem(textSizeKey)
    return size === null ? {} : { [textSizeKey]: size }
  } catch {
    return {}
  }
}

const hashes = /"hash":"([0-9a-f]{64})"/g

/** Those of records and of drafts, each once. */
function photosNamed(parts: readonly Gathered[], workspace: WorkspaceTexts): readonly string[] {
  const texts = [...parts.flatMap(({ part }) => part.records), ...Object.values(workspace['drafts'] ?? {})]
  return [...new Set(texts.flatMap((text) => [...text.matchAll(hashes)].map(([, hash = '']) => hash)))].sort()
}

async function photosOf(named: readonly string[]) {
  const store = await openPhotoStore()
  const photos: BundlePhoto[] = []
  for (const hash of named) {
    const kept = await store.get(hash)
    const type = photoTypes.find((one) => one === kept?.type)
    const photo = kept && type ? { hash, type, bytes: kept.bytes } : await fetched(hash)
    if (photo) photos.push(photo)
  }
  const missing = named.filter((hash) => photos.every((photo) => photo.hash !== hash))
  return { photos, missing }
}

async function fetched(hash: string): Promise<BundlePhoto | undefined> {
  try {
    const answer = await fetch(blobPath(hash))
    const type = photoTypes.find((one) => one === answer.headers.get('content-type'))
    const bytes: Bytes = new Uint8Array(await answer.arrayBuffer())
    return answer.ok && type && toHex(await sha256(bytes)) === hash ? { hash, type, bytes } : undefined
  } catch {
    return undefined
  }
}

/**
 * Brings what a plan says into this browser, as local writes: it goes out when there is a network. What is to come is noted first
 * (undo-note.ts), so that it can be taken back whatever happens to the page.
 */
import * as Y from 'yjs'
import { fromBase64url, sha256, toHex, utf8 } from '#domain/bytes.ts'
import type { KeyUse } from '#domain/identity.ts'
import type { Town } from '#domain/listing.ts'
import { firstRevision, type OpenRecord } from '#domain/record.ts'
import type { DraftValues } from '#src/listings/draft-values.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import type { OwnId, Publisher } from '#src/listings/publish.ts'
import { openOwnRooms, type OwnRooms } from '#src/sync/own-rooms.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'
import type { Session } from '#src/sync/session.ts'
import { textSizeKey } from '#src/ui/text-size.ts'
import type { Plan, PlanLine } from './bundle-plan.ts'
import { isEmpty, keepNote, markOfDraft, type UndoNote } from './undo-note.ts'
import { marksOf, mergeTexts } from './workspace-texts.ts'

export interface Brought {
  readonly note: UndoNote
  readonly listings: readonly OwnId[]
  /** By line: what was refused after all. */
  readonly failed: readonly number[]
  /** Photos that this device had no room for. */
  readonly photosLost: number
  /** Whether drafts and the like are on the disk. */
  readonly isKept: boolean
}

export interface ImportDeps {
  readonly session: Session
  readonly town: Town
  readonly publisher: Publisher
  /** After each line. */
  readonly told: (done: number, all: number) => void
}

export async function bring(plan: Plan, deps: ImportDeps): Promise<Brought> {
  const { session } = deps
  const me = await session.me()
  const note = await noteOf(plan, session.now())
  if (!isEmpty(note)) keepNote(me, 'file', note) // else what came before can still be taken back
  if (!(await me.saved()).ok) throw new Error('what came could not be taken back')
  const photosLost = await keepPhotos(plan, session.now())
  mergeTexts(me.doc, plan.fresh)
  keepSettings(plan)
  if (plan.isMine) await bringGuideDrafts(plan, session)
  const brought = { listings: [] as OwnId[], failed: [] as number[] }
  for (const [at, line] of plan.lines.entries()) {
    await bringLine(line, deps, brought)
    deps.told(at + 1, plan.lines.length)
  }
  const { ok: isKept } = await me.saved()
  return { ...brought, note, photosLost, isKept }
}

async function noteOf({ lines, fresh }: Plan, at: number): Promise<UndoNote> {
  const coming = lines.filter(({ action, use }) => use && (action === 'put' || action === 'publish'))
  const idsOf = (kind: string) =>
    coming.flatMap(({ record, use = 'person' }) =>
      record?.envelope.kind === kind ? [{ use, id: record.envelope.id }] : [],
    )
  const drafts = lines.flatMap(({ action, values, record }) =>
    action === 'draft' && values && record
      ? [Promise.all([draftNameOf(record.envelope.id), markOfDraft(values)] as const)]
      : [],
  )
  return {
    at,
    listings: idsOf('listing'),
    guides: idsOf('guide').map(({ id }) => id),
    drafts: Object.fromEntries(await Promise.all(drafts)),
    texts: await marksOf(fresh),
  }
}

type Gathering = { -readonly [K in 'listings' | 'failed']: Brought[K][number][] }

async function bringLine(line: PlanLine, deps: ImportDeps, brought: Gathering): Promise<void> {
  const { action, record, use, values } = line
  if (!record) return
  const { id } = record.envelope
  if (action === 'draft' && values) return asDraft(values, id, deps.session)
  if (!use || (action !== 'put' && action !== 'publish')) return
  if (action === 'publish' && values) {
    const nonce = fromBase64url(record.envelope.nonce)
    const made = await deps.publisher.publish(values, undefined, nonce)
    if (made.ok) brought.listings.push({ use, id: made.value.id })
    else brought.failed.push(line.line)
    return
  }
  const rooms = await openOwnRooms(deps.session, use, (await deps.session.signer(use)).did)
  const placed = { line, record: action === 'put' ? record : await signedHere(record, use, deps) }
  if (!(await place(rooms, use, placed, deps.session))) return void brought.failed.push(line.line)
  if (record.envelope.kind === 'listing') brought.listings.push({ use, id })
}

interface Placed {
  readonly line: PlanLine
  readonly record: OpenRecord
}

/** @returns whether it is on the disk */
async function place(rooms: OwnRooms, use: KeyUse, { line, record }: Placed, session: Session): Promise<boolean> {
  const device = await session.device(use)
  const { id, body } = record.envelope
  if (line.contact) rooms.contact.doc.getMap('contacts').set(`${id}/${device}`, JSON.stringify(line.contact.held))
  rooms.shelf.doc.getMap('records').set(`${id}/${device}`, record.text)
  const saved = await Promise.all([rooms.contact.saved(), rooms.shelf.saved()])
  if (saved.some(({ ok }) => !ok)) return false
  const photos = Array.isArray(body['photos']) ? (body['photos'] as readonly { readonly hash: string }[]) : []
  if (photos.length === 0) return true
  const { wantPhotos, sendPhotos } = await import('#src/sync/photo-sender.ts')
  await wantPhotos(
    photos.map(({ hash }) => hash),
    use,
  )
  void sendPhotos()
  return true
}

/** The same words for this portal, under the same key and so under the same id. */
async function signedHere({ envelope }: OpenRecord, use: KeyUse, { session, town }: ImportDeps): Promise<OpenRecord> {
  const nonce = fromBase64url(envelope.nonce)
  if (!nonce) throw new Error('an opened record has a nonce')
  const { kind, body } = envelope
  return firstRevision(await session.signer(use), { portal: town.portal.id, kind, body, nonce, now: session.now() })
}

/** One draft for one listing, however often it is brought. */
const draftNameOf = async (id: string): Promise<string> => toHex(await sha256(utf8(`brought\n${id}`))).slice(0, 16)

async function asDraft(values: DraftValues, id: string, session: Session): Promise<void> {
  createDrafts(await session.me(), session.now()).write(await draftNameOf(id), values, session.now())
}

/** @returns how many could not be kept */
async function keepPhotos({ bundle }: Plan, at: number): Promise<number> {
  const store = await openPhotoStore()
  let lost = 0
  for (const { hash, type, bytes } of bundle.photos.values()) {
    const isHere = (await store.get(hash)) !== undefined || (await store.put({ hash, type, bytes, at })).ok
    if (!isHere) lost++
  }
  return lost
}

function keepSettings({ bundle }: Plan): void {
  const size = bundle.content.settings[textSizeKey]
  try {
    if (size === 'large' || size === 'plain') localStorage.setItem(textSizeKey, size)
  } catch {
    // storage is blocked: letters stay as they are
  }
}

/** They merge with what is here, as on any other device of the key. */
async function bringGuideDrafts({ bundle }: Plan, session: Session): Promise<void> {
  for (const [name, text] of Object.entries(bundle.content.guides)) {
    const update = fromBase64url(text)
    if (!update || !name.startsWith(`draft/${bundle.content.author}/`)) continue
    const room = await session.room(name, 'person')
    try {
      Y.applyUpdate(room.doc, update)
    } catch {
      continue // signed, and still not a state of a document: left out
    }
    await room.saved()
  }
}

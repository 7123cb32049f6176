/**
 * Publishing is a local write: sign, put it on my own shelf, done. The relay fetches it when there is a network, and what it
 * thinks of it comes back through the inbox. The contact goes to its own room first, so that no record ever points at nothing.
 */
import { toBase64url, type Bytes } from '#domain/bytes.ts'
import { commitmentOf } from '#domain/contact.ts'
import type { KeyUse } from '#domain/identity.ts'
import type { Town } from '#domain/listing.ts'
import { firstRevision, idOf, nextRevision, type OpenRecord, type RecordId } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { Session } from '#src/sync/session.ts'
import { createAmendments, type Amendments } from './amend.ts'
import { bodyOf, contactsAt, createDesks, put, type Desk, type Desks } from './desk.ts'
import { submissionOf, type DraftValues, type Submission } from './draft-values.ts'
import { groundAt, keepPublished } from './ground.ts'
import { signProfile } from './profile.ts'

/** A listing of mine, whichever of my keys signed it. */
export interface OwnId {
  readonly use: KeyUse
  readonly id: RecordId
}

export interface Published extends OwnId {
  /** False when the record could not be written to this device's disk: then its words still need their draft. */
  readonly isKept: boolean
}

export interface Publisher extends Amendments {
  /**
   * A new listing, or with `own` the next revision of one. Refusals stand at their controls; nothing was written then.
   * @param nonce names a new listing: the same one again, after a crash or in another tab, is the same listing
   */
  publish(values: DraftValues, own?: OwnId, nonce?: Bytes): Promise<Result<Published, readonly Refusal[]>>
}

/** @param random 16 random bytes */
export function createPublisher(session: Session, town: Town, random: () => Bytes): Publisher {
  const desks = createDesks(session, town)
  const deps: PublishDeps = { desks, town, random, now: () => session.now() }
  return {
    publish: (values, own, nonce = random()) => publish(deps, values, { own, nonce }),
    ...createAmendments(desks, () => session.now()),
  }
}

interface PublishDeps {
  readonly desks: Desks
  readonly town: Town
  readonly random: () => Bytes
  readonly now: () => number
}

async function publish(
  deps: PublishDeps,
  values: DraftValues,
  { own, nonce }: { readonly own: OwnId | undefined; readonly nonce: Bytes },
): Promise<Result<Published, readonly Refusal[]>> {
  const { desks, town } = deps
  const checked = submissionOf(town, values)
  if (!checked.ok) return err(checked.error)
  const use = keyFor(town, checked.value.body.category)
  if (own && own.use !== use) return err([{ rule: 'unknown-category', field: 'category' }]) // it would tell whose two keys are
  const desk = await desks(use)
  const id = own?.id ?? (await idOf(desk.signer.did, toBase64url(nonce)))
  const before = (await groundAt(desk, id))?.base
  if (own && !before) return err([{ rule: 'wrong-id' }])
  const photos = checked.value.body.photos?.map(({ hash }) => hash) ?? []
  const sender = photos.length > 0 ? await import('#src/sync/photo-sender.ts') : undefined
  const absent = (await sender?.wantPhotos(photos, use)) ?? []
  const known = new Set(before && bodyOf(before).photos?.map(({ hash }) => hash))
  if (absent.some((hash) => !known.has(hash))) return err([{ rule: 'photo-absent', field: 'photos' }])
  const isKept = await write(deps, { desk, id, nonce, before, said: checked.value })
  void sender?.sendPhotos() // beside the record, and until they have arrived
  return ok({ use, id, isKept })
}

interface Writing {
  readonly desk: Desk
  readonly id: RecordId
  readonly nonce: Bytes
  readonly before: OpenRecord | undefined
  readonly said: Submission
}

/** Resolves with whether it is on this device's disk; where nothing is kept at all, there is nothing to wait for. */
async function write({ random, now }: PublishDeps, { desk, id, nonce, before, said }: Writing): Promise<boolean> {
  const { body, contact, name } = said
  const held = contact && { contact, key: toBase64url(random()) }
  const known = before && bodyOf(before)
  const commitment = held ? await commitmentOf(held) : known?.contact
  const signed = { ...body, ...(known && { state: known.state }), ...(commitment && { contact: commitment }) }
  const at = now()
  const record = before
    ? await nextRevision(desk.signer, before, { body: signed, now: at, renew: false })
    : await firstRevision(desk.signer, { portal: desk.portal, kind: 'listing', body: signed, nonce, now: at })
  await keepPublished(desk, id)
  if (held) contactsAt(desk).set(`${id}/${desk.device}`, JSON.stringify(held))
  await introduce(desk, { name, body, now: at })
  put(desk, record)
  const { shelf, contact: contacts } = desk.rooms
  const saved = await Promise.all([shelf.saved(), contacts.saved()])
  return shelf.memoryOnly || saved.every((result) => result.ok)
}

/** Some categories are signed with a key of their own, which leads to no other listing of the person. */
const keyFor = ({ categories }: Town, category: string): KeyUse =>
  categories.find(({ id }) => id === category)?.ownKey ? 'friends' : 'person'

const introduce = (desk: Desk, { name, body, now }: Pick<Submission, 'name' | 'body'> & { readonly now: number }) =>
  signProfile({ ...desk, now }, { name, poster: body.poster })

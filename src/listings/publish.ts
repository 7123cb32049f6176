/**
 * Publishing is a local write: sign, put it on my own shelf, done. The relay fetches it when there is a network, and what it
 * thinks of it comes back through the inbox. The contact goes to its own room first, so that no record ever points at nothing.
 */
import { toBase64url, type Bytes } from '#domain/bytes.ts'
import { commitmentOf } from '#domain/contact.ts'
import type { KeyUse } from '#domain/identity.ts'
import type { Town } from '#domain/listing.ts'
import { firstRevision, nextRevision, type RecordId } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { Session } from '#src/sync/session.ts'
import { createAmendments, type Amendments } from './amend.ts'
import { bodyOf, contactsAt, createDesks, newestAt, put, type Desk, type Desks } from './desk.ts'
import { submissionOf, type DraftValues, type Submission } from './draft-values.ts'
import { signProfile } from './profile.ts'

/** A listing of mine, whichever of my keys signed it. */
export interface OwnId {
  readonly use: KeyUse
  readonly id: RecordId
}

export interface Publisher extends Amendments {
  /** A new listing, or with `own` the next revision of one. Refusals stand at their controls; nothing was written then. */
  publish(values: DraftValues, own?: OwnId): Promise<Result<OwnId, readonly Refusal[]>>
}

/** @param random 16 random bytes */
export function createPublisher(session: Session, town: Town, random: () => Bytes): Publisher {
  const desks = createDesks(session, town)
  return {
    publish: (values, own) => publish({ desks, town, random, now: () => session.now() }, values, own),
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
  own?: OwnId,
): Promise<Result<OwnId, readonly Refusal[]>> {
  const { desks, town, random } = deps
  const before = own && (await newestAt(await desks(own.use), own.id))
  const checked = submissionOf(town, values, before ? bodyOf(before).state : 'live')
  if (!checked.ok) return err(checked.error)
  const { body, contact, name } = checked.value
  const use = own?.use ?? keyFor(town, body.category)
  const desk = await desks(use)
  const held = contact && { contact, key: toBase64url(random()) }
  const commitment = held ? await commitmentOf(held) : before && bodyOf(before).contact
  const signed = { ...body, ...(commitment && { contact: commitment }) }
  const now = deps.now()
  const record = before
    ? await nextRevision(desk.signer, before, { body: signed, now, renew: false })
    : await firstRevision(desk.signer, { portal: desk.portal, kind: 'listing', body: signed, nonce: random(), now })
  const { id } = record.envelope
  if (held) contactsAt(desk).set(`${id}/${desk.device}`, JSON.stringify(held))
  await introduce(desk, { name, body, now })
  put(desk, record)
  return ok({ use, id })
}

/** Some categories are signed with a key of their own, which leads to no other listing of the person. */
const keyFor = ({ categories }: Town, category: string): KeyUse =>
  categories.find(({ id }) => id === category)?.ownKey ? 'friends' : 'person'

const introduce = (desk: Desk, { name, body, now }: Pick<Submission, 'name' | 'body'> & { readonly now: number }) =>
  signProfile({ ...desk, now }, { name, poster: body.poster })

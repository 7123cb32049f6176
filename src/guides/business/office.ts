/**
 * A business from its own side: its profile, what it has published and whom it has delegated, from its shelf on this device and
 * what the relay says of it. Everything here is a local write: it goes out when there is a network.
 */
import { createMemo, type Accessor } from 'solid-js'
import { toBase64url, type Bytes } from '#domain/bytes.ts'
import { DelegationBody, delegationNonceOf } from '#domain/delegation.ts'
import type { Did, Signer } from '#domain/identity.ts'
import type { Decision } from '#domain/label.ts'
import type { Notice } from '#domain/notice.ts'
import { ProfileBody, profileNonceOf } from '#domain/profile.ts'
import { parseGuide, type GuideBody } from '#domain/published-guide.ts'
import { firstRevision, idOf, nextRevision, type OpenRecord, type RecordId, type RecordKind } from '#domain/record.ts'
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { inboxOf, shelfOf } from '#domain/room.ts'
import { createDecisions } from '#src/sync/own-decisions.ts'
import { newestOf } from '#src/sync/own-rooms.ts'
import { createNotices, createSlots, type Slots } from '#src/sync/own-shelf.ts'
import { progressOf, standingOf, type Progress } from '#src/sync/progress.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import { signAgainOnClock, signedAt } from '#src/sync/sign-again.ts'

/** Something of mine on my shelf, and how far it has come. */
export interface Own<Body> {
  readonly id: RecordId
  readonly body: Body
  readonly progress: Progress
}

export interface Office {
  readonly did: Did
  readonly profile: Accessor<Own<ProfileBody> | undefined>
  /** Those I have signed, for myself or for another; the last changed first. */
  readonly guides: Accessor<readonly Own<GuideBody>[]>
  readonly delegations: Accessor<readonly Own<DelegationBody>[]>
  saveProfile(body: ProfileBody): Promise<Result<void, readonly Refusal[]>>
  /** @param nonce names the guide among all that I have signed */
  publish(body: Omit<GuideBody, 'version'>, nonce: Bytes, known: number): Promise<Result<number, readonly Refusal[]>>
  delegate(body: DelegationBody): Promise<Result<void, readonly Refusal[]>>
  /** What moderators have decided about the key and what it has published, by the subject's id. */
  readonly decisions: Accessor<ReadonlyMap<string, Decision>>
  /** The relay's reason for not taking what is here, while it does not. */
  readonly held: Accessor<string | undefined>
}

/** The rooms are there before anything is asked; makes the key when there is none. Call `make` where Solid has an owner. */
export async function openOffice(session: Session, portal: string): Promise<{ make(): Office }> {
  const [signer, device] = await Promise.all([session.signer('person'), session.device('person')])
  const [shelf, inbox] = await Promise.all([
    session.room(shelfOf(signer.did), 'person'),
    session.room(inboxOf(signer.did), 'person'),
  ])
  return { make: () => createOffice({ signer, device, shelf, inbox, portal, now: () => session.now() }) }
}

interface OfficeDeps {
  readonly signer: Signer
  readonly device: string
  readonly shelf: OpenRoom
  readonly inbox: OpenRoom
  readonly portal: string
  readonly now: () => number
}

export function createOffice(deps: OfficeDeps): Office {
  const { signer, device, shelf, inbox } = deps
  const { did } = signer
  const { slots, loaded } = createSlots({ shelf, did }, deps.portal)
  const notices = createNotices({ inbox })
  const own = <Body>(kind: RecordKind, read: (body: unknown) => Body | undefined) =>
    createMemo(() => ownOf(slots(), { kind, read, device, notices: notices(), isStored: shelf.stored() }))
  const profiles = own('profile', (body) => ProfileBody.safeParse(body).data)
  const guides = own('guide', (body) => {
    const parsed = parseGuide(body)
    return parsed.ok ? parsed.value : undefined
  })

  const place = async ({ envelope, text }: OpenRecord): Promise<void> => {
    shelf.doc.getMap<string>('records').set(`${envelope.id}/${device}`, text)
    await shelf.saved()
  }
  signAgainOnClock({
    device,
    slots,
    notices,
    async again(mine, { at }) {
      const now = await signedAt(signer, mine, at)
      const isStill = shelf.doc.getMap('records').get(`${mine.envelope.id}/${device}`) === mine.text
      if (isStill) await place(now)
    },
  })

  const put = async (kind: RecordKind, body: object, nonce: Bytes): Promise<void> => {
    await loaded
    const before = newestOf(slots().get(await idOf(did, toBase64url(nonce))) ?? [])
    await place(await signed({ ...deps, kind }, body, { nonce, before }))
  }
  return {
    did,
    profile: () => profiles()[0],
    guides,
    decisions: createDecisions({ inbox }),
    delegations: own('delegation', (body) => DelegationBody.safeParse(body).data),
    async saveProfile(body) {
      const parsed = ProfileBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      await put('profile', parsed.data, await profileNonceOf(did))
      return ok(undefined)
    },
    async publish(body, nonce, known) {
      await loaded
      const id = await idOf(did, toBase64url(nonce))
      const version = nextVersion(
        slots()
          .get(id)
          ?.map(({ record }) => record) ?? [],
        notices(),
        known,
      )
      const policy = body.policy && { ...body.policy, version }
      const parsed = parseGuide({ ...body, version, ...(policy && { policy }) })
      if (!parsed.ok) return parsed
      await put('guide', parsed.value, nonce)
      return ok(version)
    },
    async delegate(body) {
      const parsed = DelegationBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      await put('delegation', parsed.data, await delegationNonceOf(parsed.data))
      return ok(undefined)
    },
    held: () => (shelf.stored() ? undefined : shelf.refused()?.code),
  }
}

/** One more than every version that anybody is known to have published; a refusal for a number that was taken names it. */
function nextVersion(mine: readonly OpenRecord[], notices: ReadonlyMap<string, Notice>, known: number): number {
  const numbers = mine.flatMap(({ hash, envelope }) => {
    const { refusals = [], verdict } = notices.get(hash) ?? {}
    const taken = refusals.filter(({ rule }) => rule === 'version-taken').map(({ limit }) => Number(limit))
    return verdict === 'refused' ? taken : [Number(envelope.body['version'])]
  })
  return Math.max(0, known, ...numbers.filter(Number.isInteger)) + 1
}

interface Reading<Body> {
  readonly kind: RecordKind
  readonly read: (body: unknown) => Body | undefined
  readonly device: string
  readonly notices: ReadonlyMap<string, Notice>
  readonly isStored: boolean
}

const ownOf = <Body>(slots: Slots, { kind, read, device, notices, isStored }: Reading<Body>): readonly Own<Body>[] =>
  [...slots.values()]
    .flatMap((found) => standingOf(found, device, notices)?.shown ?? [])
    .filter(({ envelope }) => envelope.kind === kind)
    .sort((a, b) => b.envelope.updatedAt - a.envelope.updatedAt)
    .flatMap(({ envelope, hash }) => {
      const body = read(envelope.body)
      const progress = progressOf(notices.get(hash), { isSaved: true, isStored })
      return body ? [{ id: envelope.id, body, progress }] : []
    })

type Signing = Pick<OfficeDeps, 'signer' | 'portal' | 'now'> & { readonly kind: RecordKind }

const signed = (
  { signer, portal, now, kind }: Signing,
  body: object,
  { nonce, before }: { readonly nonce: Bytes; readonly before: OpenRecord | undefined },
): Promise<OpenRecord> =>
  before
    ? nextRevision(signer, before, { body, now: now(), renew: false })
    : firstRevision(signer, { portal, kind, body, nonce, now: now() })

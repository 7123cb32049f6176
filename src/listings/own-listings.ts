/** My listings as they stand, from the shelves of both keys, live. */
import { createMemo, createSignal, getOwner, onCleanup, runWithOwner, type Accessor } from 'solid-js'
import { lifeOf, type Life, type Span } from '#domain/life.ts'
import { parseListing, type ListingBody, type Town } from '#domain/listing.ts'
import { answeredMap, type Decision } from '#domain/label.ts'
import type { Notice } from '#domain/notice.ts'
import type { OpenRecord } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Session } from '#src/sync/session.ts'
import { keyUses, openOwnRooms, type OwnRooms } from '#src/sync/own-rooms.ts'
import { createDecisions } from '#src/sync/own-decisions.ts'
import { createNotices, createSlots } from '#src/sync/own-shelf.ts'
import { progressOf, standingOf, type Choice, type Progress } from '#src/sync/progress.ts'
import { signAgainOnClock } from '#src/sync/sign-again.ts'
import type { OwnId, Publisher } from './publish.ts'

export interface OwnListing extends OwnId {
  readonly record: OpenRecord
  readonly body: ListingBody
  readonly progress: Progress
  readonly choice: Choice | undefined
  readonly span: Span
  /** Why it could not be kept in this browser, when it could not. */
  readonly unsaved: boolean
  /** The relay's reason for not taking what is here, while it does not. */
  readonly held: string | undefined
  /** The moderators' last word about it. */
  readonly decision: Decision | undefined
}

/** A decision about a guide or the key itself. */
export interface OwnDecision {
  readonly use: OwnId['use']
  readonly decision: Decision
}

export interface OwnListings {
  /** Solid accessor, the last changed first. */
  readonly all: Accessor<readonly OwnListing[]>
  /** Solid accessor: whether this device's copies have been read, all of them. */
  readonly ready: Accessor<boolean>
  /** Solid accessor: what was refused of the names I go by. */
  readonly nameRefusals: Accessor<readonly Refusal[]>
  /** Solid accessor: what moderators have decided about anything but listings. */
  readonly decisions: Accessor<readonly OwnDecision[]>
  /** Solid accessor: what became of what I have reported, the last first. */
  readonly answers: Accessor<readonly Decision[]>
  /** Solid accessor: whether some could not be, so that nothing can be concluded from what is missing. */
  readonly failed: Accessor<boolean>
  /** Opens the rooms of a key that has just been made, or could not be opened before. Rejects when they do not open. */
  open(use: OwnId['use']): Promise<void>
}

/** Call it where Solid has an owner; its rooms are released with that owner. */
export function createOwnListings(session: Session, town: Town, publisher: Publisher): OwnListings {
  const owner = getOwner()
  const [desks, setDesks] = createSignal<readonly KeyDesk[]>([])
  const [ready, setReady] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  const opening = new Map<OwnId['use'], Promise<void>>()

  const openDesk = async (use: OwnId['use']): Promise<void> => {
    const did = await session.knownDid(use)
    if (!did) return void opening.delete(use)
    const [rooms, device] = await Promise.all([openOwnRooms(session, use, did), session.device(use)])
    const desk = runWithOwner(owner, () => createKeyDesk({ town, publisher, rooms, device }))
    await desk?.loaded
    if (desk) setDesks([...desks(), desk])
  }
  const open = (use: OwnId['use']): Promise<void> => {
    const known = opening.get(use) ?? openDesk(use)
    opening.set(use, known)
    known.catch(() => opening.delete(use)) // asked again, it may
    return known
  }
  const openAll = async (): Promise<void> => {
    const opened = await Promise.allSettled(keyUses.map(open))
    const isRead = opened.every(({ status }) => status === 'fulfilled')
    ;(isRead ? setReady : setFailed)(true)
  }
  void openAll()
  const all = createMemo(() =>
    desks()
      .flatMap(({ listings }) => listings())
      .sort(lastChangedFirst),
  )
  const nameRefusals = createMemo(() => desks().flatMap((desk) => desk.nameRefusals()))
  const decisions = createMemo(() => desks().flatMap((desk) => desk.decisions()))
  const answers = createMemo(() =>
    desks()
      .flatMap((desk) => desk.answers())
      .sort((a, b) => b.at - a.at),
  )
  return { all, ready, failed, nameRefusals, decisions, answers, open }
}

const lastChangedFirst = (a: OwnListing, b: OwnListing): number =>
  b.record.envelope.updatedAt - a.record.envelope.updatedAt || (a.id < b.id ? -1 : 1)

/** @param now ms */
export const ownLifeOf = ({ span, body }: OwnListing, now: number): Life => lifeOf({ ...span, state: body.state }, now)

interface KeyDesk {
  readonly listings: Accessor<readonly OwnListing[]>
  readonly nameRefusals: Accessor<readonly Refusal[]>
  readonly decisions: Accessor<readonly OwnDecision[]>
  readonly answers: Accessor<readonly Decision[]>
  readonly loaded: Promise<void>
}
interface KeyDeskDeps {
  readonly town: Town
  readonly publisher: Publisher
  readonly rooms: OwnRooms
  readonly device: string
}

function createKeyDesk({ town, publisher, rooms, device }: KeyDeskDeps): KeyDesk {
  const { slots, loaded } = createSlots(rooms, town.portal.id)
  const notices = createNotices(rooms)
  const decided = createDecisions(rooms)
  const kept = createKept(rooms)
  const isStored = () => rooms.shelf.stored() && rooms.contact.stored()

  const listings = createMemo(() =>
    [...slots().values()].flatMap((found): readonly OwnListing[] => {
      const standing = standingOf(found, device, notices())
      const parsed = standing && parseListing(town, standing.shown.envelope.body)
      if (!standing || !parsed?.ok || standing.shown.envelope.kind !== 'listing') return []
      const { shown: record, choice } = standing
      const progress = progressOf(notices().get((choice?.mine ?? record).hash), {
        isSaved: kept.texts().has(record.text),
        isStored: isStored(),
      })
      const span = spanOf(record, parsed.value, notices().get(record.hash))
      return [
        {
          use: rooms.use,
          id: record.envelope.id,
          record,
          body: parsed.value,
          progress,
          choice,
          span,
          unsaved: kept.failed(),
          decision: standingDecision(decided().get(record.envelope.id), record),
          held: isStored() ? undefined : (rooms.shelf.refused() ?? rooms.contact.refused())?.code,
        },
      ]
    }),
  )
  const nameRefusals = createMemo(() =>
    [...slots().values()].flat().flatMap(({ device: of, record }): readonly Refusal[] => {
      const notice = of === device && record.envelope.kind === 'profile' ? notices().get(record.hash) : undefined
      return notice?.verdict === 'refused' ? notice.refusals : []
    }),
  )
  signAgainOnClock({
    device,
    slots,
    notices,
    again: ({ envelope }, notice) => void publisher.signAgain({ use: rooms.use, id: envelope.id }, notice),
  })
  const decisions = () =>
    [...decided().values()]
      .filter(({ subject }) => subject.kind !== 'listing')
      .map((decision) => ({ use: rooms.use, decision }))
  const answered = createDecisions(rooms, answeredMap)
  return { listings, nameRefusals, decisions, answers: () => [...answered().values()], loaded }
}

/** What was only said, and is not in force, is over with the next version. */
const standingDecision = (decision: Decision | undefined, { envelope }: OpenRecord): Decision | undefined =>
  decision?.action === 'hide' || (decision && decision.at >= envelope.updatedAt) ? decision : undefined

/** The relay's receipt is known to us only from its notice of the revision that started the time. */
const spanOf = ({ envelope }: OpenRecord, { validDays }: ListingBody, notice: Notice | undefined): Span => ({
  renewedAt: envelope.renewedAt,
  receivedAt: notice && envelope.updatedAt === envelope.renewedAt ? notice.at : envelope.renewedAt,
  validDays,
})

/** The texts whose IndexedDB transaction is complete, the contacts of that moment included. */
function createKept({ shelf, contact, inbox }: OwnRooms) {
  const [texts, setTexts] = createSignal<ReadonlySet<unknown>>(new Set())
  const [failed, setFailed] = createSignal(false)
  const records = shelf.doc.getMap('records')
  const keep = async (): Promise<void> => {
    const written = [...records.values()]
    const results = await Promise.all([shelf.saved(), contact.saved()])
    const isKept = results.every(({ ok }) => ok)
    setFailed(!isKept)
    if (isKept) setTexts((before) => new Set([...before, ...written]))
  }
  const changed = () => void keep()
  records.observe(changed)
  onCleanup(() => records.unobserve(changed))
  onCleanup(() => [shelf, contact, inbox].forEach((room) => room.release()))
  void keep()
  return { texts, failed }
}

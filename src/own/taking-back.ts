/** What came in is withdrawn or taken out again, by its note: at once, or a week later. */
import type { KeyUse } from '#domain/identity.ts'
import type { Town } from '#domain/listing.ts'
import { parseGuide } from '#domain/published-guide.ts'
import { nextRevision, type RecordId } from '#domain/record.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import type { OwnId, Publisher } from '#src/listings/publish.ts'
import { newestOf, openOwnRooms, slotsOf } from '#src/sync/own-rooms.ts'
import type { Session } from '#src/sync/session.ts'
import { keepNote, markOfDraft, noteIn, type NoteName, type UndoNote } from './undo-note.ts'
import { removeTexts } from './workspace-texts.ts'

export interface TakeBackDeps {
  readonly session: Session
  readonly town: Town
  readonly publisher: Publisher
  /** After each listing. */
  readonly told: (done: number, all: number) => void
}

export type TakingBack =
  /** Came within a week, and may be taken back. */
  | { readonly kind: 'noted'; readonly note: UndoNote }
  /** `left`: how many listings could not be withdrawn, and `isKept`: whether this device has all that on its disk. */
  | { readonly kind: 'undone'; readonly count: number; readonly left: number; readonly isKept: boolean }
  | { readonly kind: 'undo-broken' }

export function createTakingBack(name: NoteName, deps: TakeBackDeps) {
  const { session } = deps
  const noted = async () => noteIn(await session.me(), name, session.now())
  return {
    /** What an earlier page has left to take back. */
    async resume(): Promise<TakingBack | undefined> {
      const note = (await session.knownDid('person')) && (await noted())
      return note ? { kind: 'noted', note } : undefined
    },
    async undo(): Promise<TakingBack> {
      try {
        const note = await noted()
        if (!note) return { kind: 'undone', count: 0, left: 0, isKept: true } // by another tab or device
        const { taken, left, isKept } = await takeBack(name, note, deps)
        return { kind: 'undone', count: taken, left: left.length, isKept }
      } catch {
        return { kind: 'undo-broken' }
      }
    },
  }
}

export interface TakenBack {
  /** How many listings were withdrawn. */
  readonly taken: number
  /** Listings that could not be withdrawn. */
  readonly left: readonly OwnId[]
  /** Whether this device has kept it so. */
  readonly isKept: boolean
}

/**
 * Takes back what a note names and is here: listings and guides are withdrawn, drafts and the like go. Asked again it goes on with what
 * is left.
 */
export async function takeBack(
  name: NoteName,
  note: UndoNote,
  { session, town, publisher, told }: TakeBackDeps,
): Promise<TakenBack> {
  const me = await session.me()
  const left: OwnId[] = []
  let taken = 0
  for (const [at, own] of note.listings.entries()) {
    if (await isLiveHere(own, { session, town })) {
      const isDone = await publisher.setState(own, 'changed-mind').catch(() => false)
      if (isDone) taken++
      else left.push(own)
    }
    told(at + 1, note.listings.length)
  }
  for (const id of note.guides) await withdrawGuide(id, { session, town })
  const drafts = createDrafts(me, session.now())
  for (const [id, mark] of Object.entries(note.drafts)) {
    const draft = drafts.read(id)
    if (draft && (await markOfDraft(draft.values)) === mark) drafts.drop(id) // what was written on since stays
  }
  await removeTexts(me.doc, note.texts)
  const shelves = await shelvesOf(note, session)
  const kept = await Promise.all([me, ...shelves].map((room) => room.saved()))
  const isKept = kept.every(({ ok }) => ok)
  if (!isKept) return { taken, left, isKept } // the note stays: on the disk it may all be as it was
  keepNote(me, name, left.length > 0 ? { ...note, listings: left } : undefined)
  return { taken, left, isKept: (await me.saved()).ok }
}

type Where = Pick<TakeBackDeps, 'session' | 'town'>

/** What never came, and what its person has ended since, is left as it is. */
async function isLiveHere({ use, id }: OwnId, { session, town }: Where): Promise<boolean> {
  const { shelf, did } = await openOwnRooms(session, use, (await session.signer(use)).did)
  const newest = newestOf((await slotsOf(shelf, did, town.portal.id)).get(id) ?? [])
  return newest?.envelope.body['state'] === 'live'
}

async function shelvesOf({ listings, guides }: UndoNote, session: Session) {
  const uses = new Set<KeyUse>([...listings.map(({ use }) => use), ...(guides.length > 0 ? ['person' as const] : [])])
  return Promise.all(
    [...uses].map(async (use) => (await openOwnRooms(session, use, (await session.signer(use)).did)).shelf),
  )
}

async function withdrawGuide(id: RecordId, { session, town }: Where): Promise<void> {
  const signer = await session.signer('person')
  const rooms = await openOwnRooms(session, 'person', signer.did)
  const before = newestOf((await slotsOf(rooms.shelf, rooms.did, town.portal.id)).get(id) ?? [])
  const guide = before && parseGuide(before.envelope.body)
  if (!before || !guide?.ok || guide.value.state !== 'live') return
  const version = guide.value.version + 1
  const { policy } = guide.value
  const body = { ...guide.value, state: 'withdrawn', version, ...(policy && { policy: { ...policy, version } }) }
  const record = await nextRevision(signer, before, { body, now: session.now(), renew: false })
  rooms.shelf.doc.getMap('records').set(`${id}/${await session.device('person')}`, record.text)
  await rooms.shelf.saved()
}

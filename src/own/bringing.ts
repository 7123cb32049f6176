/** The state of bringing a file in: chosen, looked at, brought, taken back. Loaded with the first file. */
import { createMemo, createSignal } from 'solid-js'
import { openBundle, type BundleFault } from '#domain/bundle.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { rankOf } from '#domain/record.ts'
import { town } from '#src/i18n/town.ts'
import { checkHouse } from '#src/listings/house-check.ts'
import { createOwnListings } from '#src/listings/own-listings.ts'
import { createPublisher } from '#src/listings/publish.ts'
import { keyUses, newestOf, openOwnRooms, slotsOf } from '#src/sync/own-rooms.ts'
import type { Session } from '#src/sync/session.ts'
import { bring, type Brought } from './bundle-import.ts'
import { planOf, type Plan } from './bundle-plan.ts'
import { createTakingBack, type TakingBack } from './taking-back.ts'
import { isEmpty, noteIn } from './undo-note.ts'

export type Bringing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'fault'; readonly fault: BundleFault['kind'] | 'too-large' | 'unreadable' }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'under-way'; readonly done: number; readonly all: number }
  /** `isNoted`: what came can be taken back; else the note, if there is one, is of an earlier file. */
  | { readonly kind: 'brought'; readonly brought: Brought; readonly isNoted: boolean }
  /** Not all came, or not onto the disk. */
  | { readonly kind: 'broken'; readonly isNoted: boolean }
  | TakingBack

const mostBytes = 300 * 1024 * 1024
const random = () => crypto.getRandomValues(new Uint8Array(16))

/** Call it where Solid has an owner. */
export function createBringing(session: Session) {
  const publisher = createPublisher(session, town, random)
  const listings = createOwnListings(session, town, publisher)
  const [state, setState] = createSignal<Bringing>({ kind: 'idle' })
  const told = (done: number, all: number) => void setState({ kind: 'under-way', done, all })
  const deps = { session, town, publisher, told }
  const back = createTakingBack('file', deps)
  const read = async (file: Blob): Promise<Bringing> => {
    if (file.size > mostBytes) return { kind: 'fault', fault: 'too-large' }
    const text = await file.text().catch(() => undefined)
    if (text === undefined) return { kind: 'fault', fault: 'unreadable' }
    const opened = await openBundle(text)
    return opened.ok
      ? { kind: 'plan', plan: await look(session, opened.value) }
      : { kind: 'fault', fault: opened.error.kind }
  }
  /** Of those that came, as they stand now. */
  const standing = createMemo(() => {
    const now = state()
    if (now.kind !== 'brought') return []
    const ids = new Set<string>(now.brought.listings.map(({ id }) => id))
    return listings.all().filter(({ id }) => ids.has(id))
  })
  return {
    state,
    standing,
    async open(file: Blob): Promise<void> {
      setState({ kind: 'reading' })
      setState(await read(file).catch((): Bringing => ({ kind: 'fault', fault: 'unreadable' })))
    },
    async resume(): Promise<void> {
      const noted = await back.resume()
      if (noted && state().kind === 'idle') setState(noted)
    },
    async bring(plan: Plan): Promise<void> {
      setState({ kind: 'under-way', done: 0, all: plan.lines.length })
      const startedAt = session.now()
      const broken = async (): Promise<Bringing> => {
        const note = noteIn(await session.me(), 'file', session.now())
        return { kind: 'broken', isNoted: note !== undefined && note.at >= startedAt }
      }
      try {
        const brought = await bring(plan, deps)
        await Promise.all(keyUses.map((use) => listings.open(use)))
        setState(brought.isKept ? { kind: 'brought', brought, isNoted: !isEmpty(brought.note) } : await broken())
      } catch {
        setState(await broken().catch((): Bringing => ({ kind: 'broken', isNoted: false })))
      }
    },
    async undo(): Promise<void> {
      setState(await back.undo())
    },
  }
}

async function look(session: Session, bundle: Plan['bundle']): Promise<Plan> {
  const mine = new Map<Did, KeyUse>()
  const shelves = new Map<KeyUse, Awaited<ReturnType<typeof slotsOf>>>()
  for (const use of keyUses) {
    const did = await session.knownDid(use)
    if (!did) continue
    mine.set(did, use)
    const { shelf } = await openOwnRooms(session, use, did)
    shelves.set(use, await slotsOf(shelf, did, town.portal.id))
  }
  return planOf(bundle, {
    workspace: (await session.me()).doc,
    town,
    mine,
    known(use, id) {
      const newest = newestOf(shelves.get(use)?.get(id) ?? [])
      return newest && rankOf(newest)
    },
    check: checkHouse,
    now: session.now(),
  })
}

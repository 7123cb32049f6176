/** The state of bringing a table in: looked at, noted, published row by row, taken back. Loaded when the page is at rest. */
import { createMemo, createSignal } from 'solid-js'
import { sha256, toBase64url, utf8, type Bytes } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import { idOf } from '#domain/record.ts'
import { err } from '#domain/result.ts'
import { town } from '#src/i18n/town.ts'
import { freshValues, type DraftValues } from '#src/listings/draft-values.ts'
import { checkHouse } from '#src/listings/house-check.ts'
import { createOwnListings, ownLifeOf } from '#src/listings/own-listings.ts'
import { knownProfile } from '#src/listings/profile.ts'
import { createPublisher, type OwnId } from '#src/listings/publish.ts'
import { newestOf, openOwnRooms, slotsOf } from '#src/sync/own-rooms.ts'
import type { Session } from '#src/sync/session.ts'
import { tablePlanOf, textOfTable, type TableFault, type TablePlan } from './table-plan.ts'
import { createTakingBack, type TakingBack } from './taking-back.ts'
import { keepNote } from './undo-note.ts'

export type Importing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'fault'; readonly fault: TableFault | { readonly kind: 'failed' } }
  | { readonly kind: 'plan'; readonly plan: TablePlan }
  | { readonly kind: 'under-way'; readonly done: number; readonly all: number }
  /** `failed`: lines that this device could not sign or keep. */
  | { readonly kind: 'published'; readonly own: readonly OwnId[]; readonly failed: readonly number[] }
  /** Not one row came. */
  | { readonly kind: 'broken' }
  | TakingBack

/** A row is one listing, however often its table is brought in. */
export const nonceOfRow = async (did: Did, name: string): Promise<Bytes> =>
  (await sha256(utf8(`table\n${did}\n${name}`))).slice(0, 16)

/** Call it where Solid has an owner. */
export function createImporting(session: Session) {
  const publisher = createPublisher(session, town, () => crypto.getRandomValues(new Uint8Array(16)))
  const listings = createOwnListings(session, town, publisher)
  const [state, setState] = createSignal<Importing>({ kind: 'idle' })

  const told = (done: number, all: number) => void setState({ kind: 'under-way', done, all })
  const back = createTakingBack('table', { session, town, publisher, told })

  const look = async (text: string): Promise<Importing> => {
    const { did } = await session.signer('person')
    const { shelf } = await openOwnRooms(session, 'person', did)
    const slots = await slotsOf(shelf, did, town.portal.id)
    await listings.open('person')
    const plan = await tablePlanOf(text, {
      town,
      basis: await basisOf(session),
      live: listings.all().filter((one) => ownLifeOf(one, session.now()) === 'live').length,
      isKnown: async (name) =>
        newestOf(slots.get(await idOf(did, toBase64url(await nonceOfRow(did, name)))) ?? []) !== undefined,
      check: checkHouse,
    })
    return plan.ok ? { kind: 'plan', plan: plan.value } : { kind: 'fault', fault: plan.error }
  }
  const open = async (text: string): Promise<void> => {
    setState({ kind: 'reading' })
    setState(await look(text).catch((): Importing => ({ kind: 'fault', fault: { kind: 'failed' } })))
  }
  return {
    state,
    open,
    async openFile(file: Blob): Promise<void> {
      const bytes = await file.arrayBuffer().catch(() => undefined)
      const text = bytes ? textOfTable(new Uint8Array(bytes)) : err({ kind: 'failed' as const })
      if (text.ok) await open(text.value)
      else setState({ kind: 'fault', fault: text.error })
    },
    /** Of those that were published, as they stand now. */
    standing: createMemo(() => {
      const now = state()
      const ids = new Set<string>(now.kind === 'published' ? now.own.map(({ id }) => id) : [])
      return listings.all().filter(({ id }) => ids.has(id))
    }),
    async resume(): Promise<void> {
      const noted = await back.resume()
      if (noted && state().kind === 'idle') setState(noted)
    },
    async publish({ rows }: TablePlan): Promise<void> {
      const coming = rows.filter(({ action }) => action === 'publish')
      told(0, coming.length)
      try {
        const { did } = await session.signer('person')
        const named = await Promise.all(
          coming.map(async ({ line, name, values }) => {
            const nonce = await nonceOfRow(did, name)
            return { line, values, nonce, own: { use: 'person', id: await idOf(did, toBase64url(nonce)) } as const }
          }),
        )
        const me = await session.me()
        const listings = named.map(({ own }) => own)
        keepNote(me, 'table', { at: session.now(), listings, guides: [], drafts: {}, texts: {} })
        if (!(await me.saved()).ok) throw new Error('what came could not be taken back')
        const own: OwnId[] = []
        const failed: number[] = []
        for (const [at, row] of named.entries()) {
          told(at, coming.length)
          const made = await publisher.publish(row.values, undefined, row.nonce).catch(() => undefined)
          if (made?.ok) own.push(row.own)
          if (!made?.ok || !made.value.isKept) failed.push(row.line)
        }
        setState({ kind: 'published', own, failed })
      } catch {
        setState({ kind: 'broken' })
      }
    },
    async undo(): Promise<void> {
      setState(await back.undo())
    },
  }
}

/** As the business's page says it. */
async function basisOf(session: Session): Promise<DraftValues> {
  const profile = await knownProfile(session, 'person', town.portal.id)
  if (!profile) return freshValues
  const firm = profile.poster === 'company' ? { firm: profile.business?.registered ?? profile.name } : {}
  const contact = profile.business ? { contactValue: profile.business.phone } : {}
  return { ...freshValues, name: profile.name, poster: profile.poster, ...firm, ...contact }
}

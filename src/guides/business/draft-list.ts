/** The drafts of a business for those it lets write all of them: kept by its owner as he writes, read by its members. */
import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'
import * as Y from 'yjs'
import { everyDraft } from '#domain/delegation.ts'
import { draftLinesIn, draftListOf, type DraftLine } from '#domain/draft-list.ts'
import { isDid, type Did } from '#domain/identity.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import type { MyDrafts } from './my-drafts.ts'
import type { Office } from './office.ts'

interface OwnerDeps {
  readonly session: Session
  readonly office: Office
  readonly drafts: MyDrafts
}

const linesOf = (doc: Y.Doc) => doc.getMap<unknown>('drafts')
const metaOf = (doc: Y.Doc) => doc.getMap<unknown>('meta')

/** Nothing is told while nobody may write all drafts. A copy of what another business lost stays private. */
export function keepDraftList({ session, office, drafts }: OwnerDeps): void {
  const [room, setRoom] = createSignal<OpenRoom>()
  let told: ReadonlySet<string> = new Set()
  let opening: Promise<void> | undefined
  const open = async (): Promise<void> => {
    setRoom(await session.room(await draftListOf(office.did), 'person'))
  }
  createEffect(() => {
    const isShared = office
      .delegations()
      .some(({ body }) => body.draft === everyDraft && !body.revoked && body.until > session.now())
    if (isShared) opening ??= open()
  })
  createEffect(() => {
    const own = drafts.all().filter(({ owner, isCopy }) => owner === office.did && !isCopy)
    const name = office.profile()?.body.name
    const doc = room()?.doc
    if (!doc) return
    const [lines, meta] = [linesOf(doc), metaOf(doc)]
    const before = told
    told = new Set(own.map(({ draft }) => draft))
    doc.transact(() => {
      if (name && meta.get('name') !== name) meta.set('name', name)
      for (const { draft, title, at } of own)
        if (JSON.stringify(lines.get(draft)) !== JSON.stringify({ title, at })) lines.set(draft, { title, at })
      for (const gone of before) if (!told.has(gone)) lines.delete(gone)
    })
  })
  onCleanup(() => room()?.release())
}

export interface SharedList {
  readonly owner: Did
  /** As the business goes by; nothing until it was read. */
  readonly name: Accessor<string>
  readonly lines: Accessor<readonly DraftLine[]>
  /** Not agreed yet, or taken back. */
  readonly isClosed: Accessor<boolean>
}

/** Call it where Solid has an owner. */
export function openSharedList(session: Session, owner: Did): SharedList {
  const [room, setRoom] = createSignal<OpenRoom>()
  const [seen, setSeen] = createSignal<{ readonly name: string; readonly lines: readonly DraftLine[] }>({
    name: '',
    lines: [],
  })
  const look = ({ doc }: OpenRoom): void => {
    const name = metaOf(doc).get('name')
    setSeen({ name: typeof name === 'string' ? name.slice(0, 20) : '', lines: draftLinesIn(linesOf(doc).entries()) })
  }
  let isGone = false
  let stop = () => {}
  const open = async (): Promise<void> => {
    const opened = await session.room(await draftListOf(owner), 'person')
    if (isGone) return opened.release()
    const changed = () => look(opened)
    opened.doc.on('update', changed)
    stop = () => {
      opened.doc.off('update', changed)
      opened.release()
    }
    look(opened)
    setRoom(opened)
  }
  void open()
  onCleanup(() => {
    isGone = true
    stop()
  })
  const isClosed = () => {
    const code = room()?.refused()?.code
    return code === 'forbidden' || code === 'read-only'
  }
  return { owner, name: () => seen().name, lines: () => (isClosed() ? [] : seen().lines), isClosed }
}

export interface MyOwners {
  /** Businesses that have invited me to write all their drafts. */
  readonly all: Accessor<readonly Did[]>
  keep(owner: Did): void
  drop(owner: Did): void
}

/** In my private workspace: whom one works for is nobody's business. Call it where Solid has an owner. */
export function createMyOwners(me: Pick<OpenRoom, 'doc'>): MyOwners {
  const map = me.doc.getMap<unknown>('guideOwners')
  const read = () => [...map.keys()].filter(isDid).sort()
  const [all, setAll] = createSignal<readonly Did[]>(read())
  const changed = () => void setAll(read())
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return {
    all,
    keep: (owner) => void (map.has(owner) || map.set(owner, true)),
    drop: (owner) => map.delete(owner),
  }
}

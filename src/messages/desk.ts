/** The messages of this page: one desk for all its islands, joined from the workspace, the inboxes of both keys and the outbox. */
import { createEffect, createMemo, createRoot, createSignal, type Accessor } from 'solid-js'
import { toBase64url } from '#domain/bytes.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { inboxOf } from '#domain/room.ts'
import { messageKeyOf } from '#src/identity/agreement.ts'
import { pageClock } from '#src/sync/clock.ts'
import { keyUses } from '#src/sync/own-rooms.ts'
import { openSession, type Session, type Workspace } from '#src/sync/session.ts'
import { workOf } from '#src/sync/work.ts'
import './badge.ts'
import { createBook, receivedMark, type Book } from './book.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { OwnOne } from './own-titles.ts'
import { createReceived, type InboxContent } from './received.ts'
import type { OwnInbox, Removal } from './removal.ts'
import { threadsOf, type Thread } from './threads.ts'
import type { ThreadName } from './thread-name.ts'
import { writeUnread } from './unread.ts'

export interface Desk {
  readonly session: Session
  readonly me: Workspace
  readonly book: Book
  readonly outbox: Outbox
  /** Solid accessors. */
  readonly threads: Accessor<readonly Thread[]>
  readonly unopened: Accessor<InboxContent['unopened']>
  /** Whether what lies here was read. */
  readonly ready: Accessor<boolean>
  /** Of my own listings, when somebody knows them: reactive. */
  ownOf(listing: string): OwnOne | undefined
  readonly setOwn: (ownOf: (listing: string) => OwnOne | undefined) => void
  /** What lies in my inboxes, opened or not. */
  readonly inboxes: () => readonly OwnInbox[]
  /** Its code comes with the first thing somebody wants to be rid of. */
  removal(): Promise<Removal>
  /** Keeps my words, and sends them when there is a network. Resolves when they are on this device. */
  write(name: ThreadName, about: About, text: string): Promise<void>
}
/** What a message is about, as I saw it: its title, and when its page said that it ends. */
export interface About {
  readonly title: string
  readonly until: number | undefined
}

let opening: Promise<Desk> | undefined

export function openDesk(): Promise<Desk> {
  opening ??= createDesk()
  opening.catch(() => (opening = undefined)) // its code did not come, or the disk was full: asked again, it may
  return opening
}

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const againMs = 30_000

async function createDesk(): Promise<Desk> {
  const session = openSession()
  const me = await session.me()
  return createRoot(() => openWith(session, me))
}

const ask: typeof fetch = (...question) => fetch(...question)

function openWith(session: Session, me: Workspace): Desk {
  const book = createBook(me)
  const outbox = createOutbox({
    book,
    signer: (use) => session.signer(use),
    async now() {
      await pageClock.measureOnce()
      return pageClock.now()
    },
    origin: location.origin,
    random,
    ask,
    work: workOf,
  })
  const inboxes = createInboxes(session, book)
  const [own, setOwn] = createSignal<Desk['ownOf']>(() => undefined)
  const isHere = ({ use, key }: { readonly use: KeyUse; readonly key: string }) =>
    !book.gone().has(receivedMark(use, key))
  const received = createMemo(() => inboxes.contents().flatMap((content) => content.received.filter(isHere)))
  const threads = createMemo(() =>
    threadsOf({
      sent: book.sent(),
      received: received(),
      readUntil: book.readUntil,
      isBlocked: book.isBlocked,
      titleOf: (listing) => own()(listing)?.title,
    }),
  )
  const waiting = createMemo(() => book.sent().filter(({ state }) => state === 'kept').length)
  createEffect(() => {
    if (!inboxes.ready()) return
    writeUnread({
      isUsed: inboxes.contents().length > 0,
      unread: threads().reduce((sum, { unread }) => sum + unread, 0),
      waiting: waiting(),
      at: Date.now(),
    })
  })
  createEffect(() => session.connection() === 'online' && waiting() > 0 && void outbox.flush())
  let removing: Promise<Removal> | undefined
  const removal = (): Promise<Removal> => {
    const { signer, now } = session
    const deps = { book, signer, now, inboxes: inboxes.own, origin: location.origin, ask }
    removing ??= import('./removal.ts').then(({ createRemoval }) => createRemoval(deps))
    removing.catch(() => (removing = undefined))
    return removing
  }
  const sweep = () =>
    book.gone().size > 0 &&
    void removal().then(
      (one) => one.flush(),
      () => undefined,
    )
  createEffect(() => inboxes.ready() && inboxes.contents() && session.connection() === 'online' && sweep())
  setInterval(() => {
    if (waiting() > 0) void outbox.flush()
    sweep()
  }, againMs)
  return {
    session,
    me,
    book,
    outbox,
    threads,
    unopened: createMemo(() => inboxes.contents().flatMap(({ unopened }) => unopened.filter(isHere))),
    inboxes: inboxes.own,
    removal,
    ready: inboxes.ready,
    ownOf: (listing) => own()(listing),
    setOwn: (ownOf) => void setOwn(() => ownOf),
    async write(name, about, text) {
      const id = toBase64url(random(16))
      const { use, with: to, listing } = name
      book.put({ id, use, to, listing, ...about, text, at: session.now(), state: 'kept' })
      book.draft(name, '')
      await me.saved()
      await inboxes.open(use) // the first word makes the key, and now somebody may answer it
      void outbox.flush()
    },
  }
}

function createInboxes(session: Session, book: Book) {
  const [contents, setContents] = createSignal<readonly Accessor<InboxContent>[]>([])
  const own: OwnInbox[] = []
  const [ready, setReady] = createSignal(false)
  const opened = new Map<KeyUse, Promise<void>>()
  const openNow = async (use: KeyUse): Promise<void> => {
    const did: Did | undefined = await session.knownDid(use)
    const mine = did && (await messageKeyOf(use))
    if (!mine) return void opened.delete(use)
    const inbox = await session.room(inboxOf(mine.did), use)
    const received = createRoot(() => {
      const made = createReceived({ use, inbox, mine, isBlocked: book.isBlocked })
      createEffect(() => {
        book.blocked()
        void made.read()
      })
      return made
    })
    await received.loaded
    own.push({ use, keys: received.keys, isWhole: inbox.synced })
    setContents((others) => [...others, received.content])
  }
  const open = (use: KeyUse): Promise<void> => {
    const known = opened.get(use) ?? openNow(use)
    opened.set(use, known)
    known.catch(() => opened.delete(use))
    return known
  }
  void Promise.allSettled(keyUses.map(open)).finally(() => setReady(true))
  return { contents: () => contents().map((content) => content()), own: () => own, ready, open }
}

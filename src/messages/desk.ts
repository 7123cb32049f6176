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
import { createBook, type Book } from './book.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createReceived, type InboxContent } from './received.ts'
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
  /** Titles of my own listings, when somebody knows them. */
  readonly setTitles: (titleOf: (listing: string) => string | undefined) => void
  /** Keeps my words, and sends them when there is a network. Resolves when they are on this device. */
  write(name: ThreadName, title: string, text: string): Promise<void>
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
    ask: (...question) => fetch(...question),
    work: workOf,
  })
  const inboxes = createInboxes(session, book)
  const [titles, setTitles] = createSignal<(listing: string) => string | undefined>(() => undefined)
  const threads = createMemo(() =>
    threadsOf({
      sent: book.sent(),
      received: inboxes.contents().flatMap(({ received }) => received),
      readUntil: book.readUntil,
      isBlocked: book.isBlocked,
      titleOf: titles(),
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
  setInterval(() => waiting() > 0 && void outbox.flush(), againMs)
  return {
    session,
    me,
    book,
    outbox,
    threads,
    unopened: createMemo(() => inboxes.contents().flatMap(({ unopened }) => unopened)),
    ready: inboxes.ready,
    setTitles: (titleOf) => void setTitles(() => titleOf),
    async write(name, title, text) {
      const id = toBase64url(random(16))
      const { use, with: to, listing } = name
      book.put({ id, use, to, listing, title, text, at: session.now(), state: 'kept' })
      book.draft(name, '')
      await me.saved()
      await inboxes.open(use) // the first word makes the key, and now somebody may answer it
      void outbox.flush()
    },
  }
}

function createInboxes(session: Session, book: Book) {
  const [contents, setContents] = createSignal<readonly Accessor<InboxContent>[]>([])
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
    setContents((others) => [...others, received.content])
  }
  const open = (use: KeyUse): Promise<void> => {
    const known = opened.get(use) ?? openNow(use)
    opened.set(use, known)
    known.catch(() => opened.delete(use))
    return known
  }
  void Promise.allSettled(keyUses.map(open)).finally(() => setReady(true))
  return { contents: () => contents().map((content) => content()), ready, open }
}

/**
 * What somebody does not want to have any more: it is out of sight at once, and carried out five minutes later, or when he says so; until
 * then it can be taken back. What he wrote goes from the workspace, what he received is taken out of his inbox at the portal. The
 * other side keeps what is theirs. A mark is in the workspace, so that another device of the key carries out what this one cannot.
 */
import { Did, type KeyUse, type Signer } from '#domain/identity.ts'
import { mostCleared, senderIn, type Clearing } from '#domain/inbox.ts'
import { makeToken } from '#domain/token.ts'
import { minuteMs } from '#domain/time.ts'
import { receivedMark, type Book } from './book.ts'

export const undoMs = 5 * minuteMs

/** One inbox of mine, as this device has it. */
export interface OwnInbox {
  readonly use: KeyUse
  /** Keys of all that lies there. */
  keys(): readonly string[]
  /** Whether the portal has told of all that lies there. */
  isWhole(): boolean
}

export interface RemovalDeps {
  readonly book: Pick<Book, 'gone' | 'mark' | 'unmark' | 'carryOut'>
  readonly inboxes: () => readonly OwnInbox[]
  readonly signer: (use: KeyUse) => Promise<Signer>
  /** The relay's time as far as it is known, ms. */
  readonly now: () => number
  readonly origin: string
  readonly ask: typeof fetch
}

export interface Removal {
  remove(marks: readonly string[]): void
  /** Takes back all that is not yet carried out. */
  undo(): void
  /** Does not wait any longer, and resolves when there is nothing left that could be done now. */
  hurry(): Promise<void>
  flush(): Promise<void>
}

export function createRemoval(deps: RemovalDeps): Removal {
  const { book, now } = deps
  let flushing: Promise<void> | undefined
  const due = () => [...book.gone()].filter(([, at]) => at <= now()).map(([mark]) => mark)
  const run = async (): Promise<void> => {
    const marks = due()
    book.carryOut(marks.filter((mark) => !mark.startsWith('in/')))
    for (const inbox of deps.inboxes()) await clearIn(inbox, marks, deps)
  }
  const flush = (): Promise<void> => (flushing ??= run().finally(() => (flushing = undefined)))
  return {
    remove: (marks) => book.mark(marks, now() + undoMs),
    undo: () => book.unmark([...book.gone().keys()].filter((mark) => !due().includes(mark))),
    async hurry() {
      book.mark([...book.gone().keys()], 0)
      await flushing
      await flush()
    },
    flush,
  }
}

async function clearIn(inbox: OwnInbox, marks: readonly string[], deps: RemovalDeps): Promise<void> {
  const wanted = new Set(marks)
  const here = inbox.keys().filter((key) => wanted.has(receivedMark(inbox.use, key)))
  const prefix = receivedMark(inbox.use, '')
  const elsewhere = marks.filter((mark) => mark.startsWith(prefix) && !here.includes(mark.slice(prefix.length)))
  if (inbox.isWhole()) deps.book.carryOut(elsewhere) // another device had it taken out, or its sixty days were over
  for (let from = 0; from < here.length; from += mostCleared) {
    const some = here.slice(from, from + mostCleared)
    if (!(await clear(inbox.use, some, deps))) return
  }
}

/** @returns whether it was done; the marks go when the room says so too */
async function clear(use: KeyUse, keys: readonly string[], deps: RemovalDeps): Promise<boolean> {
  const items = keys.flatMap((key) => {
    const from = Did.safeParse(senderIn(key)).data
    return from ? [{ from, id: key.slice(from.length + 1) }] : []
  })
  if (items.length === 0) return true
  try {
    const signer = await deps.signer(use)
    const token = await makeToken(signer, deps.origin, deps.now())
    const answer = await deps.ask(`/inbox/${signer.did}`, {
      method: 'DELETE',
      body: JSON.stringify({ items } satisfies Clearing),
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    })
    return answer.status === 204
  } catch {
    return false // no network: asked again
  }
}

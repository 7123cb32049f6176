/**
 * Sends what is kept, the oldest first: sealed anew at each try, under the same id, so that a message whose answer was lost is not sent
 * twice. What the network or the disk refuses stays kept; what the portal refuses is told with its reason, and stays too.
 */
import { toBase64url, type Bytes } from '#domain/bytes.ts'
import { isClosedKey } from '#domain/closed-key.ts'
import { PostingProblem, type Posting } from '#domain/inbox.ts'
import type { KeyUse, Signer } from '#domain/identity.ts'
import { Message, sealMessage } from '#domain/message.ts'
import { makeToken } from '#domain/token.ts'
import type { Book, Sent } from './book.ts'

export interface OutboxDeps {
  readonly book: Pick<Book, 'sent' | 'put'>
  readonly signer: (use: KeyUse) => Promise<Signer>
  /** The relay's time; asked for before the first token. */
  readonly now: () => Promise<number>
  readonly origin: string
  readonly random: (bytes: number) => Bytes
  readonly ask: typeof fetch
  readonly work: (challenge: string, bits: number) => Promise<string | undefined>
}

export interface Outbox {
  /** Resolves when there is nothing left that could be sent now. */
  flush(): Promise<void>
}

type Answer = 'sent' | 'later' | { readonly why: NonNullable<Sent['why']> }

export function createOutbox(deps: OutboxDeps): Outbox {
  const { book } = deps
  let flushing: Promise<void> | undefined
  let again = false

  const run = async (): Promise<void> => {
    do {
      again = false
      for (const one of book.sent().filter(({ state }) => state === 'kept')) {
        const answer = await send(deps, one)
        if (answer === 'later') return
        const stands = book.sent().some(({ id, state }) => id === one.id && state === 'kept')
        if (!stands) continue // dropped, or sent by another tab
        book.put(answer === 'sent' ? { ...one, state: 'sent' } : { ...one, state: 'refused', why: answer.why })
      }
    } while (again)
  }
  return {
    flush() {
      again = true
      flushing ??= run().finally(() => (flushing = undefined))
      return flushing
    },
  }
}

async function send(deps: OutboxDeps, sent: Sent): Promise<Answer> {
  const signer = await deps.signer(sent.use)
  const { to, listing, at, id, text } = sent
  const message = Message.safeParse({ type: 'message/1', from: signer.did, to, listing, at, id, text })
  if (!message.success) return { why: { kind: 'bad-message' } }
  if (to === signer.did) return { why: { kind: 'to-oneself' } }
  try {
    const sealed = await sealMessage(signer, message.data, { ephemeral: deps.random(32), nonce: deps.random(12) })
    if (!sealed) return { why: { kind: 'no-recipient' } }
    const posting = { id, sealed: toBase64url(sealed) }
    const first = await post(deps, signer, to, posting)
    const problem = await problemOf(first)
    if (problem?.kind !== 'proof-of-work') return answerOf(first, problem)
    const { challenge = '', bits = 0 } = problem
    const nonce = await deps.work(challenge, bits)
    if (nonce === undefined) return 'later'
    const second = await post(deps, signer, to, { ...posting, proof: { challenge, nonce } })
    return answerOf(second, await problemOf(second))
  } catch {
    return 'later' // no network, or the code for it did not come
  }
}

async function post({ ask, now, origin }: OutboxDeps, signer: Signer, to: string, body: Posting): Promise<Response> {
  const token = await makeToken(signer, origin, await now())
  return ask(`/inbox/${to}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  })
}

const problemOf = async (answer: Response): Promise<PostingProblem | undefined> =>
  answer.ok ? undefined : PostingProblem.safeParse(await answer.json().catch(() => undefined)).data

const noFault: ReadonlySet<string> = new Set(['storage', 'unauthorized', 'proof-of-work'])

/** An answer that is not the portal's, a proxy's say, is no answer. */
function answerOf(answer: Response, problem: PostingProblem | undefined): Answer {
  if (answer.status === 202) return 'sent'
  if (problem && isClosedKey(problem.limit)) return { why: { kind: problem.limit } }
  if (!problem || answer.status >= 500 || noFault.has(problem.kind)) return 'later'
  const { kind, limit, value } = problem
  return { why: { kind, ...(limit !== undefined && { limit }), ...(value !== undefined && { value }) } }
}

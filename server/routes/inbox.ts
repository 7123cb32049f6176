/**
 * `POST /inbox/<did>`: a sealed message for that key, from the key whose token comes in Authorization (`src/domain/inbox.ts`). 202 only once
 * it lies on the disk; the same message again is 202 too. A key that never had anything published works for each message: 428 gives
 * it a challenge, which is good once. Whoever is refused hears which limit and what it allows.
 */
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Clearing, mostClearingBytes, mostPostingBytes, Posting, type PostingProblem } from '#domain/inbox.ts'
import { isDid, type Did } from '#domain/identity.ts'
import type { Result } from '#domain/result.ts'
import { isProof } from '#domain/work.ts'
import { statusOf, type ProblemKind } from '../errors.ts'
import type { Cleared, Posted, PostedFault } from '../projector/inboxes.ts'
import { newChallenge } from '../relay/keys.ts'

export interface InboxRouteDeps {
  /** Of the token's key. */
  readonly keyOf: (token: string) => Promise<Result<{ readonly did: Did }, { readonly kind: string }>>
  /** Zero bits of the work a message of this key costs now; 0 for none. */
  readonly proofBits: (did: Did) => number
  readonly post: (posted: Omit<Posted, 'limits'>) => Promise<Result<undefined, PostedFault>>
  /** For the token's own inbox. */
  readonly clear: (cleared: Cleared) => Promise<void>
  readonly now: () => number
  /** One call per refusal; no content. */
  readonly onRefused: (note: { readonly code: ProblemKind; readonly limit: string | undefined }) => void
}

export function inboxRoutes({ keyOf, proofBits, post, clear, now, onRefused }: InboxRouteDeps) {
  const challenges = createChallenges()
  const no = (c: Context, { kind, ...told }: PostingProblem & { readonly kind: ProblemKind }) => {
    onRefused({ code: kind, limit: told.limit })
    return c.json({ kind, ...told }, statusOf[kind], { 'Cache-Control': 'no-store' })
  }
  const atMost = (bytes: number) =>
    bodyLimit({ maxSize: bytes, onError: (c) => no(c, { kind: 'too-large', limit: 'bytes', value: bytes }) })
  const keyIn = (c: Context) => keyOf(/^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1] ?? '')
  return new Hono()
    .post('/:did', atMost(mostPostingBytes), async (c) => {
      const to = c.req.param('did')
      const key = await keyIn(c)
      if (!key.ok) return no(c, { kind: 'unauthorized', limit: key.error.kind })
      const posting = Posting.safeParse(await c.req.json().catch(() => undefined))
      if (!isDid(to)) return no(c, { kind: 'no-recipient' })
      if (!posting.success) return no(c, { kind: 'bad-message' })
      const { did: from } = key.value
      const { id, sealed, proof } = posting.data
      const bits = proofBits(from)
      if (bits > 0 && !challenges.isMet(from, bits, proof))
        return no(c, { kind: 'proof-of-work', challenge: challenges.give(from), bits })
      const posted = await post({ to, from, id, sealed, at: now() }).catch(() => 'failed' as const)
      if (posted === 'failed') return no(c, { kind: 'storage' })
      return posted.ok ? c.body(null, 202) : no(c, posted.error)
    })
    .delete('/:did', atMost(mostClearingBytes), async (c) => {
      const key = await keyIn(c)
      if (!key.ok) return no(c, { kind: 'unauthorized', limit: key.error.kind })
      const { did: to } = key.value
      if (c.req.param('did') !== to) return no(c, { kind: 'forbidden' })
      const clearing = Clearing.safeParse(await c.req.json().catch(() => undefined))
      if (!clearing.success) return no(c, { kind: 'bad-message' })
      const { items } = clearing.data
      const isDone = await clear({ to, items, at: now() }).then(
        () => true,
        () => false,
      )
      return isDone ? c.body(null, 204) : no(c, { kind: 'storage' })
    })
}

const mostChallenges = 20_000

/** One open challenge for a key; the oldest are forgotten first. */
function createChallenges() {
  const open = new Map<Did, string>()
  return {
    give(did: Did): string {
      const challenge = newChallenge()
      open.delete(did)
      open.set(did, challenge)
      if (open.size > mostChallenges) open.delete(open.keys().next().value ?? did)
      return challenge
    },
    isMet(did: Did, bits: number, proof: Posting['proof']): boolean {
      if (!proof || open.get(did) !== proof.challenge) return false
      open.delete(did)
      return isProof(proof.challenge, proof.nonce, bits)
    },
  }
}

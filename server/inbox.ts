/** Composition of the route for messages: its tokens, its limits, its hand on the writer thread. */
import type { DatabaseSync } from 'node:sqlite'
import type { Logger } from 'pino'
import { err, type Result } from '#domain/result.ts'
import { verifyToken } from '#domain/token.ts'
import type { Posted, PostedFault } from './projector/inboxes.ts'
import type { Limits } from './relay/limits.ts'
import type { InboxRouteDeps } from './routes/inbox.ts'
import { verifiesNow } from './signature.ts'
import { createWhyClosed } from './stores/closed-keys.ts'
import { createKeyFacts } from './stores/newcomers.ts'
import type { Writer } from './stores/writer.ts'

export interface InboxSettings {
  readonly stores: {
    readonly reader: DatabaseSync
    readonly writer: Pick<Writer, 'ask'>
  }
  readonly origins: readonly string[]
  readonly limits: Limits
  readonly log: Logger
}

export function createInbox({ stores: { reader, writer }, origins, limits, log }: InboxSettings): InboxRouteDeps {
  const { standingOf } = createKeyFacts(reader)
  const whyClosed = createWhyClosed(reader)
  return {
    async keyOf(token) {
      const key = await verifyToken(token, { audience: origins, now: Date.now() }, verifiesNow)
      const kind = key.ok && whyClosed(key.value.did)
      return kind ? err({ kind }) : key
    },
    proofBits: (did) => (limits.proofBits > 0 && standingOf(did) === 'new' ? limits.proofBits : 0),
    post: async (posted) =>
      whyClosed(posted.to) || whyClosed(posted.from) // also while its body came
        ? err({ kind: 'no-recipient' })
        : ((await writer.ask('message', { ...posted, limits } satisfies Posted)) as Result<undefined, PostedFault>),
    async clear(cleared) {
      await writer.ask('clear-inbox', cleared)
    },
    now: Date.now,
    onRefused: (note) => log.info(note, 'message refused'),
  }
}

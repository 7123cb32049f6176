/**
 * `POST /erase`: a key's owner has all of his erased. A token says that it is he, now; a signed statement in the body says that
 * this is what he wants (src/domain/erasure.ts). Answers as soon as it will be done whatever happens. `GET /erase/<mark>` tells
 * how far it is; a mark is a hash of the key.
 */
import type { IncomingMessage } from 'node:http'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { checkErasure, erasureMarkOf, mostStatementBytes, type ErasureStep } from '#domain/erasure.ts'
import type { Did } from '#domain/identity.ts'
import { statusOf, type ProblemKind } from '../errors.ts'
import type { Limiter } from './limiter.ts'
import { notAllowed, type PortalBindings } from './pages.ts'

export interface EraseRouteOwn {
  readonly erasing: {
    /** From when it resolves the key is refused, and all of it goes, whatever happens. */
    readonly erase: (did: Did) => Promise<void>
    /** Undefined where nobody asked for it. */
    readonly stepOf: (mark: string) => ErasureStep | undefined
  }
  /** Whose token it is, if it is good. */
  readonly keyOf: (token: string) => Promise<Did | undefined>
  readonly portal: string
  readonly limiter: Limiter
}
export interface EraseRouteDeps extends EraseRouteOwn {
  readonly networkOf: (request: IncomingMessage) => string
  readonly now: () => number
}

export const eraseRoutes = ({ erasing, keyOf, portal, limiter, networkOf, now }: EraseRouteDeps) =>
  new Hono<PortalBindings>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      await next()
    })
    .post('/', bodyLimit({ maxSize: 2 * mostStatementBytes, onError: (c) => no(c, 'bad-statement') }), async (c) => {
      if (!limiter.allows(networkOf(c.env.incoming), now())) return no(c, 'too-many')
      const [, token = ''] = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
      const did = await keyOf(token)
      if (!did) return no(c, 'unauthorized')
      const asked = await checkErasure(await c.req.text(), { portal, did, now: now() })
      if (!asked.ok) return no(c, asked.error.kind)
      await erasing.erase(did)
      return c.json({ step: erasing.stepOf(await erasureMarkOf(did)) }, 202)
    })
    .get('/:mark{[0-9a-f]{64}}', (c) => {
      const step = erasing.stepOf(c.req.param('mark'))
      return step ? c.json({ step }) : no(c, 'not-found')
    })
    .all('*', notAllowed('GET, HEAD, POST'))

const no = (c: Context, kind: ProblemKind): Response => c.json({ kind }, statusOf[kind])

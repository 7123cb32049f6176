/**
 * `POST /ends`: the signed end of a key (src/domain/key-end.ts), by whoever has it: it was perhaps signed long ago and kept on paper, so
 * there is no token; the signature is all. 202 when it is in force, also the second time. `GET /ends/<did>` gives it to readers.
 */
import type { IncomingMessage } from 'node:http'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isDid } from '#domain/identity.ts'
import { mostEndBytes, openEnd, type KeyEnd } from '#domain/key-end.ts'
import { maxAheadMs } from '#domain/life.ts'
import { statusOf, type ProblemKind } from '../errors.ts'
import type { Limiter } from './limiter.ts'
import { notAllowed, type PortalBindings } from './pages.ts'

export interface EndRouteOwn {
  /** Resolves with whether it is in force. */
  readonly end: (end: KeyEnd) => Promise<boolean>
  readonly endOf: (did: string) => { readonly record: string } | undefined
  readonly portal: string
  readonly limiter: Limiter
}
export interface EndRouteDeps extends EndRouteOwn {
  readonly networkOf: (request: IncomingMessage) => string
  readonly now: () => number
}

export const endRoutes = ({ end, endOf, portal, limiter, networkOf, now }: EndRouteDeps) =>
  new Hono<PortalBindings>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      await next()
    })
    .post('/', bodyLimit({ maxSize: 2 * mostEndBytes, onError: (c) => no(c, 'bad-end') }), async (c) => {
      if (!limiter.allows(networkOf(c.env.incoming), now())) return no(c, 'too-many')
      const said = await openEnd(await c.req.text(), portal)
      if (!said) return no(c, 'bad-end')
      if (said.signedAt > now() + maxAheadMs) return no(c, 'statement-time') // on the shelf it would be refused once and for all
      return (await end(said)) ? c.json({ did: said.did }, 202) : no(c, 'storage')
    })
    .get('/:did', (c) => {
      const did = c.req.param('did')
      const found = isDid(did) ? endOf(did) : undefined
      return found ? c.text(found.record) : no(c, 'not-found')
    })
    .all('*', notAllowed('GET, HEAD, POST'))

const no = (c: Context, kind: ProblemKind): Response => c.json({ kind }, statusOf[kind])

/** The plain search page, limited per network: a search in words costs what ten pages cost. Over the limit the page stays, with what was typed. */
import type { IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import type { Limiter } from './limiter.ts'
import type { Pages, PortalBindings } from './pages.ts'

export interface SearchRouteDeps {
  readonly searchLimiter: Limiter
  readonly networkOf: (request: IncomingMessage) => string
  readonly now: () => number
  readonly pages: Pages
}

export const searchRoutes = ({ searchLimiter, networkOf, now, pages }: SearchRouteDeps) =>
  new Hono<PortalBindings>().get('/', (c) => {
    const asksNothing = (c.req.query('q') ?? '').trim() === ''
    if (asksNothing || searchLimiter.allows(networkOf(c.env.incoming), now())) return pages.render(c)
    return pages.render(c, { path: c.env.incoming.url ?? '/search', tooOften: true })
  })

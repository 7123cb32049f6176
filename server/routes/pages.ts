/** The site: files of the build first, then pages that Astro renders per request from the read model. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import { etag } from 'hono/etag'
import type { OperatorFigures } from '#domain/operator.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { capture, type Captured } from './capture.ts'
import type { ContactAnswer } from './contact.ts'
import { createPageCache, encodingFor, pageOf, type KeptPage } from './page-cache.ts'

export type PortalBindings = { Bindings: HttpBindings }

/** What every rendered page is given; `contact` only after a plain form asked for one, `operator` only behind the gate. */
export interface PageLocals {
  readonly readModel: ReadModel
  readonly now: number
  readonly origin: string
  readonly contact?: ContactAnswer
  readonly operator?: OperatorFigures
}

type AstroHandler = (
  request: HttpBindings['incoming'],
  response: HttpBindings['outgoing'],
  next: (error?: unknown) => void,
  locals: PageLocals,
) => Promise<void>

export interface Pages {
  /** Renders the page at the request's own path, or at `path` (then as a GET). */
  render(
    c: Context<PortalBindings>,
    page?: { readonly path: string } & Pick<PageLocals, 'contact' | 'operator'>,
  ): Promise<Response>
  /** The page for what is not there. */
  missing(c: Context<PortalBindings>): Promise<Response>
  /** The page for a fault of ours; it was printed with the site, so that it needs nothing that may just have failed. */
  broken(c: Context<PortalBindings>): Promise<Response>
}

export interface PagesDeps {
  /** The folder of the build, with `client` and `server` in it. */
  readonly dist: string
  readonly readModel: ReadModel
  readonly now: () => number
  /** Changes whenever a page may have changed. */
  readonly version: () => number
  readonly origin: () => string
  readonly onFault: (error: Error, path: string) => void
}

export async function createPages({ dist, readModel, now, version, origin, onFault }: PagesDeps): Promise<Pages> {
  const entry: { handler: AstroHandler } = await import(join(dist, 'server', 'entry.mjs'))
  const [notFound, fault] = await Promise.all([printedPage(dist, 404), printedPage(dist, 500)])
  const cache = createPageCache({ version, now })
  const missing = (c: Context<PortalBindings>) => send(c, notFound)

  return {
    async render(c, page) {
      const { incoming } = c.env
      if (namesNothing(incoming.url ?? '')) return missing(c)
      const { path, ...given } = page ?? {}
      if (path) Object.assign(incoming, { url: path, method: 'GET' })
      const locals = { readModel, now: now(), origin: origin(), ...given }
      const render = () => capture(incoming, (response, next) => entry.handler(incoming, response, next, locals))
      const found = page
        ? await render().then((made) => made && pageOf(made))
        : await cache.get(incoming.url ?? '', render)
      if (!found) return missing(c)
      if (found.status >= 500) onFault(new Error(`status ${found.status}`), c.req.path)
      return send(c, found, page ? 'no-store' : 'no-cache')
    },
    missing,
    broken: (c) => send(c, fault),
  }
}

async function printedPage(dist: string, status: 404 | 500): Promise<KeptPage> {
  const body = await readFile(join(dist, 'client', `${status}.html`))
  return pageOf({ status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body })
}

/** In the encoding the reader takes; nothing but the tag where he has this very page. */
async function send(c: Context<PortalBindings>, page: KeptPage, caching = 'no-cache'): Promise<Response> {
  const encoding = encodingFor(c.req.header('Accept-Encoding'))
  const tag = `"${page.tag}.${encoding}"`
  const headers: Record<string, string> = { ...page.headers, 'Cache-Control': caching, Vary: 'Accept-Encoding' }
  if (page.status === 200 && caching !== 'no-store') {
    headers['ETag'] = tag
    if (c.req.header('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers })
  }
  if (encoding !== 'identity') headers['Content-Encoding'] = encoding
  const body = await page.bodyIn(encoding)
  return new Response(hasNoBody(page) ? null : new Uint8Array(body), { status: page.status, headers })
}

const hasNoBody = ({ status, body }: Captured): boolean => body.length === 0 || status === 204 || status === 304

/** A path with a control character in it: no page has one, and a redirect to it could not be sent. */
const namesNothing = (url: string): boolean => /^[^?]*%(?:[01][0-9a-f]|7f)/i.test(url)

/** For the methods a route does not know. */
export const notAllowed = (allow: string) => (c: Context) => c.body(null, 405, { Allow: allow })

/** Files of the build, compressed with it; hashed ones never change, the others are asked for again by their tag. */
export const fileRoutes = (dist: string) =>
  new Hono<PortalBindings>().use(etag()).get(
    '*',
    serveStatic({
      root: join(dist, 'client'),
      precompressed: true,
      onFound: (path, c) => {
        c.header('Cache-Control', path.includes('/_a/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )

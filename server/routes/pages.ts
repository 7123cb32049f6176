/** Pages that Astro renders per request from the read model. */
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { localeOfPath, type Locale } from '#domain/locale.ts'
import type { OperatorFigures } from '#domain/operator.ts'
import type { PreviewCard } from '#domain/preview.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { capture, type Captured } from './capture.ts'
import type { ContactAnswer } from './contact.ts'
import type { ReportAnswer } from './moderation.ts'
import { createPageCache, encodingFor, pageOf, type KeptPage } from './page-cache.ts'

export type PortalBindings = { Bindings: HttpBindings }

/** What every rendered page is given; `contact` only after a plain form asked for one, `operator` only behind the gate. */
export interface PageLocals {
  readonly locale: Locale
  readonly readModel: ReadModel
  readonly now: number
  readonly origin: string
  /** JPEG. */
  readonly draw: (card: PreviewCard) => Promise<Uint8Array>
  readonly contact?: ContactAnswer
  readonly operator?: OperatorFigures
  readonly tooOften?: true
  readonly reported?: ReportAnswer
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
    page?: { readonly path: string } & Pick<PageLocals, 'contact' | 'operator' | 'tooOften' | 'reported'>,
  ): Promise<Response>
  /** The page for what is not there. */
  missing(c: Context<PortalBindings>): Promise<Response>
  /** The page for a fault of ours; it asks nothing of the read model, which may be what failed. */
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
  readonly draw: PageLocals['draw']
  readonly onFault: (error: Error, path: string) => void
}

export async function createPages({ dist, readModel, now, version, origin, draw, onFault }: PagesDeps): Promise<Pages> {
  const entry: { handler: AstroHandler } = await import(join(dist, 'server', 'entry.mjs'))
  const cache = createPageCache({ version, now })
  /** Has Astro answer at the request's own address or, as a GET, at `url`. */
  const ask = (c: Context<PortalBindings>, url?: string, given?: Partial<PageLocals>) => {
    const { incoming } = c.env
    if (url) Object.assign(incoming, { url, method: 'GET' })
    const { locale } = localeOfPath(c.req.path)
    const locals = { locale, readModel, now: now(), origin: origin(), draw, ...given }
    return capture(incoming, (response, next) => entry.handler(incoming, response, next, locals))
  }
  const missing = async (c: Context<PortalBindings>) => {
    const page = await ask(c, '/404')
    return page ? send(c, pageOf(page)) : c.body(null, 404)
  }

  return {
    async render(c, page) {
      const { url = '' } = c.env.incoming
      if (namesNothing(url)) return missing(c)
      const { path, ...given } = page ?? {}
      const made = page ? await ask(c, path, given) : undefined
      const found = page ? made && pageOf(made) : await cache.get(url, () => ask(c))
      if (!found) return missing(c)
      if (found.status >= 500) onFault(new Error(`status ${found.status}`), c.req.path)
      return send(c, found, page ? 'no-store' : 'no-cache')
    },
    missing,
    async broken(c) {
      const page = await ask(c, '/500').catch(() => undefined)
      return page ? send(c, pageOf(page)) : c.body(null, 500)
    },
  }
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

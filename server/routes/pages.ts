/** The site: files of the build first, then pages that Astro renders per request from the read model. */
import { join } from 'node:path'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import { localeOfPath, type Locale } from '#domain/locale.ts'
import type { OperatorFigures } from '#domain/operator.ts'
import type { ReadModel } from '#domain/read-model.ts'
import type { ContactAnswer } from './contact.ts'

export type PortalBindings = { Bindings: HttpBindings }

/** What every rendered page is given; `contact` only after a plain form asked for one, `operator` only behind the gate. */
export interface PageLocals {
  readonly locale: Locale
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
  /** The page for a fault of ours; it asks nothing of the read model, which may be what failed. */
  broken(c: Context<PortalBindings>): Promise<Response>
}

export interface PagesDeps {
  /** The folder of the build, with `client` and `server` in it. */
  readonly dist: string
  readonly readModel: ReadModel
  readonly now: () => number
  readonly origin: () => string
  readonly onFault: (error: Error, path: string) => void
}

export async function createPages({ dist, readModel, now, origin, onFault }: PagesDeps): Promise<Pages> {
  const entry: { handler: AstroHandler } = await import(join(dist, 'server', 'entry.mjs'))
  const show = async (c: Context<PortalBindings>, url: string | undefined, given?: Partial<PageLocals>) => {
    const { incoming, outgoing } = c.env
    if (url) Object.assign(incoming, { url, method: 'GET' })
    outgoing.setHeader('Cache-Control', url ? 'no-store' : 'no-cache')
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
    const { locale } = localeOfPath(c.req.path)
    let answered = true
    const locals = { locale, readModel, now: now(), origin: origin(), ...given }
    await entry.handler(incoming, outgoing, () => void (answered = false), locals)
    return answered
  }
  const missing = async (c: Context<PortalBindings>) =>
    (await show(c, '/404')) ? RESPONSE_ALREADY_SENT : c.body(null, 404)

  return {
    async render(c, page) {
      if (namesNothing(c.env.incoming.url ?? '')) return missing(c)
      const { path, ...given } = page ?? {}
      if (!(await show(c, path, given))) return missing(c)
      const { statusCode } = c.env.outgoing
      if (statusCode >= 500) onFault(new Error(`status ${statusCode}`), c.req.path)
      return RESPONSE_ALREADY_SENT
    },
    missing,
    broken: async (c) => ((await show(c, '/500').catch(() => false)) ? RESPONSE_ALREADY_SENT : c.body(null, 500)),
  }
}

/** A path with a control character in it: no page has one, and a redirect to it could not be sent. */
const namesNothing = (url: string): boolean => /^[^?]*%(?:[01][0-9a-f]|7f)/i.test(url)

/** For the methods a route does not know. */
export const notAllowed = (allow: string) => (c: Context) => c.body(null, 405, { Allow: allow })

/** Of every answer; the content security policy joins them when the pages' scripts have their hashes. */
export const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const

/** Files of the build; hashed ones never change. */
export const fileRoutes = (dist: string) =>
  new Hono<PortalBindings>().get(
    '*',
    serveStatic({
      root: join(dist, 'client'),
      onFound: (path, c) => {
        c.header('Cache-Control', path.includes('/_a/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )

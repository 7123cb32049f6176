/** The portal over HTTP: health, contact, files, pages. The relay's socket stands beside it (relay/socket.ts). */
import { Hono } from 'hono'
import { contactRoutes, type ContactRouteDeps } from './routes/contact.ts'
import { healthRoutes } from './routes/health.ts'
import { fileRoutes, headers, notAllowed, type Pages, type PortalBindings } from './routes/pages.ts'

export interface AppDeps extends ContactRouteDeps {
  readonly dist: string
  readonly pages: Pages
  readonly onFault: (error: Error, path: string) => void
}

export const createApp = (deps: AppDeps) =>
  new Hono<PortalBindings>()
    .use(async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(headers)) c.header(name, value)
    })
    .route('/healthz', healthRoutes(deps))
    .route('/contact', contactRoutes(deps))
    .route('/', fileRoutes(deps.dist))
    .get('*', (c) => deps.pages.render(c))
    .all('*', notAllowed('GET, HEAD'))
    .onError((error, c) => {
      deps.onFault(error, c.req.path)
      return deps.pages.broken(c)
    })

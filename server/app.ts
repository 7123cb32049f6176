/** The portal over HTTP: health, contact, policies, files, pages. The relay's socket stands beside it (relay/socket.ts). */
import { Hono } from 'hono'
import { contactRoutes, type ContactRouteDeps } from './routes/contact.ts'
import { healthRoutes } from './routes/health.ts'
import { policyRoutes, type PolicyRouteDeps } from './routes/policies.ts'
import { fileRoutes, headers, type Pages, type PortalBindings } from './routes/pages.ts'

export interface AppDeps extends ContactRouteDeps, PolicyRouteDeps {
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
    .route('/api/policies', policyRoutes(deps))
    .route('/', fileRoutes(deps.dist))
    .all('*', (c) => deps.pages.render(c))
    .onError((error, c) => {
      deps.onFault(error, c.req.path)
      return c.text('', 500)
    })

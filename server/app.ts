/** The portal over HTTP: health, metrics, rooms, contact, policies, files, pages. The relay's socket stands beside it (relay/socket.ts). */
import { Hono } from 'hono'
import { localePath, locales } from '#domain/locale.ts'
import type { Unready } from '#domain/operator.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { blobRoutes, type BlobRouteDeps } from './routes/blobs.ts'
import { contactRoutes, type ContactRouteDeps } from './routes/contact.ts'
import { editionRoutes, type EditionRouteDeps } from './routes/editions.ts'
import { endRoutes, type EndRouteOwn } from './routes/end.ts'
import { eraseRoutes, type EraseRouteOwn } from './routes/erase.ts'
import { fileRoutes, type FileRouteDeps } from './routes/files.ts'
import { healthRoutes, readyRoutes } from './routes/health.ts'
import { inboxRoutes, type InboxRouteDeps } from './routes/inbox.ts'
import { latestRoutes, type LatestRouteDeps } from './routes/latest.ts'
import { metricsRoutes, type MetricsRouteDeps } from './routes/metrics.ts'
import { operatorRoutes, type OperatorRouteDeps } from './routes/operator.ts'
import { moderationRoutes, reportRoutes, type ModerationRouteDeps } from './routes/moderation.ts'
import { notAllowed, type Pages, type PortalBindings } from './routes/pages.ts'
import { policyRoutes, type PolicyRouteDeps } from './routes/policies.ts'
import { roomRoutes, type RoomRouteDeps } from './routes/rooms.ts'
import { shareRoutes } from './routes/share.ts'
import { searchRoutes, type SearchRouteDeps } from './routes/search.ts'
import type { SecurityHeaders } from './routes/security.ts'

export interface AppDeps
  extends
    BlobRouteDeps,
    ContactRouteDeps,
    EditionRouteDeps,
    FileRouteDeps,
    LatestRouteDeps,
    MetricsRouteDeps,
    ModerationRouteDeps,
    OperatorRouteDeps,
    PolicyRouteDeps,
    RoomRouteDeps,
    SearchRouteDeps {
  readonly readModel: ReadModel
  readonly erase: EraseRouteOwn
  readonly ending: EndRouteOwn
  readonly pages: Pages
  readonly inbox: InboxRouteDeps
  /** Of every answer (routes/security.ts). */
  readonly headers: SecurityHeaders
  readonly unready: () => Promise<readonly Unready[]>
  readonly onFault: (error: Error, path: string) => void
}

export const createApp = (deps: AppDeps) =>
  new Hono<PortalBindings>()
    .use(async (c, next) => {
      await next()
      const { headers } = c.res // not by c.header(), which makes the answer anew for each and its body a stream
      for (const [name, value] of Object.entries(deps.headers(c.req.path))) headers.set(name, value)
    })
    .route('/healthz', healthRoutes(deps))
    .route('/readyz', readyRoutes(deps))
    .route('/metrics', metricsRoutes(deps))
    .route('/rooms', roomRoutes(deps))
    .route('/latest', latestRoutes(deps))
    .route('/inbox', inboxRoutes(deps.inbox))
    .route('/blobs', blobRoutes(deps))
    .route('/', moderationRoutes(deps))
    .route('/', localised('/reports', reportRoutes(deps)))
    .route('/erase', eraseRoutes({ ...deps, ...deps.erase }))
    .route('/ends', endRoutes({ ...deps, ...deps.ending }))
    .route('/', editionRoutes(deps))
    .route('/', localised('/operator', operatorRoutes(deps)))
    .route('/', localised('/contact', contactRoutes(deps)))
    .route('/', localised('/search', searchRoutes(deps)))
    .route('/', localised('/post', shareRoutes()))
    .route('/api/policies', policyRoutes(deps))
    .route('/', fileRoutes(deps))
    .get('*', (c) => deps.pages.render(c))
    .all('*', notAllowed('GET, HEAD'))
    .onError((error, c) => {
      deps.onFault(error, c.req.path)
      return deps.pages.broken(c)
    })

/** Routes that answer with a page, at their address in every language. */
const localised = (path: string, routes: Hono<PortalBindings>) =>
  locales.reduce((app, locale) => app.route(localePath(locale, path), routes), new Hono<PortalBindings>())

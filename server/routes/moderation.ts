/**
 * Reports and what follows: `POST /reports/<id>` takes one (a plain form works; with a token it counts as its key's), `GET
 * /moderation/queue` shows them to moderators, `GET /labels.json` tells what is hidden to whoever keeps copies.
 */
import type { IncomingMessage } from 'node:http'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HiddenFile } from '#domain/hidden.ts'
import { isDid, type Did } from '#domain/identity.ts'
import { labelLogPath, type LogLine } from '#domain/label-log.ts'
import { localeOfPath, localePath } from '#domain/locale.ts'
import type { QueuePage } from '#domain/queue.ts'
import type { TownAct } from '#domain/read-model.ts'
import { isRecordId } from '#domain/record.ts'
import { mostReportBytes, ReportForm } from '#domain/report.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { statusOf, type Problem } from '../errors.ts'
import type { Limiter } from './limiter.ts'
import { notAllowed, type Pages, type PortalBindings } from './pages.ts'

export type ReportAnswer = Result<'taken' | 'again', Problem>

export interface GivenReport extends ReportForm {
  readonly subject: string
  readonly did: Did | undefined
  readonly network: string
  readonly at: number
}

export interface ModerationDeps {
  readonly report: (report: GivenReport) => Promise<'taken' | 'again' | 'not-found'>
  readonly queue: (now: number) => QueuePage
  /** What moderators have written into the town's own pages, the last first. */
  readonly townActs: () => readonly TownAct[]
  /** What is hidden, as it is given out. */
  readonly hidden: (now: number) => Promise<{ readonly tag: string; readonly file: HiddenFile }>
  readonly log: () => readonly LogLine[]
  readonly isModerator: (did: Did) => boolean
  /** The key that a token names, if it is one of this portal's and of now. */
  readonly keyOf: (token: string) => Promise<Did | undefined>
  readonly limiter: Limiter
}
export interface ModerationRouteDeps {
  readonly moderation: ModerationDeps
  readonly networkOf: (request: IncomingMessage) => string
  readonly now: () => number
  readonly pages: Pages
}

type Request = Context<PortalBindings>
const bearer = (c: Request): string => /^Bearer (\S{1,2000})$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? ''

export const reportRoutes = ({ moderation, networkOf, now, pages }: ModerationRouteDeps) => {
  const answered = (c: Request, answer: ReportAnswer) => {
    const id = c.req.param('id') ?? ''
    if (!c.req.header('Accept')?.includes('application/json'))
      return pages.render(c, { path: `/reported?of=${id}`, reported: answer })
    c.header('Cache-Control', 'no-store')
    return answer.ok ? c.json({ kind: answer.value }, 201) : c.json(answer.error, statusOf[answer.error.kind])
  }
  const take = async (c: Request): Promise<ReportAnswer> => {
    const subject = c.req.param('id') ?? ''
    const network = networkOf(c.env.incoming)
    if (!moderation.limiter.allows(network, now())) return err({ kind: 'too-many' })
    const form = ReportForm.safeParse(await c.req.parseBody().catch(() => undefined))
    if (!form.success) return err({ kind: form.error.issues.some(isTooLong) ? 'too-large' : 'bad-form' })
    const token = bearer(c)
    const did = token === '' ? undefined : await moderation.keyOf(token)
    if (token !== '' && !did) return err({ kind: 'unauthorized' })
    const taken = await moderation.report({ ...form.data, subject, did, network, at: now() }).catch(() => undefined)
    if (taken === undefined) return err({ kind: 'storage' })
    return taken === 'not-found' ? err({ kind: taken }) : ok(taken)
  }
  const isSubject = (id: string): boolean => isRecordId(id) || isDid(id)
  return new Hono<PortalBindings>()
    .use('/:id', async (c, next) => (isSubject(c.req.param('id')) ? next() : pages.missing(c)))
    .post(
      '/:id',
      bodyLimit({ maxSize: mostReportBytes, onError: async (c) => answered(c as Request, err({ kind: 'too-large' })) }),
      async (c) => answered(c, await take(c)),
    )
    .get('/:id', (c) => c.redirect(localePath(localeOfPath(c.req.path).locale, '/moderation/log'), 303))
    .all('/:id', notAllowed('GET, HEAD, POST'))
}

const isTooLong = ({ message }: { readonly message: string }): boolean => message === 'too-long'

export const moderationRoutes = ({ moderation, now }: ModerationRouteDeps) => {
  const forModerators = (tell: () => object) => async (c: Request) => {
    c.header('Cache-Control', 'no-store')
    const did = await moderation.keyOf(bearer(c))
    if (!did) return c.json({ kind: 'unauthorized' } satisfies Problem, statusOf.unauthorized)
    if (!moderation.isModerator(did)) return c.json({ kind: 'forbidden' } satisfies Problem, statusOf.forbidden)
    return c.json(tell())
  }
  return new Hono<PortalBindings>()
    .get(
      '/moderation/queue',
      forModerators(() => moderation.queue(now())),
    )
    .get(
      '/moderation/acts',
      forModerators(() => ({ at: now(), acts: moderation.townActs() })),
    )
    .get(labelLogPath, (c) => c.json(moderation.log(), 200, { 'Cache-Control': 'no-cache' }))
    .get('/labels.json', async (c) => {
      const hidden = await moderation.hidden(now())
      const tag = `"labels-${hidden.tag}"`
      const headers = { ETag: tag, 'Cache-Control': 'no-cache' }
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304, headers)
      return c.json(hidden.file, 200, headers)
    })
}

/**
 * `POST /contact/<id>`: the contact of a live listing and the key of its commitment, on tap. JSON where it is asked for;
 * a plain form gets a page. Limited per network, since reading all contacts at once is what it must not be good for.
 */
import type { IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import type { HeldContact } from '#domain/contact.ts'
import { localeOfPath, localePath } from '#domain/locale.ts'
import { isRecordId } from '#domain/record.ts'
import { err, type Result } from '#domain/result.ts'
import { statusOf, type Problem } from '../errors.ts'
import type { Limiter } from './limiter.ts'
import { notAllowed, type Pages, type PortalBindings } from './pages.ts'

export type ContactAnswer = Result<HeldContact, Problem>

export interface ContactRouteDeps {
  readonly contactOf: (id: string, now: number) => Promise<ContactAnswer>
  readonly limiter: Limiter
  /** Who asks, as far as limits are concerned (relay/address.ts). */
  readonly networkOf: (request: IncomingMessage) => string
  readonly now: () => number
  readonly pages: Pages
}

export const contactRoutes = ({ contactOf, limiter, networkOf, now, pages }: ContactRouteDeps) =>
  new Hono<PortalBindings>()
    .use('/:id', async (c, next) => (isRecordId(c.req.param('id')) ? next() : pages.missing(c)))
    .post('/:id', async (c) => {
      const id = c.req.param('id')
      const allowed = limiter.allows(networkOf(c.env.incoming), now())
      const answer: ContactAnswer = allowed ? await contactOf(id, now()) : err({ kind: 'too-many' })
      if (!c.req.header('Accept')?.includes('application/json'))
        return pages.render(c, { path: `/l/${id}/contact`, contact: answer })
      c.header('Cache-Control', 'no-store')
      return answer.ok ? c.json(answer.value) : c.json(answer.error, statusOf[answer.error.kind])
    })
    .get('/:id', (c) => c.redirect(localePath(localeOfPath(c.req.path).locale, `/l/${c.req.param('id')}`), 303)) // an answer page that is opened again
    .all('/:id', notAllowed('GET, HEAD, POST'))

/**
 * `POST /contact/<id>`: the contact of a live listing and the key of its commitment, on tap. JSON where it is asked for;
 * a plain form gets a page. Limited per address, since reading all contacts at once is what it must not be good for.
 */
import { Hono, type Context } from 'hono'
import type { HeldContact } from '#domain/contact.ts'
import { err, type Result } from '#domain/result.ts'
import { statusOf, type Problem } from '../errors.ts'
import type { Limiter } from './limiter.ts'
import type { Pages, PortalBindings } from './pages.ts'

export type ContactAnswer = Result<HeldContact, Problem>

export interface ContactRouteDeps {
  readonly contactOf: (id: string, now: number) => Promise<ContactAnswer>
  readonly limiter: Limiter
  readonly now: () => number
  readonly pages: Pages
}

export const contactRoutes = ({ contactOf, limiter, now, pages }: ContactRouteDeps) =>
  new Hono<PortalBindings>().post('/:id', async (c) => {
    const id = c.req.param('id')
    const allowed = limiter.allows(addressOf(c), now())
    const answer: ContactAnswer = allowed ? await contactOf(id, now()) : err({ kind: 'too-many' })
    c.header('Cache-Control', 'no-store')
    if (!c.req.header('Accept')?.includes('application/json'))
      return pages.render(c, { path: `/l/${encodeURIComponent(id)}/contact`, contact: answer })
    return answer.ok ? c.json(answer.value) : c.json(answer.error, statusOf[answer.error.kind])
  })

const addressOf = (c: Context<PortalBindings>): string => c.env.incoming.socket.remoteAddress ?? ''

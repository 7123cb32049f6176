/**
 * Lets the operator through: with OPERATOR_TOKEN from anywhere, without it only from this machine itself. A proxy on this
 * machine brings the whole world as 127.0.0.1, so a request that was passed on, or that names another host, is not local.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler, Context } from 'hono'
import { statusOf, type Problem } from '../errors.ts'
import type { PortalBindings } from './pages.ts'

export const operatorGate =
  (token: string | undefined): MiddlewareHandler<PortalBindings> =>
  async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const shown = tokenOf(c.req.header('Authorization') ?? '')
    if (isThisMachine(c) || (token !== undefined && isSame(shown, token))) return next()
    if (token === undefined) return c.json({ kind: 'not-found' } satisfies Problem, statusOf['not-found'])
    c.header('WWW-Authenticate', 'Basic realm="operator", charset="UTF-8"')
    return c.json({ kind: 'unauthorized' } satisfies Problem, statusOf.unauthorized)
  }

const local = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/
const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
const passedOn = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Via']

const isThisMachine = (c: Context<PortalBindings>): boolean =>
  local.test(c.env.incoming.socket.remoteAddress ?? '') &&
  localHost.test(c.req.header('Host') ?? '') &&
  passedOn.every((name) => c.req.header(name) === undefined)

/** `Bearer <token>` for machines; `Basic` for a browser, which asks for a name (any) and a password (the token). */
function tokenOf(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(' ', 2)
  if (/^bearer$/i.test(scheme)) return value
  if (!/^basic$/i.test(scheme)) return ''
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))

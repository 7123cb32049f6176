/** Whether the portal is up, and what time it is there: browsers learn the offset of their clock from it. */
import { Hono } from 'hono'

export const healthRoutes = ({ now }: { readonly now: () => number }) =>
  new Hono().get('/', (c) => c.json({ ok: true, now: now() }, 200, { 'Cache-Control': 'no-store' }))

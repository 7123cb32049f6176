/** Whether the portal is up, and what time it is there: browsers learn the offset of their clock from it. And whether it is ready. */
import { Hono } from 'hono'
import type { Unready } from '#domain/operator.ts'

const neverKept = { 'Cache-Control': 'no-store' } as const

export const healthRoutes = ({ now }: { readonly now: () => number }) =>
  new Hono().get('/', (c) => c.json({ ok: true, now: now() }, 200, neverKept))

/** 503 with every reason while people should not be sent here. Reading goes on all the same. */
export const readyRoutes = ({ unready }: { readonly unready: () => Promise<readonly Unready[]> }) =>
  new Hono().get('/', async (c) => {
    const reasons = await unready()
    return c.json({ ready: reasons.length === 0, reasons }, reasons.length === 0 ? 200 : 503, neverKept)
  })

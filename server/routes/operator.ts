/** `GET /operator` for the person who runs the portal: sums and counts, as a page, or as JSON where it is asked for. */
import { Hono } from 'hono'
import type { OperatorFigures } from '#domain/operator.ts'
import { operatorGate } from './operator-gate.ts'
import type { Pages, PortalBindings } from './pages.ts'

export interface OperatorRouteDeps {
  readonly figures: () => Promise<OperatorFigures>
  readonly operatorToken: string | undefined
  readonly pages: Pages
}

export const operatorRoutes = ({ figures, operatorToken, pages }: OperatorRouteDeps) =>
  new Hono<PortalBindings>().use(operatorGate(operatorToken)).get('/', async (c) => {
    const operator = await figures()
    if (c.req.header('Accept')?.includes('application/json')) return c.json(operator)
    return pages.render(c, { path: '/operator', operator })
  })

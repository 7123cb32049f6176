/** `GET /metrics` for Prometheus; for the operator only. */
import { Hono } from 'hono'
import { operatorGate } from './operator-gate.ts'
import type { PortalBindings } from './pages.ts'

export interface MetricsRouteDeps {
  readonly metrics: { readonly contentType: string; text(): Promise<string> }
  readonly operatorToken: string | undefined
}

export const metricsRoutes = ({ metrics, operatorToken }: MetricsRouteDeps) =>
  new Hono<PortalBindings>()
    .use(operatorGate(operatorToken))
    .get('/', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }))

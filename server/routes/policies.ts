/** After-sales policies for programs: every version that was ever in force, by its id; a case names the one it was judged under. */
import { Hono } from 'hono'
import type { Policy } from '#domain/policy-schema.ts'
import { policyOf } from '#domain/policy-versions.ts'
import { statusOf, type Problem } from '../errors.ts'

export interface PolicyRouteDeps {
  readonly policies: readonly Policy[]
}

export const policyRoutes = ({ policies }: PolicyRouteDeps) =>
  new Hono()
    .get('/', (c) =>
      c.json({
        policies: policies.map(({ id, version, validFrom, layer, title }) => ({
          id,
          version,
          validFrom,
          layer,
          title,
        })),
      }),
    )
    .get('/:id', (c) => {
      const version = c.req.query('version')
      const isWhole = version === undefined || /^[1-9]\d{0,5}$/.test(version)
      const policy = isWhole ? policyOf(policies, c.req.param('id'), version ? Number(version) : undefined) : undefined
      if (!policy) return c.json({ kind: 'not-found' } satisfies Problem, statusOf['not-found'])
      const tag = `"${policy.id}-${policy.version}"` // a version never changes
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304, { ETag: tag })
      return c.json(policy, 200, { ETag: tag, 'Cache-Control': 'no-cache' })
    })

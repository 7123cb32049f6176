/** After-sales policies for programs, the portal's and those that businesses publish: every version that was ever in force, by its id; a case names the one it was judged under. */
import { Hono } from 'hono'
import type { Policy } from '#domain/policy-schema.ts'
import { policyOf } from '#domain/policy-versions.ts'
import { guideOfPolicy } from '#domain/published-guide.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { statusOf, type Problem } from '../errors.ts'

export interface PolicyRouteDeps {
  readonly policies: readonly Policy[]
  readonly readModel: Pick<ReadModel, 'guide'>
}

export const policyRoutes = ({ policies, readModel }: PolicyRouteDeps) =>
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
    .get('/:id', async (c) => {
      const version = c.req.query('version')
      const isWhole = version === undefined || /^[1-9]\d{0,5}$/.test(version)
      const wanted = [c.req.param('id'), version ? Number(version) : undefined] as const
      const guide = guideOfPolicy(wanted[0])
      const published = isWhole && guide ? (await readModel.guide(guide, wanted[1]))?.body.policy : undefined
      const policy = isWhole ? (published ?? policyOf(policies, ...wanted)) : undefined
      if (!policy) return c.json({ kind: 'not-found' } satisfies Problem, statusOf['not-found'])
      const tag = `"${policy.id}-${policy.version}"` // a version never changes
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304, { ETag: tag })
      return c.json(policy, 200, { ETag: tag, 'Cache-Control': 'no-cache' })
    })

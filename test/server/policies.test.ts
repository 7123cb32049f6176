/** Policies for programs, the files they come from, and the table a person can check. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Policy } from '#domain/policy-schema.ts'
import { policies as bundled } from '#src/guides/policies.ts'
import { decisionTable } from '../../bench/policy-table.ts'
import { loadPolicies } from '../../server/policies.ts'
import { policyRoutes } from '../../server/routes/policies.ts'
import { policies, thePolicy } from '../fixtures/policies.ts'

const second = { ...thePolicy('shop-41'), version: 2 }
const app = policyRoutes({ policies: [...policies, second], readModel: { guide: async () => undefined } })

describe('GET /api/policies', () => {
  it('lists every version', async () => {
    const { policies: listed } = (await (await app.request('/')).json()) as {
      policies: { id: string; version: number }[]
    }
    expect(listed.filter(({ id }) => id === 'shop-41').map(({ version }) => version)).toEqual([1, 2])
  })

  it('answers the newest, or the version asked for, in the schema’s own form', async () => {
    const newest = await app.request('/shop-41')
    expect(newest.headers.get('ETag')).toBe('"shop-41-2"')
    expect(Policy.parse(await newest.json())).toMatchObject({ version: 2 })
    expect(await (await app.request('/shop-41?version=1')).json()).toMatchObject({ id: 'shop-41', version: 1 })
  })

  it('says 304 to who has it', async () => {
    const again = await app.request('/shop-41?version=1', { headers: { 'If-None-Match': '"shop-41-1"' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it.each(['/nothing', '/shop-41?version=3', '/shop-41?version=x', '/shop-41?version=', '/%2e%2e%2fpackage'])(
    '%s is not found',
    async (path) => {
      const answer = await app.request(path)
      expect([answer.status, await answer.json()]).toEqual([404, { kind: 'not-found' }])
    },
  )
})

describe('the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const shopFile = join(folder, 'policies', 'shop-41.json')
  const loadedWith = (change: object) => {
    cpSync('content/policies', join(folder, 'policies'), { recursive: true })
    const shop: unknown = JSON.parse(readFileSync('content/policies/shop-41.json', 'utf8'))
    writeFileSync(shopFile, JSON.stringify({ ...(shop as object), ...change }))
    return loadPolicies(folder)
  }

  it('a hole stops the load with the file and both articles', () => {
    const grants = thePolicy('shop-41').grants.map((row) =>
      row.article === 'P-08' ? { ...row, until: { days: 29 } } : row,
    )
    expect(loadedWith({ grants })).toMatchObject({
      ok: false,
      error: { kind: 'bad-content', path: shopFile, detail: 'grants: hole: P-08 and P-09' },
    })
  })
  it('a file that is not named as its policy stops it too', () =>
    expect(loadedWith({ id: 'another' })).toMatchObject({
      ok: false,
      error: { detail: "id: another is not the file's name" },
    }))
  it('the advisor carries every one of them', () =>
    expect(bundled.map(({ id }) => id).sort()).toEqual(policies.map(({ id }) => id).sort()))
  it.each(policies.map((policy) => [policy.id, policy] as const))(
    '%s has no Chinese in its English words',
    (_, policy) => {
      const english = JSON.stringify(policy, (key, value: unknown) => (key === 'zh' ? undefined : value))
      expect(english).not.toMatch(/\p{Script=Han}/u)
    },
  )
})

describe('the decision table', () => {
  const rows = decisionTable(thePolicy('shop-41'))
  const rowOf = (day: number, fault: string, exclusion: string) =>
    rows.filter((row) => row[0] === String(day) && row[2] === fault && row[3] === exclusion)

  it('has one row for each day, fault and exclusion', () => {
    expect(rows).toHaveLength(101 * 2 * 8)
    expect(new Set(rows.map((row) => `${row[0]} ${row[2]} ${row[3]}`)).size).toBe(rows.length)
  })
  it.each([
    [7, 'no', '', 'refund', 'P-06'],
    [8, 'no', '', 'none', ''],
    [15, 'yes', '', 'refund', 'P-07'],
    [30, 'yes', '', 'exchange', 'P-08'],
    [30, 'yes', 'pack', 'free-repair', 'P-09'],
    [92, 'yes', '', 'free-repair', 'P-09'],
    [93, 'yes', '', 'paid-repair', 'P-10'],
    [0, 'yes', 'damage', 'paid-repair', 'P-10'],
  ] as const)('day %i, fault %s, %s: %s %s', (day, fault, exclusion, remedy, granted) => {
    const [row] = rowOf(day, fault, exclusion)
    expect([row?.[4], row?.[6]]).toEqual([remedy, granted])
  })
})

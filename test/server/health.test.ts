/** Alive is not ready: what /readyz says no for, and that it says yes again by itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Unready } from '#domain/operator.ts'
import { createDiskGauge } from '../../server/disk.ts'
import { createReadiness } from '../../server/readiness.ts'
import { healthRoutes, readyRoutes } from '../../server/routes/health.ts'

const folder = mkdtempSync(join(tmpdir(), 'health-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function aReadiness(dataDir = folder, floorBytes = 0) {
  const state: { fault: string | undefined; now: number } = { fault: undefined, now: 0 }
  const disk = createDiskGauge(dataDir, floorBytes, () => (state.now += 5000))
  const readiness = createReadiness({
    disk,
    health: () => (state.fault === undefined ? { ok: true } : { ok: false, reason: state.fault }),
  })
  const routes = readyRoutes({ unready: readiness.reasons })
  const ask = async () => {
    const answer = await routes.request('/')
    const told = (await answer.json()) as { ready: boolean; reasons: Unready[] }
    expect(told.ready).toBe(answer.status === 200)
    return [answer.status, told.reasons.map(({ reason }) => reason)]
  }
  return { state, readiness, ask }
}

it('/healthz is alive, tells the time, and is kept by nobody', async () => {
  const answer = await healthRoutes({ now: () => 1234 }).request('/')
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, now: 1234 }])
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
})

describe('/readyz', () => {
  it('is 503 until the start is done, and again from the moment it drains', async () => {
    const { readiness, ask } = aReadiness()
    expect(await ask()).toEqual([503, ['starting']])
    readiness.started()
    expect(await ask()).toEqual([200, []])
    readiness.draining()
    expect(await ask()).toEqual([503, ['draining']])
  })

  it('is 503 while the disk refuses, and well again by itself', async () => {
    const { state, readiness, ask } = aReadiness()
    readiness.started()
    state.fault = 'database or disk is full'
    expect(await ask()).toEqual([503, ['storage']])
    state.fault = undefined
    expect(await ask()).toEqual([200, []])
  })

  it('says that the writer is lost, also while it drains for that', async () => {
    const { readiness, ask } = aReadiness()
    readiness.started()
    readiness.lost('the writer thread failed: Error: out of memory\n    at somewhere (/srv/portal/server/x.ts:1:1)')
    readiness.draining()
    expect(await ask()).toEqual([503, ['writer-lost']])
    expect((await readiness.reasons())[0]?.detail).toBe('the writer thread failed: Error: out of memory')
  })

  it('gives every reason at once', async () => {
    const { state, readiness, ask } = aReadiness(folder, Number.MAX_SAFE_INTEGER)
    state.fault = 'readonly'
    readiness.draining()
    expect(await ask()).toEqual([503, ['starting', 'storage', 'disk-low']])
  })

  it.each([
    [0, []],
    [1, []],
    [Number.MAX_SAFE_INTEGER, ['disk-low']],
  ])('with a floor of %i bytes a real disk gives %j', async (floor, reasons) => {
    const { readiness, ask } = aReadiness(folder, floor)
    readiness.started()
    expect(await ask()).toEqual([reasons.length === 0 ? 200 : 503, reasons])
  })

  it('names a folder that is gone', async () => {
    const { readiness, ask } = aReadiness(join(folder, 'gone'), 1)
    readiness.started()
    expect(await ask()).toEqual([503, ['storage']])
  })
})

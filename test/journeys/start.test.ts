/** The server from its first start to its end: ready in one line, in time, on its own data, and gone without a trace of work undone. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { HeldContact } from '#domain/contact.ts'
import { isGone } from '#domain/life.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createReadModel } from '../../server/stores/read-model.ts'
import { must } from '../fixtures/must.ts'
import { town } from '../fixtures/town.ts'
import { startPortal, type Portal } from './portal.ts'

const open: Portal[] = []
const started = async (env: Readonly<Record<string, string>> = {}) => {
  const portal = await startPortal(env)
  open.push(portal)
  return portal
}
afterEach(async () => {
  for (const portal of open.splice(0)) await portal.remove()
})
const statusOf = async (portal: Portal, path: string) => (await fetch(portal.url + path)).status

describe('the server', () => {
  it('is ready with one line that names the address, and answers there', async () => {
    const portal = await started()
    expect(portal.output()).toMatch(/^日照信息港: http:\/\/localhost:\d+\n$/)
    expect(await (await fetch(`${portal.url}/healthz`)).json()).toMatchObject({ ok: true })
    expect(await statusOf(portal, '/')).toBe(200)
    expect(await statusOf(portal, '/nope')).toBe(404)
  })

  it('says that the site was built for another address than the one it is at', async () => {
    const portal = await started({ ORIGIN: 'http://port.example:8080' })
    expect(portal.output()).toMatch(
      /^The site was built for "rizhao", not for "rizhao http:\/\/port\.example:8080": .*\n/,
    )
  })

  it('shows the samples of a first start, the same after a kill, and none with SAMPLES=off', async () => {
    const portal = await started({ SAMPLES: 'on' })
    const titles = async ({ url }: Portal) =>
      [...(await (await fetch(`${url}/c/goods`)).text()).matchAll(/data-record="([a-z2-7]{26})"/g)].map(([, id]) => id)
    const first = await titles(portal)
    expect(first.length).toBeGreaterThan(10)
    await portal.kill()
    await portal.start()
    expect(await titles(portal)).toEqual(first)
    expect(await titles(await started())).toEqual([])
  })

  it('answers 410 for what ended over 30 days ago, has a page for the rest, and no page or room tells a contact', async () => {
    const portal = await started({ SAMPLES: 'on' })
    const db = must(openReadOnly(join(portal.dataDir, 'portal.sqlite')))
    const now = Date.now()
    const model = createReadModel(db, town)
    const ids = db.prepare('SELECT id FROM listings').all()
    const views = await Promise.all(ids.map(({ id }) => model.listing(String(id), now)))
    const numbers = db.prepare('SELECT held FROM contacts').all()
    const values = numbers.map(({ held }) => (JSON.parse(String(held)) as HeldContact).contact.value)
    expect([views.length, values.length].every((n) => n > 50)).toBe(true)
    const seen = new Set<number>()
    for (const view of views) {
      if (!view) throw new Error('a listing without a view')
      const answer = await fetch(`${portal.url}/l/${view.id}`)
      const body = await answer.text()
      expect(answer.status).toBe(view.overAt !== undefined && isGone(view.overAt, now) ? 410 : 200)
      expect(values.filter((value) => body.includes(value))).toEqual([])
      seen.add(answer.status)
    }
    expect([...seen].sort()).toEqual([200, 410])
    const live = views.find((view) => view?.life === 'live' && view.body.contact)
    const told = await fetch(`${portal.url}/contact/${live?.id}`, { method: 'POST' })
    expect([told.status, told.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const page = await told.text()
    expect(new Set(values.filter((value) => page.includes(value))).size).toBe(1)
    const rooms = db.prepare(`SELECT body FROM updates WHERE room NOT LIKE 'contact/%'`).all()
    const bytes = rooms.map(({ body }) => Buffer.from(body as Uint8Array).toString('latin1')).join('\n')
    expect(values.filter((value) => bytes.includes(value))).toEqual([])
    db.close()
  })

  it('asked to end while it is asked for pages ends with its file whole', async () => {
    const portal = await started()
    const asked = Array.from({ length: 10 }, () => fetch(`${portal.url}/c/goods`).catch(() => undefined))
    await portal.stop()
    await Promise.all(asked)
    expect(existsSync(join(portal.dataDir, 'portal.sqlite'))).toBe(true)
    expect(existsSync(join(portal.dataDir, 'portal.sqlite-wal'))).toBe(false)
    await portal.start()
    expect(await statusOf(portal, '/healthz')).toBe(200)
  })
})

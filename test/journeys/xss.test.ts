/** Hostile texts through every text field of a listing and a name, published by the real path: they are read, and nothing of them runs. */
import { describe, expect, it } from 'vitest'
import { profileNonceOf } from '#domain/profile.ts'
import { firstRevision } from '#domain/record.ts'
import type { Signer } from '#domain/identity.ts'
import { payloads } from '../fixtures/payloads.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'
import { aListing, town } from '../fixtures/town.ts'
import { noticesOf, openAs } from './client.ts'
import { cut, padded, watched, whatHappened } from './hostile.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { LIMITS: 'off' } })
const perKey = 16
const keys = Math.ceil(payloads.length / perKey)
let published: readonly string[] = []
let signers: readonly Signer[] = []

/** The payload wherever its category takes a text. */
function hostileListing(payload: string, i: number) {
  const category = town.categories[i % town.categories.length]
  const body = aListing({ category: category?.id })
  const texts = (category?.fields ?? []).flatMap((field) =>
    field.type === 'text' ? [[field.id, cut(payload, field.max)]] : [],
  )
  return {
    ...body,
    title: cut(padded(payload), 40),
    text: `载荷第 ${i} 号：${payload}\n${payload}`,
    poster: 'company' as const,
    firm: cut(padded(payload), 40),
    fields: { ...body.fields, ...Object.fromEntries(texts) },
  }
}

async function publish(signer: Signer, k: number, now: number): Promise<readonly string[]> {
  const shelf = openAs(scene.portal.url, `shelf/${signer.did}`, signer)
  const inbox = openAs(scene.portal.url, `inbox/${signer.did}`, signer)
  await expect.poll(() => shelf.synced() && inbox.synced()).toBe(true)
  const mine = payloads.slice(k * perKey, (k + 1) * perKey)
  const name = { name: cut(mine[0] ?? '名字', 20), poster: 'company' as const }
  const records = await Promise.all([
    firstRevision(signer, {
      portal: 'rizhao',
      kind: 'profile',
      body: name,
      nonce: await profileNonceOf(signer.did),
      now,
    }),
    ...mine.map((payload, i) =>
      firstRevision(signer, {
        portal: 'rizhao',
        kind: 'listing',
        body: hostileListing(payload, k * perKey + i),
        nonce: aNonce(i),
        now,
      }),
    ),
  ])
  const shelved = shelf.doc.getMap('records')
  for (const record of records) shelved.set(`${record.envelope.id}/hostile`, record.text)
  await expect.poll(() => noticesOf(inbox).length).toBe(records.length)
  const refused = noticesOf(inbox).filter(({ verdict }) => verdict === 'refused')
  expect(refused.map(({ refusals }) => refusals)).toEqual([])
  shelf.close()
  inbox.close()
  return records.slice(1).map(({ envelope }) => envelope.id)
}

describe('what people write stays what they wrote', () => {
  it('is published whole, none of a hundred texts refused', async () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(100)
    const now = Date.now()
    signers = await Promise.all(Array.from({ length: keys }, (_, i) => aSigner(100 + i)))
    const all = await Promise.all(signers.map((signer, k) => publish(signer, k, now)))
    published = all.flat()
    expect(published).toHaveLength(payloads.length)
  })

  it('on every listing', async () => {
    const page = await watched((await scene.somebody()).page)
    for (const [i, id] of published.entries()) {
      await page.goto(`/l/${id}`)
      expect([payloads[i], await whatHappened(page)]).toEqual([payloads[i], []])
      expect(await page.locator('article h1').textContent()).toBe(cut(padded(payloads[i] ?? ''), 40))
    }
    await page.locator('[data-signature]').first().waitFor()
    expect(await whatHappened(page)).toEqual([])
  })

  it('on home, categories, pages of posters, and as a question that is asked', async () => {
    const page = await watched((await scene.somebody()).page)
    const places = [
      '/',
      ...town.categories.map(({ id }) => `/c/${id}`),
      ...signers.map(({ did }) => `/u/${did}`),
      ...payloads.filter((_, i) => i % 6 === 0).map((payload) => `/search?q=${encodeURIComponent(payload)}`),
    ]
    for (const place of places) {
      await page.goto(place)
      expect([place, await whatHappened(page)]).toEqual([place, []])
    }
  })

  it('and the policy is in force: what gets into a page all the same is blocked, and would be seen here', async () => {
    const context = await scene.browser.newContext({ baseURL: scene.portal.url }) // nobody of the scene: his console complains, as it must
    const page = await watched(await context.newPage())
    await page.goto('/about')
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="/nothing.png" onerror="x()">'))
    await expect.poll(() => whatHappened(page)).toEqual(['script-src-attr inline'])
    await context.close()
  })
})

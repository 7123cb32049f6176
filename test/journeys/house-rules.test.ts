/** The house rules at work: said while one types, gone when mended, and the same at the portal for who writes past the form. */
import { expect, it } from 'vitest'
import { firstRevision } from '#domain/record.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'
import { aListing } from '../fixtures/town.ts'
import { openAs } from './client.ts'
import { fillListing, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()

it.each(['/post', '/zh-hant/post', '/en/post'])(
  'on %s a word that is not allowed is told while one types',
  async (path) => {
    const { page } = await scene.somebody(390)
    await page.goto(path)
    await ready(page)
    await fillListing(page, { title: '顶级书桌', text: '用了两年的实木书桌，一米四长，桌面有两处浅划痕，自提。' })
    const told = page.locator('#post-title-error [data-rule="HR-4"]')
    await told.waitFor()
    await expect.poll(() => told.innerText()).toContain('顶级')
    expect(await page.locator('[name="title"]').getAttribute('aria-invalid')).toBe('true')
    await submit(page)
    await page.locator('[data-refused], .summary, [role="alert"]').first().waitFor()
    expect(await page.locator('[name="title"]').inputValue()).toBe('顶级书桌') // nothing typed is lost
    await page.locator('[name="title"]').fill('用了两年的书桌')
    await told.waitFor({ state: 'detached' })
    await submit(page)
    await reach(page, 'published')
  },
)

it('who writes past the form is refused by the same rule, and told', async () => {
  const mallory = await aSigner(77)
  const shelf = openAs(scene.portal.url, `shelf/${mallory.did}`, mallory)
  await expect.poll(() => shelf.synced()).toBe(true)
  const body = aListing({ category: 'jobs', text: '收银员两名，入职交押金三百，长期。' })
  const { envelope, text } = await firstRevision(mallory, {
    portal: 'rizhao',
    kind: 'listing',
    body,
    nonce: aNonce(771),
    now: Date.now(),
  })
  shelf.doc.getMap('records').set(`${envelope.id}/d1`, text)
  const inbox = openAs(scene.portal.url, `inbox/${mallory.did}`, mallory)
  await expect.poll(() => JSON.stringify([...inbox.doc.getMap('notices').values()])).toContain('HR-6')
  expect((await fetch(`${scene.portal.url}/l/${envelope.id}`)).status).toBe(404)
  shelf.close()
  inbox.close()
})

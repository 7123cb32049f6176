/** The picture beside a listing's address: its cover photo while it has one, and nothing of it afterwards. */
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { aCameraPhoto } from '../fixtures/photos.ts'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const previewOf = (id: string) => fetch(`${scene.portal.url}/l/${id}/preview.jpg`, { cache: 'no-store' })

/** Whether the photo's red stands at this place. */
async function isRed(bytes: ArrayBuffer, left: number, top: number): Promise<boolean> {
  const spot = sharp(new Uint8Array(bytes)).extract({ left, top, width: 8, height: 8 }).resize(1, 1)
  const [r = 0, g = 0, b = 0] = await spot.raw().toBuffer()
  return r > 150 && g < 110 && b < 110
}

it('shows the cover, and not any more when its author takes the photo out', async () => {
  const { page } = await scene.somebody(390)
  await page.goto('/post')
  await ready(page)
  await page.locator('#post-photos').waitFor({ state: 'attached' })
  await page
    .locator('#post-photos')
    .setInputFiles([{ name: 'red.jpg', mimeType: 'image/jpeg', buffer: await aCameraPhoto('#cc2222', 1600, 1200) }])
  await page.locator('[data-photos="1"][data-working="0"]').waitFor()
  await fillListing(page, { title: '<b>有照片</b>&的书桌' })
  await submit(page)
  await reach(page, 'published')
  await page.locator('[data-photos-sent="1"][data-photos-all="1"]').waitFor({ state: 'attached' })
  const id = await idOf(page)
  const red = async () => {
    const bytes = await (await previewOf(id)).arrayBuffer()
    return [await isRed(bytes, 950, 300), await isRed(bytes, 40, 300)]
  }
  await expect.poll(red).toEqual([true, false])
  await page.locator('[data-act="remove-photo"]').first().click()
  await submit(page)
  await expect.poll(red).toEqual([false, false])
})

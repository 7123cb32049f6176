/** Photos of a listing, from the file on somebody's device to the eyes of another: in order, without what the camera wrote, offline too. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { aBomb, aCameraPhoto, aSentPhoto, scriptedDrawing } from '../fixtures/photos.ts'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const field = '#post-photos'

const chosen = async (page: Page, count: number): Promise<void> =>
  page.locator(`[data-photos="${count}"][data-working="0"]`).waitFor()
const device = mkdtempSync(join(tmpdir(), 'portal-photos-'))
afterAll(() => rmSync(device, { recursive: true }))

/** From the disk, as a person does: what is handed to the browser as bytes travels through its debugger, 45 MB for a minute. */
const choose = async (page: Page, files: readonly { name: string; buffer: Buffer }[]) => {
  const paths = files.map(({ name, buffer }) => {
    const path = join(device, name)
    writeFileSync(path, buffer)
    return path
  })
  await page.locator(field).waitFor({ state: 'attached' })
  await page.locator(field).setInputFiles(paths)
}
const shot = async (name: string, colour: string, width = 2400, height = 1800) => ({
  name: `${name}.jpg`,

  buffer: await aCameraPhoto(colour, width, height),
})
const hashesIn = (page: Page): Promise<readonly string[]> =>
  page.locator('.shot').evaluateAll((shots) => shots.map((one) => one.getAttribute('data-hash') ?? ''))

/** The blobs on the portal's disk, without what was made of them. */
const onDisk = (): readonly string[] =>
  readdirSync(join(scene.portal.dataDir, 'blobs'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split('/').at(-1) ?? '')
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
const bytesOf = (hash: string) => readFileSync(join(scene.portal.dataDir, 'blobs', hash.slice(0, 2), hash))

/** What colour a photo is mostly, as a name. */
async function colourOf(bytes: Uint8Array): Promise<string> {
  const { dominant } = await sharp(bytes).stats()
  const { r, g, b } = dominant
  return r > g && r > b ? 'red' : g > b ? 'green' : 'blue'
}

describe('photos of a listing', () => {
  it('are chosen, put in order by keyboard, published, and seen by another in that order, without where they were taken', async () => {
    const { page } = await scene.somebody(390)
    await page.goto('/post')
    await ready(page)
    await choose(page, [await shot('one', '#c22'), await shot('two', '#2a2'), await shot('three', '#22c', 1500, 2000)])
    await chosen(page, 3)
    const [red, green, blue] = await hashesIn(page)
    await page.locator(`[data-hash="${blue}"] [data-act="before"]`).press('Enter')
    await page.keyboard.press('Enter') // the focus went with it
    expect(await hashesIn(page)).toEqual([blue, red, green])
    await page.locator(`[data-hash="${green}"] [data-act="remove-photo"]`).press('Enter')
    expect(await hashesIn(page)).toEqual([blue, red])
    await page.keyboard.press('Enter') // and to the way back
    expect(await hashesIn(page)).toEqual([blue, red, green])

    await fillListing(page, { title: '三张照片的书桌' })
    await submit(page)
    await reach(page, 'published')
    await page.locator('[data-photos-sent="3"][data-photos-all="3"]').waitFor({ state: 'attached' })
    const id = await idOf(page)

    const { page: other } = await scene.somebody(1280)
    await other.goto(`/l/${id}`)
    const seen = await other
      .locator('.gallery img')
      .evaluateAll((pictures) => pictures.map((one) => one.getAttribute('src') ?? ''))
    expect(seen.map((src) => src.slice(7, 71))).toEqual([blue, red, green])
    const waysOf = (page: Page, pictures: string) =>
      page
        .locator(pictures)
        .evaluateAll((all: HTMLImageElement[]) =>
          all.map(({ loading, sizes, srcset, width, height }) => [
            loading,
            ...[sizes, srcset].map(Boolean),
            width * height > 0,
          ]),
        )
    const [now, later] = ['eager', 'lazy'].map((loading) => [loading, true, true, true])
    expect(await waysOf(other, '.gallery img')).toEqual([now, later, later])
    const colours = await Promise.all(
      seen.map(async (src) => colourOf(new Uint8Array(await (await fetch(scene.portal.url + src)).arrayBuffer()))),
    )
    expect(colours).toEqual(['blue', 'red', 'green'])
    expect(
      await other
        .locator('.gallery img')
        .first()
        .evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth > 0)),
    ).toBe(true)
    await other.goto('/c/goods')
    expect(await other.locator(`[data-record="${id}"] .photo img`).getAttribute('src')).toBe(`/blobs/${blue}?w=320`)
    expect(await waysOf(other, `[data-record="${id}"] .photo img`)).toEqual([later])

    await other.goto(`/l/${id}`)
    await other.locator('[data-act="check-photos"]').click()
    await other.locator('[data-photos-are="genuine"]').waitFor()
    for (const hash of [blue, red, green]) {
      const bytes = bytesOf(hash!)
      const { exif, xmp, iptc, width = 0, height = 0, format } = await sharp(bytes).metadata()
      expect([exif, xmp, iptc, format, Math.max(width, height)]).toEqual([
        undefined,
        undefined,
        undefined,
        'webp',
        1600,
      ])
      for (const secret of ['Exif', 'SecretCamera', 'GPS']) expect(bytes.includes(secret)).toBe(false)
    }
    expect((await aCameraPhoto('#c22')).includes('SecretCamera')).toBe(true) // it would have been found
  })

  it('stand beside a favourite by their first one, on without the portal once it is kept', async () => {
    const { page } = await scene.somebody()
    await page.goto('/post')
    await ready(page)
    await choose(page, [await shot('cover', '#c22'), await shot('back', '#2a2')])
    await chosen(page, 2)
    const [cover] = await hashesIn(page)
    await fillListing(page, { title: '带照片的旧书桌' })
    await submit(page)
    await reach(page, 'published')
    await page.locator('[data-photos-sent="2"][data-photos-all="2"]').waitFor({ state: 'attached' })
    const id = await idOf(page)

    const { page: reader } = await scene.somebody(390)
    const picture = reader.locator(`[data-favourite="${id}"] .photo img`)
    const isSeen = () => picture.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth > 0))
    await reader.goto('/about')
    await reader.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await reader.goto('/me') // its page is kept
    await reader.goto(`/l/${id}`)
    await reader.locator('.heart').first().click()
    await reader.locator('.heart[aria-pressed="true"]').waitFor()
    await reader.waitForFunction(async (path) => (await caches.match(path)) !== undefined, `/blobs/${cover}?w=320`)
    await scene.portal.stop()
    await reader.goto('/me') // for the first time since
    await picture.waitFor()
    expect(await picture.getAttribute('src')).toBe(`/blobs/${cover}?w=320`)
    expect(await isSeen()).toBe(true)
    await scene.portal.start()
    await reader.reload()
    await picture.waitFor()
    expect(await isSeen()).toBe(true)
  })

  it('are dragged into another order, dropped and pasted', async () => {
    const { page } = await scene.somebody()
    await page.goto('/post')
    await ready(page)
    await page.locator(field).waitFor({ state: 'attached' })
    const give = async (how: 'drop' | 'paste', colour: string) => {
      const base64 = (await aCameraPhoto(colour, 800, 600)).toString('base64')
      await page.locator('.photo-box').evaluate(
        (box, [event, data]) => {
          const transfer = new DataTransfer()
          const bytes = Uint8Array.from(atob(data!), (char) => char.charCodeAt(0))
          transfer.items.add(new File([bytes], `${event}.jpg`, { type: 'image/jpeg' }))
          box.dispatchEvent(
            event === 'drop'
              ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
          )
        },
        [how, base64],
      )
    }
    await give('drop', '#c22')
    await chosen(page, 1)
    await give('paste', '#2a2')
    await chosen(page, 2)
    const [first, second] = await hashesIn(page)
    await page.locator(`[data-hash="${second}"] .frame`).dragTo(page.locator(`[data-hash="${first}"] .frame`))
    await expect.poll(() => hashesIn(page)).toEqual([second, first])
  })

  it('of a draft are there again after the browser was closed, and not at the portal', async () => {
    const { page } = await scene.somebody()
    await page.goto('/post')
    await ready(page)
    const before = onDisk().length
    await choose(page, [await shot('kept', '#c22')])
    await chosen(page, 1)
    await page.locator('[data-draft="saved"]').waitFor()
    await page.reload()
    await ready(page)
    await chosen(page, 1)
    const picture = page.locator('.shot img')
    await picture.waitFor()
    expect(
      await picture.evaluate((one: HTMLImageElement) => one.decode().then(() => one.src.startsWith('blob:'))),
    ).toBe(true)
    expect(onDisk().length).toBe(before)
  })

  it('that cannot be taken are refused by name and reason, and all others stay', async () => {
    const { page } = await scene.somebody()
    await page.goto('/post')
    await ready(page)
    const good = await shot('good', '#c22', 800, 600)
    await choose(page, [
      { name: 'page.jpg', buffer: Buffer.from('<!doctype html><p>no photo') },
      { name: 'drawing.svg', buffer: scriptedDrawing },
      { name: 'bomb.png', buffer: aBomb(60_000, 60_000) },
      { name: 'sixty.png', buffer: aBomb(9_000, 6_700) },
      { name: 'half.jpg', buffer: Buffer.concat([good.buffer.subarray(0, 700)]) },
      { name: 'heavy.jpg', buffer: Buffer.concat([good.buffer, Buffer.alloc(45_000_000)]) },
      good,
      { ...good, name: 'again.jpg' },
    ])
    await chosen(page, 1)
    const told = await page
      .locator('[data-fault]')
      .evaluateAll((rows) =>
        rows.map((row) => [row.getAttribute('data-fault'), /“(.+?)”/.exec(row.textContent ?? '')?.[1]]),
      )
    expect(told).toEqual([
      ['no-picture', 'page.jpg'],
      ['no-picture', 'drawing.svg'],
      ['too-many-pixels', 'bomb.png'],
      ['too-many-pixels', 'sixty.png'],
      ['unreadable', 'half.jpg'],
      ['too-heavy', 'heavy.jpg'],
      ['twice', 'again.jpg'],
    ])
    await choose(
      page,
      await Promise.all(Array.from({ length: 8 }, (_, i) => shot(`n${i}`, `rgb(${20 + 25 * i},90,200)`, 640, 480))),
    )
    await chosen(page, 8)
    expect(await page.locator('[data-fault]').allTextContents()).toEqual([expect.stringContaining('n7.jpg')])
    expect(await page.locator(field).count()).toBe(0) // no room for a ninth
  })

  it('of 60 megapixels are refused by their rule, of 48 made as small as any', async () => {
    const { page } = await scene.somebody()
    await page.goto('/post')
    await ready(page)
    await choose(page, [await shot('sixty', '#c22', 9_000, 6_700), await shot('forty-eight', '#2a2', 8_000, 6_000)])
    await chosen(page, 1)
    expect(await page.locator('[data-fault="too-many-pixels"]').innerText()).toContain('“sixty.jpg”像素太多')
    const picture = page.locator('.shot img')
    await picture.waitFor()
    const size = await picture.evaluate((one: HTMLImageElement) =>
      one.decode().then(() => [one.naturalWidth, one.naturalHeight]),
    )
    expect(size).toEqual([1600, 1200])
  })

  it('of a listing that was posted offline follow by themselves when the portal is back, each once', async () => {
    const { page } = await scene.somebody(390)
    await page.goto('/post')
    await ready(page)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await choose(page, [await shot('a', '#c2a', 1000, 700), await shot('b', '#2aa', 700, 1000)])
    await chosen(page, 2)
    await fillListing(page, { title: '没有网络也能发照片' })
    await scene.portal.stop()
    await submit(page)
    await reach(page, 'saved')
    await page.locator('[data-photos-sent="0"][data-photos-all="2"]').waitFor({ state: 'attached' })
    const [first, second] = await hashesIn(page)
    await page.goto('about:blank')
    await scene.portal.start()
    expect(onDisk()).not.toContain(first)
    await page.goto('/guides') // any page sends what waits
    await expect.poll(() => [first, second].every((hash) => onDisk().includes(hash!))).toBe(true)
    await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith('xxg-unsent/')))
  })

  it('of a listing that was opened are seen when the portal is away', async () => {
    const { page } = await scene.somebody(390)
    await page.goto('/post')
    await ready(page)
    await choose(page, [await shot('kept', '#22c')])
    await chosen(page, 1)
    await fillListing(page, { title: '看过的照片离线还在' })
    await submit(page)
    await reach(page, 'published')
    await page.locator('[data-photos-sent="1"]').waitFor({ state: 'attached' })
    const id = await idOf(page)
    const { page: reader } = await scene.somebody(390)
    await reader.goto('/')
    await reader.evaluate(() => navigator.serviceWorker.ready)
    await reader.goto(`/l/${id}`)
    await reader.locator('.gallery img').evaluate((one: HTMLImageElement) => one.decode())
    await expect
      .poll(() => reader.evaluate(async () => (await (await caches.open('pictures')).keys()).length))
      .toBeGreaterThan(0)
    await scene.portal.stop()
    await reader.reload()
    const width = await reader
      .locator('.gallery img')
      .evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth))
    expect(width).toBeGreaterThan(0)
    await scene.portal.start()
  })

  it('that the portal changed are found out by a reader', async () => {
    const { page } = await scene.somebody(390)
    await page.goto('/post')
    await ready(page)
    await choose(page, [await shot('true', '#a2c', 900, 700)])
    await chosen(page, 1)
    await fillListing(page, { title: '照片被换掉的一条' })
    await submit(page)
    await reach(page, 'published')
    await page.locator('[data-photos-sent="1"]').waitFor({ state: 'attached' })
    const [hash = ''] = await hashesIn(page)
    const id = await idOf(page)
    writeFileSync(join(scene.portal.dataDir, 'blobs', hash.slice(0, 2), hash), await aSentPhoto('#2a2', 900, 700))
    const { page: reader } = await scene.somebody(390)
    await reader.goto(`/l/${id}`)
    await reader.locator('[data-act="check-photos"]').click()
    await reader.locator('[data-photos-are="forged"]').waitFor()
  })

  it('are within reach of everybody: the form with photos and what it refuses, and the page with its gallery', async () => {
    const { page } = await scene.somebody(390)
    await page.goto('/post')
    await ready(page)
    await choose(page, [
      await shot('a', '#a52', 900, 700),
      await shot('b', '#25a', 900, 700),
      { name: 'page.jpg', buffer: Buffer.from('<!doctype html>') },
    ])
    await chosen(page, 2)
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
      [],
    )
    const low = await page
      .locator('.photo-box button, .photo-box label.btn')
      .evaluateAll(
        (all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).length,
      )
    expect(low).toBe(0)
    await fillListing(page, { title: '人人都看得到的照片' })
    await submit(page)
    await reach(page, 'published')
    await page.goto(`/l/${await idOf(page)}`)
    await page.locator('[data-act="check-photos"]').waitFor()
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
      [],
    )
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

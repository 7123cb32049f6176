/** Pictures for other apps: of the size they ask for, whatever was typed, each drawn once. */
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { previewSize, type PreviewCard } from '#domain/preview.ts'
import { createPreviews } from '../../server/previews.ts'
import { aSentPhoto } from '../fixtures/photos.ts'

const fonts = new URL('../../content/fonts', import.meta.url).pathname
const draw = createPreviews(fonts)
const card: PreviewCard = {
  title: '实木书桌 1.4 米',
  amount: '¥280',
  unit: '',
  note: '二手供求 · 东港区',
  town: '日照信息港',
  ground: ['#0e5f94', '#0a2a40'],
  accent: '#e2562a',
  icon: 'M5 12h14',
}
const pixels = async (change: Partial<PreviewCard>) =>
  sharp(await draw({ ...card, ...change }))
    .raw()
    .toBuffer()
/** How many values differ by more than JPEG's noise. */
const differing = (a: Uint8Array, b: Uint8Array): number =>
  a.filter((value, at) => Math.abs(value - b[at]!) > 40).length

describe('a preview picture', () => {
  it('is a JPEG of 1,200 by 630', async () => {
    const { width, height, format } = await sharp(await draw(card)).metadata()
    expect({ width, height, format }).toEqual({ ...previewSize, format: 'jpeg' })
  })

  it('shows every text of it', async () => {
    const whole = await pixels({})
    for (const change of [{ title: '别的' }, { amount: '面议' }, { note: '求职招聘' }, { town: '黄岛信息港' }])
      expect([change, differing(whole, await pixels(change)) > 500]).toEqual([change, true])
  })

  it('draws Chinese with its own font: two characters look different, not like two empty boxes', async () => {
    expect(differing(await pixels({ title: '东' }), await pixels({ title: '西' }))).toBeGreaterThan(200)
    expect(differing(await pixels({ title: '電' }), await pixels({ title: '動' }))).toBeGreaterThan(200)
  })

  it.each([
    '<span size="900000">大</span>',
    '</svg><script>alert(1)</script>',
    '& &amp; < >',
    '🛋️🛵',
    '',
    '\u202e倒着\u0000写',
    '长'.repeat(400),
  ])('takes %j as text', async (title) => {
    const { width, height } = await sharp(await draw({ ...card, title })).metadata()
    expect({ width, height }).toEqual(previewSize)
  })

  it('is drawn once for all who ask', async () => {
    expect(draw(card)).toBe(draw({ ...card }))
    expect(draw(card)).not.toBe(draw({ ...card, amount: '¥281' }))
  })

  it('is drawn when no other is, whoever asks for one that is there meanwhile', async () => {
    let [now, most] = [0, 0]
    const paint = async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 5))
      now--
      return new Uint8Array()
    }
    const inTurn = createPreviews('', { paint })
    const of = (title: string) => inTurn({ ...card, title })
    await of('one')
    await Promise.all([of('two'), of('one'), of('three'), of('one'), of('four')])
    expect(most).toBe(1)
  })

  it('shows the cover on the right while the portal has it, and is without it when that is gone', async () => {
    const red = await aSentPhoto('#cc3333', 800, 600)
    const shown = new Map<string, Uint8Array>()
    const withPhotos = createPreviews(fonts, { coverOf: async (hash) => shown.get(hash) })
    const at = async (left: number, top: number) => {
      const spot = sharp(await withPhotos({ ...card, cover: 'red' })).extract({ left, top, width: 8, height: 8 })
      return [...(await spot.resize(1, 1).raw().toBuffer())]
    }
    const isRed = ([r = 0, g = 0, b = 0]: readonly number[]) => r > 150 && g < 110 && b < 110
    const before = await at(950, 300)
    shown.set('red', red)
    expect([before, await at(720, 20), await at(950, 300), await at(1180, 600), await at(40, 300)].map(isRed)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    shown.clear()
    expect(await at(950, 300)).toEqual(before)
  })
})

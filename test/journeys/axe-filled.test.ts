/** The pages of people who have done something, with what can be opened open: axe finds nothing to mend on them by day and by night, and nothing runs off the side of a narrow phone. */
import { beforeAll, describe, expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { faultsOf } from './axe.ts'
import { sticksOut, tooSmall } from './room.ts'
import { openScene } from './scene.ts'
import { openCast, type CastVisit } from './screens/cast.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

let cast: readonly CastVisit[]
beforeAll(async () => {
  cast = await openCast(scene.browser, scene.portal, (name, error) => {
    throw new Error(name, { cause: error })
  })
})

/** Traditional Chinese has the words of the other, and their length; these of its pages stand for it. */
const inEvery = ['messages-list', 'messages-thread', 'me-compare']

describe.each(locales)('in %s', (locale) => {
  it('on what people of a town have open', async () => {
    const faults: string[] = []
    const visits = cast.filter(([name]) => locale !== 'zh-Hant' || inEvery.includes(name))
    for (const [name, page, visit] of visits) {
      await page.setViewportSize({ width: 390, height: 844 })
      await visit(page, (path) => localePath(locale, path))
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      const small = await tooSmall(page)
      await page.setViewportSize({ width: 320, height: 700 })
      const found = [...small, ...(await sticksOut(page)), ...(await faultsOf(page, false))]
      faults.push(...found.map((fault) => `${name} ${fault}`))
    }
    expect(faults).toEqual([])
  })
})

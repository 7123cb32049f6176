/** The guides as they are served: grouped, leading on, and told to feed readers and search engines. */
import { expect, it } from 'vitest'
import { guideGroups } from '#domain/guide.ts'
import { localePath, locales } from '#domain/locale.ts'
import { hantOf } from '#src/languages/convert.ts'
import { guideIds } from '../fixtures/guides.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const ids = guideIds('zh')

it.each(locales)('in %s all stand in groups, and a feed reader finds them', async (locale) => {
  const { page } = await scene.somebody(390)
  await page.goto(localePath(locale, '/guides'))
  expect(await page.locator('section.sect[id]').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
    ...guideGroups,
    'businesses',
  ])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const links = await page
    .locator('section.sect a.guide')
    .evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname))
  expect([...links].sort()).toEqual(ids.map((id) => localePath(locale, `/guides/${id}`)).sort())

  const feed = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[type="application/atom+xml"]')
    const answer = await fetch(link?.href ?? '')
    const xml = new DOMParser().parseFromString(await answer.text(), 'application/xml')
    return {
      type: answer.headers.get('content-type'),
      lang: xml.documentElement.getAttribute('xml:lang'),
      root: `${xml.documentElement.namespaceURI} ${xml.documentElement.localName}`,
      links: [...xml.querySelectorAll('entry > link')].map((one) => one.getAttribute('href') ?? ''),
      dates: [...xml.querySelectorAll('entry > updated')].map((one) => one.textContent ?? ''),
    }
  })
  expect(feed).toMatchObject({
    type: 'application/atom+xml; charset=utf-8',
    lang: locale,
    root: 'http://www.w3.org/2005/Atom feed',
  })
  expect([...feed.links].sort()).toEqual(links.map((path) => scene.portal.url + path).sort())
  expect(feed.dates).toEqual([...feed.dates].sort().reverse())
})

it.each(locales)('in %s each tells what it is, and its last part leads to pages that are there', async (locale) => {
  const { page } = await scene.somebody()
  await page.goto('/robots.txt')
  const guides = await page.evaluate(
    async (paths) =>
      Promise.all(
        paths.map(async (path) => {
          const shown = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html')
          const parts = [...shown.querySelectorAll('.contents a')].map((a) => a.getAttribute('href')?.slice(1) ?? '')
          return {
            path,
            marked: shown.querySelector('script[type="application/ld+json"]')?.textContent ?? '',
            feed: shown.querySelector('link[type="application/atom+xml"]')?.getAttribute('href'),
            missing: parts.filter((id) => !shown.getElementById(id)),
            last: parts.at(-1),
            next: [...shown.querySelectorAll('#next a')].map((a) => a.getAttribute('href') ?? ''),
          }
        }),
      ),
    ids.map((id) => localePath(locale, `/guides/${id}`)),
  )
  for (const { path, marked, feed, missing, last, next } of guides) {
    const { '@graph': nodes } = JSON.parse(marked) as { '@graph': readonly Record<string, unknown>[] }
    expect(['Article', 'HowTo'], path).toContain(nodes[0]?.['@type'])
    expect(nodes[0], path).toMatchObject({ inLanguage: locale, url: expect.stringMatching(`${path}$`) })
    expect({ feed, missing, last }, path).toEqual({
      feed: localePath(locale, '/guides.atom'),
      missing: [],
      last: 'next',
    })
    expect(next.length, path).toBeGreaterThan(1)
    if (locale === 'en') expect(marked).not.toMatch(/\p{Script=Han}/u)
    if (locale === 'zh-Hant') expect(marked).toBe(hantOf(marked))
  }
  const leads = [...new Set(guides.flatMap(({ next }) => next))]
  const answers = await page.evaluate(
    (paths) => Promise.all(paths.map(async (path) => `${(await fetch(path)).status} ${path}`)),
    leads,
  )
  expect(answers.filter((line) => !line.startsWith('200'))).toEqual([])
})

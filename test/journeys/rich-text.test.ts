/** Hostile texts through every node and mark, rendered as the server renders them: in a page without any policy nothing of them runs. */
import type { Browser } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import solid from 'vite-plugin-solid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseRichText, type RichText } from '#domain/rich-text.ts'
import { must } from '../fixtures/must.ts'
import { payloads } from '../fixtures/payloads.ts'
import { aDoc, aLink, aPicture, everyNode, everyNodeWith } from '../fixtures/rich-text.ts'
import { aPerson, openBrowser } from './browser.ts'

let browser: Browser
let vite: ViteDevServer
let htmlOf: (doc: RichText) => string
beforeAll(async () => {
  browser = await openBrowser()
  vite = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    plugins: [solid({ ssr: true })],
    server: { middlewareMode: true, ws: false, hmr: false, watch: null },
    ssr: { noExternal: ['solid-js'] },
    optimizeDeps: { noDiscovery: true },
  })
  const { renderDoc } = (await vite.ssrLoadModule('/test/fixtures/render-rich-text.tsx')) as {
    renderDoc: typeof htmlOf
  }
  htmlOf = renderDoc
})
afterAll(async () => {
  await vite.close()
  await browser.close()
})

it('each node is its element, without a blank between', () => {
  const html = htmlOf(must(parseRichText(everyNode))).replaceAll(' >', '>')
  expect(html.replace(/<!--[$/]-->/g, '')).toBe(
    [
      '<h2 id="s-words">words</h2><h3 id="s-words--2">words</h3><h4 id="s-words--3">words</h4><p>words</p>',
      '<ul><li><p>words</p></li></ul><ol start="3"><li><p>words</p></li></ol>',
      '<div class="scroll" role="group" tabindex="0"><table><tbody>',
      '<tr><th><p>words</p></th></tr><tr><td><p>words</p></td></tr></tbody></table></div>',
      '<blockquote><p>words</p></blockquote><pre>words</pre><hr>',
      `<img src="${aPicture}" alt="words" loading="lazy">`,
      '<p><strong>words</strong><em>words</em><s>words</s><code>words</code><br>',
      '<a href="https://shop.example/" rel="ugc nofollow noopener"><strong>words</strong></a>',
      '<small class="host">[shop.example]</small></p>',
    ].join(''),
  )
})

it('nothing of a hundred texts runs, each is read, and no element or attribute is there but our own', async () => {
  const { page, context, faults } = await aPerson(browser, 'http://127.0.0.1')
  await page.addInitScript(() => {
    for (const name of ['x', 'alert']) Object.assign(window, { [name]: () => console.error('ran', name) })
  })
  await page.goto('about:blank')
  for (const payload of payloads) {
    const words = payload.replaceAll(/\t/g, ' ')
    const links = parseRichText(aDoc(aLink(payload))) // most are refused; those that are links must lead where links may
    const docs = [must(parseRichText(everyNodeWith(words))), ...(links.ok ? [links.value] : [])]
    await page.setContent(`<!doctype html><main>${docs.map(htmlOf).join('')}</main>`)
    const found = await page.evaluate(() => ({
      names: [...document.querySelectorAll('main *')].map(({ localName }) => localName),
      attributes: [...document.querySelectorAll('main *')].flatMap((element) => element.getAttributeNames()),
      hrefs: [...document.querySelectorAll('a')].map(({ protocol }) => protocol),
      pictures: [...document.querySelectorAll('img')].map((img) => img.getAttribute('src')),
      first: document.querySelector('h2')?.textContent,
    }))
    expect(found.first).toBe(words)
    expect([...new Set(found.pictures)]).toEqual([aPicture])
    expect([...new Set(found.names)].filter((name) => !ours.includes(name))).toEqual([])
    expect([...new Set(found.attributes)].filter((name) => !attributes.includes(name))).toEqual([])
    expect(found.hrefs.filter((protocol) => !/^(https?|mailto|tel):$/.test(protocol))).toEqual([])
  }
  expect(faults).toEqual([])
  await context.close()
})

const attributes = ['id', 'class', 'href', 'rel', 'start', 'role', 'tabindex', 'src', 'alt', 'loading']
// prettier-ignore
const ours = ['div', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'table', 'tbody', 'tr', 'th', 'td', 'blockquote', 'pre', 'hr', 'br', 'strong', 'em', 's', 'code', 'a', 'small', 'img']

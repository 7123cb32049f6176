/** Writing a guide in a real browser, under the portal's own policy for scripts and styles: alone, together, and against hostile pastes. */
import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseRichText, richTextBytes } from '#domain/rich-text.ts'
import { editor } from '#src/i18n/editor.ts'
import { rules } from '#src/i18n/rules.ts'
import { openEditorSite, type EditorSite } from '../fixtures/editor-site.ts'
import { must } from '../fixtures/must.ts'
import { payloads } from '../fixtures/payloads.ts'
import { aPicture } from '../fixtures/rich-text.ts'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { sheet, textOf, write } from './business-desk.ts'

const words = editor['zh-Hans']
let browser: Browser
let site: EditorSite
beforeAll(async () => {
  site = await openEditorSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const toolOf = (id: string) => `[data-tool="${id}"]`

/** A person with tabs; what a page threw, logged or had blocked is a fault of his. */
async function somebody(): Promise<Person> {
  const person = await aPerson(browser, site.url)
  await person.context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      console.error('blocked', violatedDirective, blockedURI, sample),
    )
    for (const name of ['x', 'alert']) Object.assign(window, { [name]: () => console.error('ran', name) })
  })
  return person
}
async function desk(person: Person, query = ''): Promise<Page> {
  const page = await person.context.newPage()
  await page.goto(`/${query}`)
  await page.locator(sheet).waitFor()
  return page
}
const published = (page: Page) => page.evaluate(() => window.desk.published)
const paste = (page: Page, parts: Readonly<Record<string, string>>) =>
  page.locator(sheet).evaluate((element, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, parts)

describe('alone', () => {
  it('a guide is written with the tools and published as a rich text', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.fill('#guide-title', '水壶坏了')
    await page.fill('#guide-summary', '带上小票')
    await page.locator(sheet).click()
    await page.click(toolOf('heading2'))
    await page.keyboard.type('先看小票')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('七天')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('内，看 ')
    await page.keyboard.press('Control+k')
    await page.fill('#link-href', 'javascript:x()')
    await page.keyboard.press('Enter')
    await page.locator('#link-bad').waitFor()
    await page.fill('#link-href', 'shop.example/after')
    await page.keyboard.press('Enter')
    await page.click(toolOf('table'))
    await page.keyboard.type('日子')
    await page.keyboard.press('Tab')
    await page.keyboard.type('给什么')
    await page.click(toolOf('addColumn'))
    await page.click(toolOf('deleteColumn'))
    await page.click(toolOf('deleteRow'))
    await page.click('[data-publish]')
    const guide = await published(page)
    expect(guide).toMatchObject({ title: '水壶坏了', summary: '带上小票', policy: undefined })
    expect(must(parseRichText(guide?.body))).toEqual(guide?.body)
    expect(guide?.body.content?.slice(0, 2)).toEqual([
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '先看小票' }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: '七天', marks: [{ type: 'bold' }] },
          { type: 'text', text: '内，看 ' },
          {
            type: 'text',
            text: 'https://shop.example/after',
            marks: [{ type: 'link', attrs: { href: 'https://shop.example/after' } }],
          },
        ],
      },
    ])
    expect(await page.locator('article .host').innerText()).toBe('[shop.example]')
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('what is missing is told, and nothing is published', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.click('[data-publish]')
    const told = await page.locator('[role="alert"]').innerText()
    expect(told).toContain(words.noTitle)
    expect(told).toContain(words.noBody)
    expect(await published(page)).toBeUndefined()
    await person.context.close()
  })

  it('a word the house does not take is told while one writes, and stands against publishing until it is mended', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.fill('#guide-title', '水壶坏了')
    await write(page, '我们是全市第一。')
    const told = page.locator('[data-house] [data-rule="HR-4"]')
    await told.waitFor()
    await expect.poll(() => told.innerText()).toContain('全市第一')
    await page.click('[data-publish]')
    expect(await published(page)).toBeUndefined()
    expect(await textOf(page)).toContain('全市第一') // nothing typed is lost
    await page.locator(sheet).click()
    await page.keyboard.press('Control+End')
    for (const _ of '全市第一。') await page.keyboard.press('Backspace')
    await told.waitFor({ state: 'detached' })
    await page.click('[data-publish]')
    expect(await published(page)).toMatchObject({ title: '水壶坏了' })
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('what was undone can be done again, and the tools show it at once', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await write(page, 'one')
    await page.click(toolOf('undo'))
    expect(await textOf(page)).toBe('')
    await expect.poll(() => page.locator(toolOf('redo')).getAttribute('aria-disabled')).toBeNull()
    await page.click(toolOf('redo'))
    expect(await textOf(page)).toBe('one')
    await expect.poll(() => page.locator(toolOf('redo')).getAttribute('aria-disabled')).toBe('true')
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('the tools are one stop of the tab key, the arrows go on from there', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-tool'))
    await page.focus('#guide-summary')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('undo')
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe('table')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('heading2')
    await page.keyboard.press('Enter')
    expect(await page.locator(toolOf('heading2')).getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator(toolOf('heading2')).getAttribute('title')).toBe('大标题（Ctrl+Alt+2）')
    expect(await page.locator('.tools [tabindex="0"]').count()).toBe(1)
    await person.context.close()
  })

  it('how full it is, is told while writing; over 200 kB it is not published and all of it is kept', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.fill('#guide-title', '很长')
    const size = page.locator('.size')
    await paste(page, { 'text/plain': '修'.repeat(Math.ceil((richTextBytes * 0.92) / 3)) })
    await expect.poll(() => size.getAttribute('data-size')).toBe('nearly')
    await paste(page, { 'text/plain': '修'.repeat(40_000) })
    await expect.poll(() => size.innerText()).toContain(words.full)
    await page.click('[data-publish]')
    expect(await page.locator('[role="alert"]').innerText()).toContain(words.fault['too-large'])
    expect(await published(page)).toBeUndefined()
    expect((await textOf(page)).length).toBeGreaterThan(100_000) // characters
    await person.context.close()
  })
})

describe('what is pasted', () => {
  it('keeps its form and loses everything that runs or styles, even where no policy would stop it', async () => {
    const person = await somebody()
    const page = await desk(person, 'without-policy?alone')
    await page.fill('#guide-title', '贴进来的')
    await page.locator(sheet).click()
    await paste(page, {
      'text/html': `<style>*{color:red}</style><script>x()</script><h1 style="color:red" onclick="x()">One</h1>
        <p class="MsoNormal"><font color="red">Two</font> <a href="javascript:x()">three</a> <a href="https://e.example/">four</a></p>
        <table width="900"><colgroup><col width="9"></colgroup><tr><td colspan="2" style="width:9px">Five</td></tr><tr><td>6</td><td>7</td></tr></table>
        <img src="https://e.example/x.png" onerror="x()"><iframe srcdoc="<script>x()</script>"></iframe>`,
    })
    for (const payload of payloads)
      await paste(page, { 'text/html': `<p>${payload}</p><div title="${payload}">${payload}</div>` })
    for (const payload of payloads) await paste(page, { 'text/plain': payload })
    await page.click('[data-publish]')
    const body = must(parseRichText((await published(page))?.body))
    expect(body.content?.[0]).toMatchObject({ type: 'heading', attrs: { level: 2 } })
    expect(JSON.stringify(body)).toContain('"href":"https://e.example/"')
    expect(await page.locator(`${sheet} [style], ${sheet} style, ${sheet} script, ${sheet} iframe`).count()).toBe(0)
    expect(person.faults).toEqual([])
    await person.context.close()
  })
})

describe('a picture', () => {
  it('of 50 MB that is pasted or dropped is turned away in words, and the text stays as it was', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await write(page, '写好的正文')
    for (const how of ['paste', 'drop'] as const) {
      await page.locator(sheet).evaluate((element, kind) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(50_000_000)], `${kind}.png`, { type: 'image/png' }))
        const { left, top } = element.getBoundingClientRect()
        const init = { bubbles: true, cancelable: true }
        const event =
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...init, clipboardData: data })
            : new DragEvent('drop', { ...init, dataTransfer: data, clientX: left + 9, clientY: top + 9 })
        element.dispatchEvent(event)
      }, how)
      await page.getByText(words.notPlaced(`${how}.png`, '50.0')).waitFor()
    }
    expect(await textOf(page)).toBe('写好的正文')
    expect(await page.locator(`${sheet} img`).count()).toBe(0)
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('that lies at the portal stays in the text and is published; any other is dropped', async () => {
    const person = await somebody()
    const page = await desk(person, 'without-policy?alone')
    await page.fill('#guide-title', '带图')
    await page.locator(sheet).click()
    await paste(page, {
      'text/html': `<p>one</p><img src="${aPicture}" alt="two" onerror="x()"><img src="https://e.example/x.png"><img src="data:image/png;base64,AAAA">`,
    })
    expect(await page.locator(`${sheet} img`).count()).toBe(1)
    await page.click('[data-publish]')
    const body = must(parseRichText((await published(page))?.body))
    expect(body.content).toContainEqual({ type: 'image', attrs: { src: aPicture, alt: 'two' } })
    expect(await page.locator('article img').getAttribute('alt')).toBe('two')
    expect(person.faults.filter((fault) => !fault.includes('404'))).toEqual([])
    await person.context.close()
  })
})

describe('Markdown', () => {
  const markdown = `# 水壶坏了

## 先看小票

**七天**内 *可以* 退，[规定](https://shop.example/rules)。

- 一样
- 两样
  - 里面一样

1. 先
2. 后

> 问清楚再走

| 日子 | 给什么 |
| --- | --- |
| 第 7 天 | 退 \\| 换 |

\`\`\`
code
\`\`\`

---

完
`

  it('is opened from a file, saved as a file, and the same after that', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    const file = { name: 'guide.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown) }
    await page.setInputFiles('input[type="file"]', file)
    await expect.poll(() => page.inputValue('#guide-title')).toBe('水壶坏了')
    await page.locator(`${sheet} td`).first().waitFor()
    const download = page.waitForEvent('download')
    await page.click('[data-save]')
    const saved = await readFile(await (await download).path(), 'utf8')
    expect((await download).suggestedFilename()).toBe('水壶坏了.md')
    expect(saved).toBe(markdown)
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('with what a guide cannot hold keeps the words of it', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    const odd =
      '# T\n\n###### six\n\n![alt](https://e.example/x.png) seen\n\n- # in a list\n\n<script>x()</script>\n\n[go](javascript:x())\n'
    await page.setInputFiles('input[type="file"]', {
      name: 'a.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from(odd),
    })
    await expect.poll(() => textOf(page)).toContain('six')
    for (const word of ['seen', 'in a list', 'go']) expect(await textOf(page)).toContain(word)
    await page.click('[data-publish]')
    must(parseRichText((await published(page))?.body))
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('is told where a file is no text, or too large', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    for (const buffer of [Buffer.from([0xff, 0xfe, 0x00]), Buffer.alloc(1_000_001, 'a')]) {
      await page.setInputFiles('input[type="file"]', { name: 'x.md', mimeType: 'text/markdown', buffer })
      await page.getByText(words.notOpened).waitFor()
    }
    expect((await textOf(page)).trim()).toBe('')
    await person.context.close()
  })
})

describe('together', () => {
  it('two write one text, one of them away for a while; each undoes his own', async () => {
    const person = await somebody()
    const first = await desk(person, '?name=甲')
    await write(first, 'one')
    const second = await desk(person, '?name=乙')
    await expect.poll(() => textOf(second)).toContain('one')
    await first.getByText('乙', { exact: true }).first().waitFor()
    await second.evaluate(() => window.desk.join(false))
    await write(first, ' first')
    await second.locator(sheet).click()
    await second.keyboard.press('Control+End')
    await second.keyboard.press('Enter')
    await second.keyboard.type('second')
    await second.evaluate(() => window.desk.join(true))
    for (const page of [first, second]) {
      await expect.poll(() => textOf(page)).toContain('one first')
      await expect.poll(() => textOf(page)).toContain('second')
    }
    await second.click(toolOf('undo'))
    await expect.poll(() => textOf(first)).not.toContain('second')
    expect(await textOf(first)).toContain('one first')
    await first.locator('.others-caret').waitFor()
    expect(await first.locator('.others-name').innerText()).toBe('乙')
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('two rename it at once: the same name for both, and who was overwritten is told his own words', async () => {
    const person = await somebody()
    const pages = [await desk(person, '?name=甲'), await desk(person, '?name=乙')] as const
    for (const page of pages) await page.evaluate(() => window.desk.join(false))
    await pages[0].fill('#guide-title', '名字一')
    await pages[1].fill('#guide-title', '名字二')
    for (const page of pages) await page.evaluate(() => window.desk.join(true))
    await expect
      .poll(async () => (await pages[0].inputValue('#guide-title')) === (await pages[1].inputValue('#guide-title')))
      .toBe(true)
    const kept = await pages[0].inputValue('#guide-title')
    const lost = kept === '名字一' ? pages[1] : pages[0]
    await lost.click('[data-put-back]')
    for (const page of pages)
      await expect.poll(() => page.inputValue('#guide-title')).toBe(kept === '名字一' ? '名字二' : '名字一')
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('two change different rules at once, and both changes stay', async () => {
    const person = await somebody()
    const pages = [await desk(person, '?name=甲'), await desk(person, '?name=乙')] as const
    for (const _ of [1, 2]) await pages[0].click('[data-add="row"]')
    await expect.poll(() => pages[1].locator('[data-article^="A-"]').count()).toBe(2)
    for (const page of pages) await page.evaluate(() => window.desk.join(false))
    await pages[0].locator('[data-article="A-1"] input[inputmode]').nth(1).fill('10')
    await pages[1].locator('[data-article="A-2"] input[inputmode]').nth(0).fill('10')
    for (const page of pages) await page.evaluate(() => window.desk.join(true))
    for (const page of pages) {
      await expect.poll(() => page.locator('[data-article="A-1"] input[inputmode]').nth(1).inputValue()).toBe('10')
      await page.getByText(rules['zh-Hans'].fits).waitFor()
    }
    expect(person.faults).toEqual([])
    await person.context.close()
  })
})

describe('the rules', () => {
  it('are written as sentences, refused with their rows, tried as a customer would, and published', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.fill('#guide-title', '我们的售后')
    await write(page, '都在下面')
    for (const _ of [1, 2]) await page.click('[data-add="row"]')
    const until = page.locator('[data-article="A-1"] input[inputmode]').nth(1)
    await until.fill('14')
    expect(await page.locator('[data-fault="hole"]').innerText()).toBe(rules['zh-Hans'].faults.hole('A-1 和 A-2'))
    await page.click('[data-publish]')
    expect(await page.locator('[role="alert"]').innerText()).toContain(words.rules)
    expect(await published(page)).toBeUndefined()
    await until.fill('15')
    await page.selectOption('.rules select >> nth=1', 'distance')
    expect(await page.locator('[data-statute="distance-seven-days"]').first().innerText()).toContain('第 0 到 7 天')
    await page.click('.preview summary')
    await page.fill('#case-bought', new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10))
    await page.check('[name="state"][value="fault"]')
    await page.click('.preview button[type="submit"]')
    expect(await page.locator('.verdict').getAttribute('data-remedy')).toBe('exchange')
    await page.locator('[data-article="A-2"] select').last().selectOption('free-repair')
    await expect.poll(() => page.locator('.verdict').getAttribute('data-remedy')).toBe('free-repair')
    await page.click('[data-publish]')
    const { policy } = (await published(page)) ?? {}
    expect(policy?.grants.map(({ remedies }) => remedies)).toEqual([['refund'], ['free-repair']])
    expect(policy?.articles[0]?.text.en).toBe(
      'With a fault of quality, within 15 days, the last day included: a refund.',
    )
    expect(person.faults).toEqual([])
    await person.context.close()
  })
})

describe('promises and prices', () => {
  it('are written as sentences, refused with their rows, and told to a customer with his days', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.fill('#guide-title', '我们的售后')
    await write(page, '都在下面')
    await page.click('[data-add="row"]')
    await page.locator('[data-article="A-1"] select').last().selectOption('paid-repair')
    await page.locator('[data-unpriced]').waitFor()
    await page.fill('[data-article="C-2"] input', '3')
    expect(await page.locator('[data-fault="no-repair-day"]').innerText()).toBe(
      rules['zh-Hans'].faults['no-repair-day']('C-2'),
    )
    await page.fill('[data-article="C-1"] input', '5')
    await page.click('[data-add="fee"]')
    await page.locator('[data-fault="bad-fee"]').waitFor()
    expect(await page.locator('[data-unpriced]').count()).toBe(0)
    await page.fill('[data-article="F-1"] .what', '换电池')
    await page.fill('[data-article="F-1"] .number', '80')
    await page.getByText(rules['zh-Hans'].fits).waitFor()

    await page.click('.preview summary')
    await page.fill('#case-bought', new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10))
    await page.check('[name="state"][value="fault"]')
    await page.click('.preview button[type="submit"]')
    const told = await page.locator('.verdict').innerText()
    for (const part of ['换电池', '80', 'C-1', 'C-2', '寄回']) expect(told).toContain(part)
    await page.click('[data-publish]')
    const { policy } = (await published(page)) ?? {}
    expect(policy?.dues.map(({ id, days }) => [id, days])).toEqual([
      ['repaired', 5],
      ['notice-1', 0],
      ['notice-2', 3],
      ['notice-3', 3],
      ['posted-back', 0],
    ])
    expect(policy?.fees).toEqual([{ range: { zh: '换电池', en: '换电池' }, fen: 8000 }])
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('a rule, an exclusion or a price that is removed can be put back as it was, by keyboard too', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    for (const _ of [1, 2]) await page.click('[data-add="row"]')
    await page.click('[data-add="bar"]')
    await page.click('[data-add="fee"]')
    await page.fill('[data-article="F-1"] .what', '换电池')
    await page.locator('[data-article="A-2"] input[inputmode]').nth(1).fill('77')
    for (const [article, kept] of [
      ['A-2', '[data-article="A-2"] input[inputmode] >> nth=1'],
      ['F-1', '[data-article="F-1"] .what'],
      ['B-1', undefined],
    ] as const) {
      await page.locator(`[data-article="${article}"] > button`).click()
      expect(await page.locator('[data-removed]').innerText()).toContain(article)
      expect(await page.locator(`[data-article="${article}"]`).count()).toBe(0)
      expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-restore'))).toBe(true)
      await page.keyboard.press('Enter')
      await page.locator(`[data-article="${article}"]`).waitFor()
      if (kept) expect(await page.locator(kept).inputValue()).toBe(article === 'A-2' ? '77' : '换电池')
      expect(await page.locator('[data-removed]').count()).toBe(0)
    }
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('phones may have rules of a region', async () => {
    const person = await somebody()
    const page = await desk(person, '?alone')
    await page.selectOption('.rules select >> nth=0', 'phone')
    for (const _ of [1, 2]) await page.click('[data-add="row"]')
    await page.locator('[data-article="A-2"] select').nth(1).selectOption('hong-kong')
    await page.getByText(rules['zh-Hans'].fits).waitFor() // each place has its own row of days
    await page.click('.preview summary')
    expect(
      await page.locator('select[name="region"] option[value="hong-kong"], [name="region"][value="hong-kong"]').count(),
    ).toBe(1)
    expect(person.faults).toEqual([])
    await person.context.close()
  })
})

describe('axe finds nothing to mend', () => {
  it.each(['zh-Hans', 'en'])('in %s, on a phone and on a desk, by day and by night', async (locale) => {
    const person = await somebody()
    const page = await desk(person, `?locale=${locale}&name=me`)
    await desk(person, '?name=other')
    await page.fill('#guide-title', 'T')
    await page.locator(sheet).click()
    await page.click(toolOf('table'))
    for (const word of ['a', 'b', 'c', 'd']) {
      await page.keyboard.type(word)
      await page.keyboard.press('Tab')
    }
    for (const _ of [1, 2]) await page.click('[data-add="row"]')
    await page.locator('[data-article="A-1"] input[inputmode]').nth(1).fill('14')
    await page.click('[data-add="bar"]')
    for (const _ of [1, 2]) await page.click('[data-add="fee"]')
    await page.locator('[data-article="F-2"] > button').click()
    await page.click('[data-publish]')
    for (const width of [390, 1280])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
    await person.context.close()
  })
})

/** People who have done something: what their pages look like then. They stay in their browsers while the pictures are taken, in every language. */
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { aPerson } from '../browser.ts'
import { introduce, newDraft, publish } from '../business-desk.ts'
import { patienceMs } from '../patience.ts'
import type { Portal } from '../portal.ts'
import { fillListing, idOf, post, reach, ready, submit } from '../posting.ts'

type At = (path: string) => string
/** A state, and the page of the person who is in it. */
export type CastVisit = readonly [name: string, page: Page, visit: (page: Page, at: At) => Promise<unknown>]

/** A picture with something to see in it: a horizon, so that a wrong cut shows. */
async function aView(sky: string, sea: string, width: number, height: number): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${sky}"/>
    <rect y="60%" width="100%" height="40%" fill="${sea}"/><circle cx="50%" cy="60%" r="${Math.min(width, height) / 5}" fill="#fff8"/></svg>`
  return sharp(Buffer.from(drawing)).jpeg().toBuffer()
}

async function report(page: Page, id: string, reason: string, text: string): Promise<void> {
  await page.goto(`/l/${id}`, { waitUntil: 'networkidle' })
  await page.locator('details.report summary').click()
  await page.locator(`details.report [name="reason"][value="${reason}"]`).check()
  await page.locator('details.report textarea').fill(text)
  await page.locator('details.report [type="submit"]').click()
  await page.locator('details.report [data-answer="taken"]:visible').waitFor()
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('textarea[name="message"]').fill(text)
  await page.locator('.composer [type="submit"]').click()
  await page.locator('.line[data-message-state="sent"]', { hasText: text }).waitFor()
}

async function ask(page: Page, id: string, text: string): Promise<void> {
  await page.goto(`/l/${id}`)
  await page.locator('[data-message="closed"] button').scrollIntoViewIfNeeded()
  await page.locator('[data-message="closed"] button:enabled').click()
  await say(page, text)
}

async function postWithPhotos(page: Page): Promise<string> {
  await page.goto('/post')
  await ready(page)
  const sizes = [
    ['#8fb7d9', '#2f6b8f', 1600, 1200],
    ['#f2c894', '#7a5a3a', 1200, 1600],
    ['#d7e3c5', '#58774a', 2000, 900],
    ['#c9c2dd', '#514a78', 1000, 1000],
  ] as const
  const files = await Promise.all(
    sizes.map(async ([sky, sea, width, height], at) => ({
      name: `${at}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await aView(sky, sea, width, height),
    })),
  )
  await page.locator('#post-photos').setInputFiles(files)
  await page.locator('[data-photos="4"][data-working="0"]').waitFor()
  await fillListing(page, { title: '实木书桌，一米四，带两个抽屉', price: '1280' })
  await submit(page)
  await reach(page, 'published')
  await page.locator('[data-photos-sent="4"]').waitFor({ state: 'attached' })
  return idOf(page)
}

/** Every kind of part that a guide may have. */
const guideText = `装好以后先通电十分钟，再按住**中间的键**，直到屏幕上的数字闪动。

## 第一周看三件事

1. 室温和屏幕上的数相差不超过 1 ℃；
2. 夜里能自己降下来；
3. [官网](https://example.org/a)上能查到机身号。

- 不响、不烫
- 拔掉以后还记得设定

> 拆开过的不在保修里。

| 毛病 | 先做 | 再不行 |
|---|---|---|
| 不亮 | 换电池 | 打店里电话 |
| 数字乱跳 | 断电十分钟 | 带小票来换 |

### 恢复出厂

\`MENU\` 和 \`OK\` 一起按十秒。
`

/** What could not be brought about is told; its pictures are missing, the others are taken. */
const tell: Told = (name, error) => console.error(`${name}: ${String(error)}`)
type Told = (name: string, error: unknown) => void

export async function openCast(browser: Browser, portal: Portal, onFault: Told = tell): Promise<readonly CastVisit[]> {
  const attempt = (name: string, act: () => Promise<void>) => act().catch((error: unknown) => onFault(name, error))
  const someone = async () => {
    const { page, context } = await aPerson(browser, portal.url, 390)
    context.setDefaultTimeout(patienceMs)
    return page
  }
  const [seller, buyer, judge, firm] = [await someone(), await someone(), await someone(), await someone()]

  await post(judge, { title: '管理员自己的一件东西' })
  await judge.goto('/moderation')
  await judge.locator('[data-queue="stranger"] code').waitFor()
  const did = await judge.locator('[data-queue] code').innerText()
  await portal.stop()
  await portal.start({ MODERATORS: did })

  const shown = await postWithPhotos(seller)
  const hidden = await post(seller, { title: '会被撤下的一件东西' })
  const ended = await post(seller, { title: '已经卖掉的儿童自行车', price: '150' })
  const asked = await post(seller, { title: '有人举报的折叠床', price: '90' })
  await seller.goto('/me')
  const own = seller.locator(`li[data-record="${ended}"]`)
  await own.locator('details.end summary').click()
  await own.locator('[data-act="sold-here"]').click()
  await seller.locator(`li[data-record="${ended}"][data-life="sold"]`).waitFor()

  await report(buyer, hidden, 'false', '图和东西不一样，到了才说要加钱。')
  await report(buyer, asked, 'duplicate', '')
  await judge.goto('/moderation')
  await judge.locator(`[data-subject="${hidden}"] [data-act="hide"]`).click()
  await judge.locator(`[data-recent="hide"][data-of="${hidden}"][data-step="published"]`).first().waitFor()

  await attempt('messages', async () => {
    await ask(buyer, shown, '书桌还在吗？周六上午可以来看。')
    await seller.goto('/messages')
    await seller.locator('.threads a').first().click()
    await seller.locator('[data-thread-open]').waitFor()
    await say(seller, '在的，周六十点以后都行。地址我到时候发你，桌子 1.4 m × 0.6 m，普通 SUV 装得下。')
  })

  await attempt('what is liked, saved and not yet finished', async () => {
    await buyer.goto(`/l/${shown}`)
    await buyer.locator('.heart').first().click()
    await buyer.locator('.heart[aria-pressed="true"]').waitFor()
    await buyer.goto(`/l/${asked}`)
    await buyer.locator('.heart').first().click()
    await buyer.locator('.heart[aria-pressed="true"]').waitFor()
    await buyer.locator('[data-note] summary').click()
    await buyer.locator('[data-note] textarea').fill('周六下午去看')
    await buyer.locator('[data-note-mark="kept"]').waitFor()
    await buyer.goto('/search?q=书桌')
    await buyer.locator('[data-act="save-search"]').click()
    await buyer.locator('.save-search input').press('Enter')
    await buyer.goto('/post')
    await ready(buyer)
    await buyer.locator('[name="title"]').fill('还没写完的草稿')
    await buyer.locator('[data-draft="saved"]').waitFor()
  })

  let [draft, guide] = ['', '']
  await attempt('a business', async () => {
    await introduce(firm, '样例电器')
    draft = await newDraft(firm, '温控器怎么用', '装上以后第一周要看的三件事。')
    const buffer = Buffer.from(guideText)
    await firm.setInputFiles('input[type="file"]', { name: 'guide.md', mimeType: 'text/markdown', buffer })
    await firm.locator('.tiptap table').waitFor()
    await publish(firm, 1)
    await firm.goto('/guides#businesses')
    guide = (await firm.locator('a[href^="/guides/u/"]').first().getAttribute('href')) ?? ''
  })

  return [
    ['listing-photos', buyer, (page, at) => page.goto(at(`/l/${shown}`))],
    ['listing-removed', buyer, (page, at) => page.goto(at(`/l/${hidden}`))],
    ['listing-ended', buyer, (page, at) => page.goto(at(`/l/${ended}`))],
    [
      'messages-list',
      seller,
      async (page, at) => {
        await opened(page, at('/messages'), '[data-messages="ready"] .threads a, .blocked summary')
        if ((await page.locator('.blocked summary').count()) === 0) return
        await page.locator('.blocked summary').click() // in the language before
        await page.locator('[data-act="unblock"]').click()
        await page.locator('.threads a').first().waitFor()
      },
    ],
    [
      'messages-thread',
      seller,
      async (page, at) => {
        await opened(page, at('/messages'), '.threads a')
        await page.locator('.threads a').first().click()
        await page.locator('[data-thread-open] .line').nth(1).waitFor()
      },
    ],
    [
      'messages-blocked',
      seller,
      async (page, at) => {
        await opened(page, at('/messages'), '.threads a')
        await page.locator('.threads a').first().click()
        await page.locator('[data-act="block"]').click()
        await page.locator('.blocked summary').click()
      },
    ],
    ['moderation-queue', judge, (page, at) => opened(page, at('/moderation'), '[data-subject]')],
    ['moderation-decided', judge, (page, at) => page.goto(at('/moderation/log'))],
    ['data-own', seller, (page, at) => page.goto(at('/data'))],
    ['me-seller', seller, (page, at) => opened(page, at('/me'), `[data-decision="hide"]`)],
    ['me-buyer', buyer, (page, at) => opened(page, at('/me'), '[data-favourite]')],
    ['me-compare', buyer, openCompare],
    ['moderation-town', judge, openTownForm],
    ['listing-opened', buyer, (page, at) => openListing(page, at(`/l/${asked}`))],
    ['listing-share', buyer, (page, at) => openShare(page, at(`/l/${asked}`))],
    ['search-facets', buyer, openFacets],
    ['business-desk', firm, (page, at) => opened(page, at('/business'), '.office')],
    ['business-draft', firm, (page, at) => opened(page, at(`/business${draft.replace(/^[^#]*/, '')}`), '.tiptap')],
    ['business-rules', firm, (page, at) => openRules(page, at(`/business${draft.replace(/^[^#]*/, '')}`))],
    ['business-link', firm, (page, at) => openLink(page, at(`/business${draft.replace(/^[^#]*/, '')}`))],
    ['business-guide', firm, (page, at) => page.goto(at(guide))],
    ['table-looked-at', firm, lookAtTable],
    ['search-saved', buyer, (page, at) => opened(page, at('/search?q=书桌&category=goods'), 'a.hit[data-record]')],
    ['storage', buyer, openStorage],
    // the last two: the portal is gone for the time of a visit
    [
      'saved-copy',
      buyer,
      async (page, at) => {
        await page.goto(at('/c/goods'))
        await page.waitForFunction(async (path) => (await caches.match(path)) !== undefined, at('/c/goods'))
        await gone(portal, () => page.goto(at('/c/goods')))
      },
    ],
    ['offline-instead', buyer, (page, at) => gone(portal, () => page.goto(at('/c/events?page=7')))],
  ]
}

/** Two favourites side by side, and what was seen last. */
async function openCompare(page: Page, at: At): Promise<void> {
  await opened(page, at('/me'), '[data-favourite]')
  for (const pick of await page.locator('input[name="compare"]').all()) await pick.check()
  await page.locator('[data-act="compare"]').click()
  await page.locator('[data-compare="2"] [data-row="price"]').waitFor()
  await page.locator('[data-seen] summary').click()
  await page.locator('[data-seen-of]').first().waitFor()
}

/** A row of the town's that is typed badly. */
async function openTownForm(page: Page, at: At): Promise<void> {
  await opened(page, at('/moderation/town'), '[data-town="ready"]')
  await page.locator('[data-new="link"]').click()
  await page.locator('[name="entry.url"]').fill('javascript:x()')
  await page.locator('[data-act="save"]').click()
  await page.locator('[data-rule="entry-link"]').waitFor()
}

/** What opens on a listing's page. */
async function openListing(page: Page, path: string): Promise<void> {
  await opened(page, path, '[data-signature]')
  await page.locator('details.report summary').click()
  await page.locator('[data-note] textarea').waitFor() // there is one, so it is open
  await page.locator('[data-languages] summary').click()
}

async function openShare(page: Page, path: string): Promise<void> {
  await opened(page, path, '[data-share]:visible')
  await page.locator('[data-share]').click()
  await page.locator('dialog[open]').waitFor()
}

async function openFacets(page: Page, at: At): Promise<void> {
  await opened(page, at('/search?q=书桌&category=goods'), 'a.hit[data-record]')
  await page.locator('form details summary').click()
  await page.locator('[name="price-max"]').fill('2000')
}

/** The guide editor with a rule of each kind that is not done. */
async function openRules(page: Page, path: string): Promise<void> {
  await opened(page, path, '.tiptap')
  for (const kind of ['row', 'bar', 'fee'])
    if ((await page.locator('.rule-list fieldset').count()) < 3) await page.locator(`[data-add="${kind}"]`).click()
  await page.locator('.rule-list fieldset').nth(2).waitFor()
}

async function openLink(page: Page, path: string): Promise<void> {
  await opened(page, path, '.tiptap')
  await page.locator('.tiptap').click()
  await page.keyboard.press('Control+k')
  await page.locator('dialog[open] #link-href').waitFor()
  await page.locator('#link-href').fill('javascript:x()')
  await page.keyboard.press('Enter')
  await page.locator('#link-bad').waitFor()
}

async function openStorage(page: Page, at: At): Promise<void> {
  await opened(page, at('/me'), '[data-favourite]')
  await page.locator('.storage-card').scrollIntoViewIfNeeded()
  await page.locator('.storage-card li').first().waitFor()
}

/** One row that is right, and one that breaks a rule. */
async function lookAtTable(page: Page, at: At): Promise<void> {
  await page.goto(at('/business/table'))
  const text =
    '编号,分类,方向,小类,标题,说明,价格,区域,电话\nA-1,二手供求,出让,家具家居,表格里的书桌,店里样品，可以到店看。,180,东港区,0633-1234567\nA-2,二手供求,出让,家具家居,桌,店里样品，可以到店看。,180,东港区,0633-1234567\n'
  await page.locator('#table-file').waitFor({ state: 'attached' })
  await page
    .locator('#table-file')
    .setInputFiles({ name: 'goods.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.locator('[data-rows] [data-line]').first().waitFor() // it is written in Chinese, so the English page finds less right in it
}

async function opened(page: Page, path: string, selector: string): Promise<void> {
  await page.goto('about:blank') // an address that differs in its hash alone would open nothing
  await page.goto(path)
  await page.locator(selector).first().waitFor()
}

async function gone(portal: Portal, visit: () => Promise<unknown>): Promise<void> {
  await portal.stop()
  try {
    await visit()
  } finally {
    await portal.start()
  }
}

/** Hostile texts through what people do beside listings: businesses, messages, reports, decisions, tables and files. They are read, and nothing of them runs. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { sealBundle } from '#domain/bundle.ts'
import { toCsv } from '#domain/csv.ts'
import type { Signer } from '#domain/identity.ts'
import { profileNonceOf } from '#domain/profile.ts'
import { firstRevision, type OpenRecord } from '#domain/record.ts'
import { parseRichText } from '#domain/rich-text.ts'
import { entropyToWords } from '#src/identity/words.ts'
import { aBusiness, aDraft, aGuideBody, aPolicy } from '../fixtures/guide-bodies.ts'
import { aGuide } from '../fixtures/businesses.ts'
import { aLabel, onListing } from '../fixtures/labels.ts'
import { must } from '../fixtures/must.ts'
import { payloads } from '../fixtures/payloads.ts'
import { everyNodeWith } from '../fixtures/rich-text.ts'
import { aNonce, aSigner, entropyOf } from '../fixtures/signers.ts'
import { aListing } from '../fixtures/town.ts'
import { cut, padded, publish, reads, texts, visit, watched, whatHappened } from './hostile.ts'
import { restore } from './posting.ts'
import { openScene } from './scene.ts'

const judgeSeed = 900
const sellerSeed = 901
const judge = await aSigner(judgeSeed)
const scene = openScene({ env: { LIMITS: 'off', MODERATORS: judge.did } })

const listings = (signer: Signer, titles: readonly string[]): Promise<readonly OpenRecord[]> =>
  Promise.all(
    titles.map((title, i) =>
      firstRevision(signer, {
        portal: 'rizhao',
        kind: 'listing',
        body: aListing({ title, text: `第 ${i} 号：${title}` }),
        nonce: aNonce(i),
        now: Date.now(),
      }),
    ),
  )
async function comeAs(seed: number): Promise<Page> {
  const page = await watched((await scene.somebody()).page)
  await restore(page, entropyToWords(entropyOf(seed), 'zh').join(' '))
  await page.locator('[data-did]').waitFor()
  return page
}

const perBusiness = 4

/** One business of four texts: each once in a line of its profile, and in every place of a guide of its own. @returns the guides' addresses */
async function publishBusiness(from: number): Promise<readonly string[]> {
  const signer = await aSigner(300 + from)
  const four = payloads.slice(from, from + perBusiness).map(padded)
  const [name = '名字', registered = '登记名', address = '某路 1 号', hours = '每天'] = four
  const plain = aBusiness()
  const body = {
    ...plain,
    name: cut(name, 20),
    business: {
      ...plain.business!,
      registered: cut(registered, 60),
      address: cut(address, 100),
      hours: cut(hours, 100),
    },
  }
  const now = Date.now()
  const profile = await firstRevision(signer, {
    portal: 'rizhao',
    kind: 'profile',
    body,
    nonce: await profileNonceOf(signer.did),
    now,
  })
  const written = await Promise.all(
    four.map(async (payload, i) => {
      const guide = await aGuideBody(signer.did, aDraft(i))
      const words = payload.replaceAll('\n', ' ')
      const title = cut(words, 60)
      const policy = aPolicy(guide.guide, 1, { title: { zh: title, en: title } })
      const text = must(parseRichText(everyNodeWith(words)))
      return aGuide(signer, now, { ...guide, title, summary: cut(`${words} 至少要有十个字才行`, 200), text, policy })
    }),
  )
  await publish(scene.portal.url, signer, [profile, ...written])
  return written.map(({ envelope }) => `/guides/u/${envelope.id}`)
}

it('names, addresses and guides of businesses, every node of their texts and the sentences of their rules', async () => {
  const firsts = payloads.flatMap((_, i) => (i % perBusiness === 0 ? [i] : []))
  const all = await Promise.all(firsts.map((from) => publishBusiness(from)))
  const guides = all.flat()
  const page = await watched((await scene.somebody()).page)
  for (const [i, place] of guides.entries()) {
    await visit(page, [place])
    await reads(page, [cut(padded(payloads[i] ?? ''), 60)])
  }
  await visit(page, ['/guides', '/search?q=x()', '/'])
})

describe('between a seller, a buyer and a moderator', () => {
  const reasons = texts(300)

  it('messages, reports, decisions and what a poster objects', async () => {
    const seller = await aSigner(sellerSeed)
    const posted = await listings(
      seller,
      reasons.map((_, i) => cut(padded(payloads[i * 4] ?? ''), 40)), // nothing alike
    )
    await publish(scene.portal.url, seller, posted)
    const ids = posted.map(({ envelope }) => envelope.id)

    const buyer = await watched((await scene.somebody()).page)
    const messages = texts(2000)
    await buyer.goto(`/l/${ids[0]}`)
    await buyer.locator('[data-message="closed"] button').scrollIntoViewIfNeeded() // it wakes when it is seen
    await buyer.locator('[data-message="closed"] button').click()
    for (const [i, message] of messages.entries()) {
      await buyer.locator('textarea[name="message"]').fill(message)
      await buyer.locator('.composer [type="submit"]').click()
      await expect.poll(() => buyer.locator('.line[data-message-state="sent"]').count()).toBe(i + 1)
    }
    await reads(buyer, messages)
    expect(await whatHappened(buyer)).toEqual([])
    for (const [i, text] of texts(500).entries())
      expect(
        (
          await fetch(`${scene.portal.url}/reports/${ids[i]}`, {
            method: 'POST',
            body: new URLSearchParams({ reason: 'other', text }),
            headers: { accept: 'application/json' },
          })
        ).status,
      ).toBeLessThan(300)

    const owner = await comeAs(sellerSeed)
    await visit(owner, ['/messages'])
    await owner.locator('.threads a').first().click()
    await expect.poll(() => owner.locator('.thread .line').count()).toBe(messages.length)
    await reads(owner, messages)
    expect(await whatHappened(owner)).toEqual([])

    const bench = await comeAs(judgeSeed)
    await visit(bench, ['/moderation'])
    await bench
      .locator('[data-subject]')
      .nth(texts(500).length - 1)
      .waitFor()
    await reads(bench, texts(500))
    expect(await whatHappened(bench)).toEqual([])

    const now = Date.now()
    const said = await Promise.all(
      reasons.map((reason, i) => aLabel(judge, i, now, { subject: onListing(ids[i] ?? ''), reason })),
    )
    await publish(scene.portal.url, judge, said)
    await visit(bench, ['/moderation', '/moderation/log', `/l/${ids[0]}`, `/en/l/${ids[1]}`])
    await owner.goto('/me')
    await owner
      .locator('[data-decision="hide"]')
      .nth(reasons.length - 1)
      .waitFor({ state: 'attached' })
    expect(await whatHappened(owner)).toEqual([])
  })
})

it('a table, its columns and its cells', async () => {
  const page = await watched((await scene.somebody()).page)
  await page.goto('/business/table')
  await page.locator('#table-file').waitFor({ state: 'attached' })
  const head = [
    '编号',
    '分类',
    '方向',
    '小类',
    '标题',
    '说明',
    '价格',
    '区域',
    '电话',
    ...payloads.slice(0, 8).map((one) => cut(one, 40)),
  ]
  const rows = payloads.map((payload) => [
    payload,
    payload,
    payload,
    payload,
    cut(padded(payload), 40),
    payload,
    payload,
    payload,
    payload,
    ...payloads.slice(0, 8),
  ])
  const right = payloads.map((payload, i) => [
    `A-${i}`,
    '二手供求',
    '出让',
    '家具家居',
    cut(padded(payload), 40),
    `第 ${i} 号：${payload}`,
    String(100 + i),
    '东港区',
    '0633-1234567',
    ...payloads.slice(8, 16),
  ])
  for (const table of [rows, right]) {
    const buffer = Buffer.from(toCsv([head, ...table]))
    await page
      .locator('#table-file')
      .setInputFiles({ name: `${cut(payloads[50] ?? '', 20).replaceAll('/', '')}.csv`, mimeType: 'text/csv', buffer })
    await page.locator('[data-rows]').waitFor()
    await expect.poll(() => page.locator('[data-line]').count()).toBeGreaterThan(0)
    expect(await whatHappened(page)).toEqual([])
  }
})

it('a file of somebody else: what it lists, and the drafts, saved searches and threads it brings', async () => {
  const stranger = await aSigner(990)
  const records = await listings(
    stranger,
    payloads.map((payload) => cut(padded(payload), 40)),
  )
  const pieces = await sealBundle(
    stranger,
    {
      type: 'bundle/1',
      portal: 'rizhao',
      author: stranger.did,
      at: Date.now(),
      keys: [{ did: stranger.did, records: records.map(({ text }) => text), contacts: {} }],
      workspace: {
        searches: Object.fromEntries(payloads.map((payload, i) => [`/search?q=${i}`, cut(payload, 40)])),
        'messages-drafts': Object.fromEntries(payloads.map((payload, i) => [`${stranger.did}/${i}`, payload])),
      },
      guides: {},
      messages: [],
      settings: {},
      photos: [],
    },
    [],
  )
  const page = await watched((await scene.somebody()).page)
  await page.goto('/data')
  await page.locator('#bring-file').waitFor({ state: 'attached' })
  const buffer = Buffer.from(pieces.join(''))
  await page.locator('#bring-file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer })
  await page.locator('[data-plan]').waitFor()
  const titles = payloads.map((payload) => cut(padded(payload), 40))
  await reads(page, titles)
  expect(await whatHappened(page)).toEqual([])
  await page.locator('[data-act="import"]').click()
  await page.locator('[data-bring="brought"]').waitFor()
  await page.goto('/me')
  await expect.poll(() => page.locator('.drafts .name').count()).toBe(payloads.length)
  await expect.poll(() => page.locator('[data-search-row]').count()).toBe(payloads.length)
  await reads(page, [...titles, ...payloads.map((payload) => cut(payload, 40))])
  await visit(page, ['/messages', '/post', '/search'])
})

/** Hostile texts through what is typed beside records: rules of a guide, entries of the town, decisions and objections, notes, names of saved searches. They are read, and nothing of them runs. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { firstRevision } from '#domain/record.ts'
import { entryLimits } from '#domain/town-entry.ts'
import { entropyToWords } from '#src/identity/words.ts'
import { payloads } from '../fixtures/payloads.ts'
import { aNonce, aSigner, entropyOf } from '../fixtures/signers.ts'
import { aLink, anAct, aNotice, aPhone } from '../fixtures/town-entries.ts'
import { aListing } from '../fixtures/town.ts'
import { introduce, newDraft, publish as publishGuide, write } from './business-desk.ts'
import { cut, padded, publish, reads, texts, visit, watched, whatHappened } from './hostile.ts'
import { restore } from './posting.ts'
import { openScene } from './scene.ts'

const [judgeSeed, sellerSeed] = [910, 911]
const [judge, seller] = [await aSigner(judgeSeed), await aSigner(sellerSeed)]
const scene = openScene({ env: { LIMITS: 'off', MODERATORS: judge.did } })

async function come(seed?: number): Promise<Page> {
  const page = await watched((await scene.somebody()).page)
  if (seed === undefined) return page
  await restore(page, entropyToWords(entropyOf(seed), 'zh').join(' '))
  await page.locator('[data-did]').waitFor()
  return page
}
/** @param from where its nonces begin @returns their ids, in order */
async function listed(titles: readonly string[], from: number): Promise<readonly string[]> {
  const made = await Promise.all(
    titles.map((title, i) =>
      firstRevision(seller, {
        portal: 'rizhao',
        kind: 'listing',
        body: aListing({ title, text: `第 ${i} 号：${title}` }),
        nonce: aNonce(from + i),
        now: Date.now(),
      }),
    ),
  )
  await publish(scene.portal.url, seller, made)
  return made.map(({ envelope }) => envelope.id)
}

it('notices, phones and links of the town, in every field of theirs', async () => {
  const now = Date.now()
  const both = (text: string, most: number) => ({ zh: cut(padded(text), most), en: cut(padded(text), 2 * most) })
  const named = (i: number) => ({
    group: both(payloads[i] ?? '', entryLimits.group),
    name: both(payloads[i] ?? '', entryLimits.name),
    note: both(payloads[i] ?? '', entryLimits.note),
  })
  const bodies = payloads.map((payload, i) => ({
    ...[
      () => aNotice({ title: both(payload, entryLimits.title), text: { zh: padded(payload), en: padded(payload) } }),
      () => aPhone(named(i)),
      () => aLink({ ...named(i), url: 'https://e.example/onclick=x()' }),
    ][i % 3]!(),
    name: `hostile-${i}`,
  }))
  await publish(
    scene.portal.url,
    judge,
    await Promise.all(bodies.map((body, i) => anAct(judge, i, now, body as ReturnType<typeof aNotice>))),
  )
  const page = await come()
  const notices = bodies.filter(({ kind }) => kind === 'notice').map(({ name }) => `/notices/${name}`)
  for (const language of ['', '/zh-hant', '/en'])
    await visit(page, [language || '/', `${language}/notices`, `${language}/phones`, `${language}/links`])
  await visit(page, [...notices, '/search?q=x()', '/moderation/log'])
  await page.goto('/phones')
  await reads(
    page,
    payloads.filter((_, i) => i % 3 === 1).map((payload) => cut(padded(payload), entryLimits.name)),
  )
  const desk = await come(judgeSeed)
  await visit(desk, ['/moderation/town'])
  await desk.locator('[data-entry="notice/hostile-0"] [data-act="edit"]').click()
  for (const field of ['title.zh', 'title.en', 'text.zh', 'text.en'])
    for (const text of texts(entryLimits.title)) {
      await desk.locator(`[name="entry.${field}"]`).fill(text)
      expect([text, await whatHappened(desk)]).toEqual([text, []])
    }
})

it('the reasons a moderator types, and what the poster types against them', async () => {
  const reasons = texts(300)
  const ids = await listed(
    reasons.map((_, i) => cut(padded(payloads[i * 4] ?? ''), 40)),
    0,
  )
  for (const id of ids)
    await fetch(`${scene.portal.url}/reports/${id}`, { method: 'POST', body: new URLSearchParams({ reason: 'other' }) })
  const bench = await come(judgeSeed)
  await bench.goto('/moderation')
  for (const [i, id] of ids.entries()) {
    const card = bench.locator(`[data-subject="${id}"]`)
    await card.locator('textarea[name="reason"]').fill(reasons[i] ?? '')
    await card.locator('[data-act="hide"]').click()
    await card.locator('[data-decided="hide"]').waitFor()
  }
  await bench
    .locator('[data-recent="hide"][data-step="published"]')
    .nth(ids.length - 1)
    .waitFor()
  expect(await whatHappened(bench)).toEqual([])
  await visit(bench, ['/moderation/log', '/en/moderation/log'])
  await reads(bench, reasons)

  const owner = await come(sellerSeed)
  await owner.goto('/me')
  for (const [i, id] of ids.entries()) {
    const told = owner.locator(`details:has(#object-${id})`)
    await told.locator('summary').click()
    await told.locator('textarea').fill(reasons[i] ?? '')
    await told.locator('[data-act="object"]').click()
    await told.locator('[data-objected="taken"]').waitFor()
  }
  expect(await whatHappened(owner)).toEqual([])
  await visit(bench, ['/moderation'])
  await bench
    .locator('[data-subject] [data-reason="objection"]')
    .nth(ids.length - 1)
    .waitFor()
  await reads(bench, reasons)
  expect(await whatHappened(bench)).toEqual([])
})

it('notes on listings and favourites, and names of saved searches', async () => {
  const [notes, names] = [texts(500), texts(40)]
  const ids = await listed(
    notes.map((_, i) => cut(padded(payloads[i * 4 + 1] ?? ''), 40)),
    1000,
  )
  const page = await come()
  for (const [i, id] of ids.entries()) {
    await page.goto(`/l/${id}`)
    await page.locator('.heart').first().click()
    await page.locator('.heart[aria-pressed="true"]').waitFor()
    await page.locator('[data-note] summary').click()
    await page.locator('[data-note] textarea').fill(notes[i] ?? '')
    await page.locator('[data-note-mark="kept"]').waitFor()
  }
  for (const [i, name] of names.filter((_, at) => at % 4 === 0).entries()) {
    // all of them come by a file in xss-people.test.ts
    await page.goto(`/search?q=${i}`)
    await page.locator('[data-act="save-search"]').click()
    await page.locator('.save-search input').fill(name)
    await page.locator('.save-search input').press('Enter')
    await page.locator('.save-search [data-kept]').waitFor()
    expect(await whatHappened(page)).toEqual([])
  }
  await page.goto('/me')
  await page.locator(`[data-favourite="${ids[0]}"]`).waitFor()
  await reads(page, [...notes, ...names.filter((_, at) => at % 4 === 0).map((name) => cut(name, 40))])
  for (const id of ids.slice(0, 3)) await page.locator(`[data-favourite="${id}"] input[name="compare"]`).check()
  await page.locator('[data-act="compare"]').click()
  await page.locator('[data-compare="3"]').waitFor()
  expect(await whatHappened(page)).toEqual([])
})

it('the rows of a guide’s rules, as they are typed, as their advisor says them and as they are published', async () => {
  const page = await come()
  await introduce(page, '样例电器')
  await newDraft(page, '水壶怎么修', '坏了以后先看的三件事。')
  await write(page, '先看小票，再看保修卡。')
  await page.click('[data-add="row"]')
  await page.locator('[data-article="A-1"] select').last().selectOption('paid-repair')
  await page.locator('[data-article="A-1"] input[inputmode]').nth(1).fill('90')
  await page.click('[data-add="fee"]')
  const fee = page.locator('[data-article="F-1"]')
  await fee.locator('.number').fill('80')
  await page.locator('[data-article="C-1"] input').fill('5')
  for (const text of texts(40)) {
    await fee.locator('.what').fill(text)
    expect([text, await whatHappened(page)]).toEqual([text, []])
  }
  await page.locator('.rules .preview').waitFor() // what is typed is taken
  for (const text of texts(12).slice(0, 20))
    for (const number of await page.locator('.rules input.number').all()) {
      await number.fill(text)
      expect([text, await whatHappened(page)]).toEqual([text, []])
    }
  for (const number of await page.locator('.rules input.number').all()) await number.fill('')
  await page.locator('[data-article="A-1"] input[inputmode]').nth(1).fill('90')
  await page.locator('[data-article="C-1"] input').fill('5')
  const kept = ['<img src=q onerror=x()>', '"><script>x()</script>', '</script><script>x()</script>']
  for (const [i, text] of kept.entries()) {
    if (i > 0) await page.click('[data-add="fee"]')
    await page.locator(`[data-article="F-${i + 1}"] .what`).fill(text)
    await page.locator(`[data-article="F-${i + 1}"] .number`).fill('80')
  }
  await publishGuide(page, 1)
  expect(await whatHappened(page)).toEqual([])
  await page.goto('/guides#businesses')
  const guide = (await page.locator('a[href^="/guides/u/"]').first().getAttribute('href')) ?? ''
  const today = new Date().toISOString().slice(0, 10)
  await visit(page, [guide, `/en${guide}`, `${guide}/verdict?bought=${today}&where=shop&goods=general&state=fault`])
  await page.locator('.verdict dt', { hasText: kept[0]! }).waitFor()
  await reads(page, kept) // what a repair costs
})

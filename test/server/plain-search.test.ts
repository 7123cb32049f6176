/** The plain search: what is found, whatever is typed; that it follows the listings; its thread; its limit and its page. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { fold } from '#domain/fold.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { dayMs, hourMs } from '#domain/time.ts'
import { createPlainSearch } from '../../server/plain-search.ts'
import { replayInto } from '../../server/replay.ts'
import { checkpoint } from '../../server/stores/database.ts'
import { createPlainFind } from '../../server/stores/plain-find.ts'
import { createReadModelWriter } from '../../server/stores/read-model-write.ts'
import { Act, play } from '../fixtures/histories.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

type Portal = ReturnType<typeof openProjection>

const folder = mkdtempSync(join(tmpdir(), 'plain-search-'))
afterAll(() => rmSync(folder, { recursive: true }))
let alice: Signer
beforeAll(async () => {
  alice = await aSigner(1)
})

const guide: PrintedEntry = {
  id: 'guide/buy',
  group: 'guide',
  words: {
    'zh-Hans': { title: '二手车怎么买', text: '先验车，再谈价。' },
    en: { title: 'Buying a used car', text: 'Inspect first.' },
  },
  href: '/guides/buy',
  at: 5,
}
const phone: PrintedEntry = { ...guide, id: 'phone/1', group: 'directory', words: { 'zh-Hans': { title: '车管所', text: '办车牌' } }, at: 0 } // prettier-ignore

const put = async (portal: Portal, changes: readonly object[]) => {
  const records = await Promise.all(changes.map((change, i) => aRecord(alice, i, portal.clock.now, change)))
  await portal.shelve(alice.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  return records
}
const titles = async (portal: Portal, query: string, limit = 60) =>
  (await portal.model.search(query, limit, portal.clock.now)).lines.map(({ title }) => title)

describe('what is found', () => {
  const named = [
    '出售九成新小牛电动车，送头盔',
    '招聘餐厅服务员 3000-5000 包吃住',
    'iPhone 15 Pro Max 256G 國行在保',
    '合租：近海大、带独立卫生间𠮷',
    '售後維修上門服務，當天到',
    'ＭａｃＢｏｏｋ 氣壓棒・配件',
  ]
  it('is every listing, by any piece of its title, in either script and width', async () => {
    const portal = openProjection()
    await put(portal, named.map((title) => ({ title, text: '没有别的可说的一句话。' }))) // prettier-ignore
    for (const title of named) {
      const characters = [...title]
      for (let length = 2; length <= 4; length++)
        for (let from = 0; from + length <= characters.length; from++) {
          const fragment = characters.slice(from, from + length).join('')
          if (!/[\p{L}\p{N}]/u.test(fragment)) continue
          expect(await titles(portal, fragment), fragment).toContain(title)
          expect(await titles(portal, fold(fragment)), fold(fragment)).toContain(title)
        }
    }
  })

  it('is guides, notices and the directory too, in the languages they have', async () => {
    const portal = openProjection()
    await put(portal, [{ title: '出一辆二手车，先验车' }])
    portal.projector.printed([phone, guide])
    const found = await portal.model.search('二手车', 60, noon)
    expect([found.lines.length, found.printed, found.busy]).toEqual([1, [guide], false])
    expect((await portal.model.search('车', 60, noon)).printed).toEqual([guide, phone])
    expect((await portal.model.search('inspecting cars', 60, noon)).printed).toEqual([guide]) // words by their stems
    portal.projector.printed([{ ...guide, words: { 'zh-Hans': { title: '怎么卖', text: '先洗。' } } }])
    expect((await portal.model.search('二手车', 60, noon)).printed).toEqual([])
    expect((await portal.model.search('车', 60, noon)).printed).toEqual([])
  })

  it('reads one end of the list of a word, however long it is: listings stand above nothing, what is printed below', async () => {
    const portal = openProjection()
    portal.projector.printed([guide, phone])
    await put(portal, [{ title: '二手电动车一辆' }])
    portal.projector.printed([phone, { ...guide, at: 6 }])
    const numbers = portal.core.db.prepare('SELECT sign(n) AS side, printed IS NULL AS isListing FROM finds').all()
    expect(numbers.map(({ side, isListing }) => [side, isListing]).sort()).toEqual([
      [-1, 0],
      [-1, 0],
      [1, 1],
    ])
    const asked: string[] = []
    createPlainFind({ prepare: (sql: string) => void asked.push(sql) } as unknown as DatabaseSync)
    const plans = asked.flatMap((sql) => portal.core.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
    const words = plans.map(({ detail }) => String(detail)).filter((detail) => detail.includes('VIRTUAL TABLE'))
    // FTS5 says what it was given: M the words, > and < a bound of the row's number, 192 that it walks them from the last
    expect(words).toEqual([
      expect.stringMatching(/^SCAN w VIRTUAL TABLE INDEX 192:M\d*>$/),
      expect.stringMatching(/^SCAN w VIRTUAL TABLE INDEX \d+:M\d*<$/),
    ])
    expect(plans.filter(({ detail }) => /SCAN (?:f|finds)\b/.test(String(detail)))).toEqual([])
  })
  it('is the newest first, and no more than asked for of each', async () => {
    const portal = openProjection()
    for (let hour = 0; hour < 5; hour++) {
      portal.clock.now = noon + hour * hourMs
      const record = await aRecord(alice, hour, portal.clock.now, { title: `第${hour}张实木书桌` })
      await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    }
    expect(await titles(portal, '书桌', 3)).toEqual(['第4张实木书桌', '第3张实木书桌', '第2张实木书桌'])
  })

  it('is an answer for anything typed, and never an operator', async () => {
    const portal = openProjection()
    await put(portal, [{ title: '实木书桌' }])
    const hostile = ['"', '""', "'; DROP TABLE finds; --", 'title:书桌', '-书桌', 'NOT 书桌', '书桌 AND', '(((', '书桌*', 'NEAR(书 桌)', '^书桌', '{title}', '\u0000', '8:30', 'iphone~', 'a^', '🪑'.repeat(50), '\u202e书桌', '桌'.repeat(5000), 'a '.repeat(3000), '𠮷'] // prettier-ignore
    for (const query of hostile) expect((await portal.model.search(query, 60, noon)).busy).toBe(false)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (query) => {
        expect((await portal.model.search(query, 60, noon)).lines.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
    expect(await titles(portal, '书桌')).toEqual(['实木书桌'])
  })
})

describe('what can be found', () => {
  const findable = ({ core, clock }: Portal) => {
    const live = createReadModelWriter(core.db).liveIds(clock.now)
    expect(core.db.prepare('SELECT id FROM finds ORDER BY id').all().map(({ id }) => id)).toEqual([...live].sort()) // prettier-ignore
    const words = core.db.prepare(`SELECT rowid FROM find_words WHERE find_words MATCH ? ORDER BY rowid`)
    const rows = core.db
      .prepare(`SELECT n, title || ' ' || text || ' ' || labels AS tokens FROM finds ORDER BY n`)
      .all()
    for (const token of new Set(rows.flatMap(({ tokens }) => String(tokens).split(' ').filter(Boolean))))
      expect(
        words.all(`"${token}"`).map(({ rowid }) => rowid),
        token,
      ).toEqual(rows.filter(({ tokens }) => ` ${String(tokens)} `.includes(` ${token} `)).map(({ n }) => n))
    core.db.exec(`INSERT INTO find_words (find_words) VALUES ('integrity-check')`)
  }
  it('is what lives, word by word, after any history and under any clock', async () => {
    const signers = [alice, await aSigner(2)]
    await fc.assert(
      fc.asyncProperty(
        fc.array(Act, { minLength: 2, maxLength: 12 }),
        fc.array(fc.integer({ min: -40 * 24, max: 70 * 24 }), { minLength: 1, maxLength: 3 }),
        async (acts, jumps) => {
          const portal = await play(acts, signers)
          for (const hours of [0, ...jumps]) {
            portal.clock.now += hours * hourMs
            portal.projector.sweep(portal.clock.now)
            findable(portal)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is put right at the start: what ran out meanwhile, and words that are cut otherwise', async () => {
    const path = join(folder, 'start.sqlite')
    const portal = openProjection(path)
    await put(portal, [{ title: '七天的书桌', validDays: 7 }, { title: '三十天的书桌' }])
    portal.projector.printed([guide])
    portal.core.db.close()

    const later = openProjection(path)
    later.clock.now = noon + 8 * dayMs
    await later.projector.settled()
    expect(await titles(later, '书桌')).toEqual(['三十天的书桌'])
    later.core.db.exec(
      `UPDATE meta SET value = 'another way' WHERE key = 'finds-cut'; DELETE FROM finds WHERE printed IS NULL`,
    )
    later.core.db.close()

    const again = openProjection(path)
    again.clock.now = noon + 8 * dayMs
    await again.projector.settled()
    expect(await titles(again, '书桌')).toEqual(['三十天的书桌'])
    expect((await again.model.search('二手车', 60, again.clock.now)).printed).toEqual([guide])
    again.core.db.close()
  })

  it('is made anew after a replay that changed anything, and left alone by one that did not', async () => {
    const path = join(folder, 'replay.sqlite')
    const portal = openProjection(path)
    await put(portal, [{ title: '实木书桌' }])
    const count = () => Number(portal.core.db.prepare('SELECT count(*) AS n FROM finds').get()?.['n'])
    replayInto(portal.core)
    expect(count()).toBe(1)
    portal.core.db.exec(`UPDATE listings SET title = '假的'`)
    replayInto(portal.core)
    expect(count()).toBe(0)
    portal.core.db.close()
    const again = openProjection(path)
    await again.projector.settled()
    expect(await titles(again, '书桌')).toEqual(['实木书桌'])
    again.core.db.close()
  })

  it('leaves no word of what went on the disk', async () => {
    const path = join(folder, 'erased.sqlite')
    const portal = openProjection(path)
    const [record] = await put(portal, [{ text: '暗号紫霄宫 zixiaogong 不要外传的那张书桌' }])
    const held = () => readFileSync(path).includes('zixiaogong') || readFileSync(path).includes('紫霄 霄宫')
    checkpoint(portal.core.db)
    expect(held()).toBe(true)
    const gone = await anEdit(alice, record!, noon + 1, { state: 'changed-mind', text: '什么也没有留下的一句话。' })
    await portal.shelve(alice.did, { [slotOf(gone)]: gone.text })
    const finds = portal.core.db.prepare('SELECT count(*) AS n FROM finds').get()?.['n']
    const index = portal.core.db.prepare('SELECT block FROM find_words_data').all()
    expect(finds).toBe(0)
    for (const { block } of index) expect(Buffer.from(block as Uint8Array).includes('zixiaogong')).toBe(false)
    portal.core.db.close()
  })
})

describe('its thread', () => {
  it('answers beside the writer, sees what was just published, and ends in good order', async () => {
    const path = join(folder, 'thread.sqlite')
    const portal = openProjection(path)
    await put(portal, [{ title: '实木书桌' }])
    const search = createPlainSearch(path)
    expect((await search.find('书桌', 60, noon)).lines).toHaveLength(1)
    await put(portal, [{ title: '实木书桌' }, { title: '另一张书桌' }])
    expect((await search.find('书桌', 60, noon)).lines).toHaveLength(2)
    await search.close()
    portal.core.db.close()
  })

  it('is busy when too many wait, when it dies and when there is no file; nobody waits for ever', async () => {
    const thread = join(folder, 'dying-thread.mjs')
    writeFileSync(
      thread,
      `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(1))\n`,
    )
    const busy = { lines: [], printed: [], busy: true }
    const dying = createPlainSearch('', pathToFileURL(thread))
    expect(await dying.find('书桌', 60, noon)).toEqual(busy)
    const many = await Promise.all(Array.from({ length: 40 }, () => dying.find('书桌', 60, noon)))
    expect(many).toEqual(Array.from({ length: 40 }, () => busy))
    await dying.close()
    const missing = createPlainSearch(join(folder, 'none.sqlite'))
    expect(await missing.find('书桌', 60, noon)).toEqual(busy)
    await missing.close()
  })
})

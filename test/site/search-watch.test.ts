import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { err, ok } from '#domain/result.ts'
import { createFavourites } from '../../src/search/favourites.ts'
import { createFinder } from '../../src/search/finder.ts'
import type { Workspace } from '../../src/sync/session.ts'
import { readFresh } from '../../src/sync/fresh.ts'
import { createLikes } from '../../src/search/likes.ts'
import { countOf } from '../../src/search/news.ts'
import { createSavedSearches } from '../../src/search/saved.ts'
import { createWatch } from '../../src/search/watch.ts'
import { anEntry, aSearchPage, noon } from '../fixtures/search-page.ts'

const settle = () => vi.advanceTimersByTimeAsync(2_000)
const closing: (() => void)[] = []
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  localStorage.clear()
  vi.useRealTimers()
})

function open(printed: Parameters<typeof aSearchPage>[0] = []) {
  const page = aSearchPage(printed)
  const me = { doc: new Y.Doc(), saved: async () => ok(undefined) }
  const counts: number[] = []
  const watch = createRoot((dispose) => {
    closing.push(dispose)
    const finder = createFinder(page.deps)
    return createWatch({
      finder,
      me,
      locale: 'zh-Hans',
      now: page.deps.now,
      heard: ({ fresh }) => counts.push(fresh),
    })
  })
  return { ...page, me, watch, counts }
}

const bikes = 'q=%E7%94%B5%E5%8A%A8%E8%BD%A6&category=goods'

describe('saved searches', () => {
  it('are one per search, whatever the device, and keep how far each was looked at', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()]
    const [one, other] = [createSavedSearches({ doc: here }), createSavedSearches({ doc: there })]
    one.save({ address: bikes, name: ' 电动车 ' }, 10)
    other.save({ address: bikes, name: '车' }, 20)
    other.see(bikes, 15) // never back
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
    expect(one.list()).toEqual(other.list())
    expect(one.list()).toHaveLength(1)
    one.save({ address: bikes, name: '改名' }, 99)
    expect(one.list()[0]).toMatchObject({ name: '改名' })
    expect(one.list()[0]?.seenAt).toBeLessThan(99)
    one.drop(bikes)
    expect([one.list(), one.has(bikes), [...here.getMap('searches').keys()]]).toEqual([[], false, []])
  })
})

describe('watching', () => {
  it('asks nothing of anybody while nothing is watched', async () => {
    const { asked, watch } = open()
    await settle()
    expect([asked, watch.news()]).toEqual([[], { searches: [], drops: [] }])
  })

  it('counts what has come since it was looked at, from the edition and from the wire, by its chips too', async () => {
    const printed = [
      anEntry('a', { title: '旧电动车', at: noon - 10 }),
      anEntry('b', { title: '新到电动车', at: noon + 10 }),
      anEntry('c', { title: '电动车出行', category: 'rides', at: noon + 10 }),
    ]
    const { put, watch, counts } = open(printed)
    watch.searches.save({ address: bikes, name: '电动车' }, noon)
    await settle()
    const titles = () => watch.news()?.searches[0]?.hits.map(({ title }) => title)
    expect(titles()).toEqual(['新到电动车'])
    put(anEntry('d', { title: '刚发的电动车', at: noon + 20 }))
    put(anEntry('e', { title: '刚发的书桌', at: noon + 20 }))
    await settle()
    expect([titles(), counts.at(-1)]).toEqual([['刚发的电动车', '新到电动车'], 2])
    watch.searches.see(bikes, noon + 20)
    await settle()
    expect([titles(), counts.at(-1)]).toEqual([[], 0])
  })

  it('never tells the server what is looked for', async () => {
    const { asked, put, watch } = open([anEntry('a', { title: '新到电动车', at: noon + 10 })])
    watch.searches.save({ address: bikes, name: '想买电动车' }, noon)
    watch.favourites.keep({ id: anEntry('f').id, title: '实木书桌', priceFen: 5 })
    await settle()
    put(anEntry('d', { title: '刚发的电动车', at: noon + 20 }))
    await settle()
    expect(watch.news()?.searches[0]?.hits).toHaveLength(2)
    expect(asked.length).toBeGreaterThan(3)
    for (const path of asked)
      expect(path).toMatch(
        /^\/(edition\/(current\.json|[0-9a-f]{24})|(t|cols)\/[0-9a-f]{24}\/\d+|cards\?o=[0-9a-f:,]+&l=zh-Hans)$/,
      )
  })

  it('tells of a favourite that costs less than when it was seen, wherever it stands', async () => {
    const printed = [anEntry('a', { title: '红木餐桌带四把椅子' }), anEntry('b', { title: '老式唱片机' })]
    const { put, watch, counts } = open(printed)
    const seen = { title: '红木餐桌带四把椅子', priceFen: 30_000 }
    watch.favourites.keep({ id: anEntry('a').id, ...seen })
    watch.favourites.keep({ id: anEntry('b').id, title: '老式唱片机', priceFen: 20_000 })
    watch.favourites.keep({ id: anEntry('z').id, title: '早就没有的', priceFen: 20_000 })
    await settle()
    const drops = () => watch.news()?.drops.map(({ id, fromFen, toFen }) => [id[0], fromFen, toFen])
    expect(drops()).toEqual([['a', 30_000, 20_000]])
    put(anEntry('b', { title: '改了名字的唱片机', priceFen: 9_900 })) // changed: by its id on the wire
    await settle()
    expect([drops(), counts.at(-1)]).toEqual([
      [
        ['a', 30_000, 20_000],
        ['b', 20_000, 9_900],
      ],
      2,
    ])
    watch.favourites.keep({ id: anEntry('a').id, ...seen, priceFen: 20_000 })
    put(anEntry('b', { priceFen: null })) // by agreement is no price
    await settle()
    expect([drops(), countOf(watch.news() ?? { searches: [], drops: [] })]).toEqual([[], 0])
  })

  it('learns the cover of a favourite that has none, and leaves to others which one they know', async () => {
    const [first, second] = ['1'.repeat(64), '2'.repeat(64)]
    const { me, watch } = open([anEntry('a', { cover: first }), anEntry('b', { cover: second })])
    const keep = (letter: string, cover?: string) =>
      watch.favourites.keep({ id: anEntry(letter).id, title: anEntry(letter).title, priceFen: 5, cover })
    keep('a')
    keep('b', first)
    keep('z', '"><b>')
    await settle()
    const covers = () => watch.favourites.list().map(({ id, cover }) => [id[0], cover])
    expect(covers()).toEqual([
      ['a', first],
      ['b', first],
      ['z', undefined],
    ])
    expect(watch.current().map(({ id, cover }) => [id[0], cover])).toEqual(
      expect.arrayContaining([
        ['a', first],
        ['b', second],
      ]),
    )
    watch.favourites.drop(anEntry('a').id)
    expect(me.doc.getMap('favourite-covers').has(anEntry('a').id)).toBe(false)
  })
})

describe('hearts', () => {
  it('open the workspace at the first tap, and only then', async () => {
    const doc = new Y.Doc()
    let opened = 0
    const likes = createLikes(
      async () => (opened++, { favourites: createFavourites({ doc }), saved: async () => ok(undefined) }),
    )
    likes.wake()
    expect(opened).toBe(0)
    const desk = anEntry('a')
    await likes.toggle(desk)
    expect([opened, likes.has(desk.id), readFresh().watched]).toEqual([1, true, 1])
    expect(createFavourites({ doc }).list()).toEqual([{ id: desk.id, title: desk.title, priceFen: desk.priceFen }])
    await likes.toggle(desk)
    expect([opened, likes.has(desk.id)]).toEqual([1, false])
  })

  it('say nothing before it is on the disk', async () => {
    let isSaved = (): void => undefined
    const saving = new Promise<void>((resolve) => (isSaved = resolve)).then(() => ok(undefined))
    const doc = new Y.Doc()
    let isDue = false
    doc.on('update', () => (isDue = true)) // after those who observe its maps
    const favourites = createFavourites({ doc })
    const likes = createLikes(async () => ({ favourites, saved: async () => (isDue ? saving : ok(undefined)) }))
    const desk = anEntry('a')
    const tapped = likes.toggle(desk)
    await settle()
    expect([favourites.has(desk.id), likes.has(desk.id)]).toEqual([true, false])
    isSaved()
    await tapped
    expect(likes.has(desk.id)).toBe(true)
  })

  it('are pressed by the next tap when the disk refused the first', async () => {
    const favourites = createFavourites({ doc: new Y.Doc() })
    const answers: Awaited<ReturnType<Workspace['saved']>>[] = [err({ kind: 'storage', detail: 'full' })]
    const likes = createLikes(async () => ({ favourites, saved: async () => answers.shift() ?? ok(undefined) }))
    const desk = anEntry('a')
    await likes.open()
    answers.push(err({ kind: 'storage', detail: 'full' })) // the watch of hearts asks too
    await likes.toggle(desk)
    expect([favourites.has(desk.id), likes.has(desk.id)]).toEqual([false, false])
    await likes.toggle(desk)
    expect([favourites.has(desk.id), likes.has(desk.id)]).toEqual([true, true])
    answers.push(err({ kind: 'storage', detail: 'full' }))
    await likes.toggle({ ...desk, title: '改过的书桌', priceFen: 1 })
    expect(favourites.list()).toEqual([{ id: desk.id, title: desk.title, priceFen: desk.priceFen }]) // as it was kept
  })

  it('leave alone what another version wrote', () => {
    const doc = new Y.Doc()
    doc.getMap('favourites').set('a', '{"x":1}')
    expect(createFavourites({ doc }).list()).toEqual([])
    expect(createFavourites({ doc }).has('a')).toBe(true)
  })
})

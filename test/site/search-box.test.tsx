import { render } from 'solid-js/web'
import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { blobPath } from '#domain/blob-path.ts'
import type { Line } from '#domain/entry.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { search } from '../../src/i18n/search.ts'
import { town } from '../../src/i18n/town.ts'
import { createAnswering } from '../../src/search/answering.ts'
import { createBox } from '../../src/search/box.ts'
import { finderDeps } from '../../src/search/page-deps.ts'
import type { FinderDeps, SearchWorker } from '../../src/search/finder.ts'
import type { FromWorker } from '../../src/search/messages.ts'
import { servedEdition } from '../fixtures/served-edition.ts'
import '../../src/search/extras.ts' // loaded, so that its arrival needs no waiting
import { SearchBox, type SearchBoxProps } from '../../src/search/SearchBox.tsx'

const plain = (lines: readonly Line[], printed: readonly PrintedEntry[] = []) => ({ lines, printed, busy: false })
const now = 1_700_000_000_000
const words = search['zh-Hans']

const aLine = (id: string, title: string, over: Partial<Line> = {}): Line => ({
  id,
  category: 'goods',
  intent: 'offer',
  sub: 'digital',
  title,
  priceFen: 235_000,
  district: 'donggang',
  by: 'person',
  author: 'did:key:z6Mk',
  at: now - 3_600_000,
  until: now + 1e9,
  sample: true,
  fields: {},
  ...over,
})

/** The true engine without a thread; its answers can be held back, as a slow worker's are. */
function aWorker(
  hear: (message: FromWorker) => void,
  fetch: (path: string) => Promise<Response>,
): SearchWorker & { hold(held: boolean): void; isClosed(): boolean } {
  let held = false
  let closed = false
  const late: FromWorker[] = []
  const answering = createAnswering({
    town,
    fetch,
    cache: async () => undefined,
    post: (message) => (held ? late.push(message) : hear(message)),
  })
  return {
    tell: (message) => void answering.tell(message),
    close: () => (closed = true),
    hold(next) {
      held = next
      if (!held) late.splice(0).forEach(hear)
    },
    isClosed: () => closed,
  }
}

const settle = () => vi.advanceTimersByTimeAsync(300)

let close = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  history.replaceState(null, '', '/search')
})
afterEach(() => {
  close()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

function open(
  props: Partial<SearchBoxProps> = {},
  lines: readonly Line[] = [],
  { isSynced = true, isAway = false, isBroken = (): boolean => false, isPreparing = (): boolean => false } = {},
) {
  const doc = new Y.Doc()
  const map = doc.getMap<string>('entries')
  const put = (line: Line, text = '自用一年，没摔过。') => map.set(line.id, JSON.stringify({ ...line, text }))
  for (const line of lines) put(line)
  const [synced, setSynced] = createSignal(isSynced)
  const [offline, setOffline] = createSignal(false)
  let worker: ReturnType<typeof aWorker> | undefined
  const opened = { worker: 0, wire: 0, released: 0 }
  const served = servedEdition(
    [
      {
        id: 'guide/bike',
        group: 'guide',
        words: { 'zh-Hans': { title: '怎样买电动车', text: '先看合格证。' } },
        href: '/guides/bike',
        at: 5,
      },
      {
        id: 'phone/12345',
        group: 'directory',
        words: { 'zh-Hans': { title: '政务热线', text: '' } },
        note: '12345',
        href: 'tel:12345',
        at: 0,
      },
    ],
    () => isAway,
  )
  const fetch = async (path: string) =>
    isPreparing() && path === '/edition/current.json' ? new Response(null, { status: 503 }) : answer(path)
  const answer = (path: string) =>
    isBroken() && path.startsWith('/t/') ? Promise.reject(new TypeError('no network')) : served.fetch(path)
  const deps: FinderDeps = {
    makeWorker: (hear) => (opened.worker++, (worker = aWorker(hear, fetch))),
    openWire: async () => (opened.wire++, { doc, synced, release: () => void opened.released++ }),
    offline,
    now: () => now,
  }
  const root = document.body.appendChild(document.createElement('div'))
  const dispose = render(() => <SearchBox locale="zh-Hans" deps={deps} {...props} />, root)
  close = dispose
  const input = root.querySelector('input') as HTMLInputElement
  return {
    root,
    input,
    map,
    put,
    worker: () => worker,
    opened,
    setSynced,
    setOffline,
    dispose,
    async type(text: string) {
      input.value = text
      input.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await settle()
    },
    press: (key: string) =>
      (document.activeElement ?? input).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      ),
    titles: () => [...root.querySelectorAll('a.hit .name')].map((one) => one.textContent),
    state: () => root.querySelector('.finder')?.getAttribute('data-search'),
    says: () => root.querySelector('[role=status]')?.textContent?.trim(),
  }
}

const bike = aLine('a'.repeat(26), '九成新小牛电动车')
const desk = aLine('b'.repeat(26), '实木书桌送台灯', { priceFen: null })

describe('the search box', () => {
  it('opens worker and wire only at the first need, once', async () => {
    const { input, opened, type, state } = open({}, [bike])
    await settle()
    expect([opened, state()]).toEqual([{ worker: 0, wire: 0, released: 0 }, 'idle'])
    input.dispatchEvent(new FocusEvent('focus'))
    await type('电')
    await type('电动')
    expect([opened, state()]).toEqual([{ worker: 1, wire: 1, released: 0 }, 'ready'])
  })

  it('finds while one types, groups what it finds, and marks the words', async () => {
    const { root, type, titles, says } = open({}, [bike, desk])
    await type('電動車')
    expect(titles()).toEqual(['九成新小牛电动车', '怎样买电动车'])
    expect([...root.querySelectorAll('.found h2')].map((one) => one.textContent)).toEqual([
      words.groups.listing,
      words.groups.guide,
    ])
    expect([...root.querySelectorAll('.name mark')].map((one) => one.textContent)).toEqual(['电动车', '电动车'])
    expect(says()).toContain(words.found(2))
    const row = root.querySelector(`[data-record="${bike.id}"]`)
    expect(row?.getAttribute('href')).toBe(`/l/${bike.id}`)
    for (const part of ['¥2,350', '东港区', '1 小时前', '示例']) expect(row?.textContent).toContain(part)
  })

  it('shows the first photo beside a listing, and the sign of its category where there is none', async () => {
    const cover = 'ab'.repeat(32)
    const { root, type } = open({}, [{ ...bike, cover }, desk])
    await type('电动车')
    const picture = root.querySelector(`[data-record="${bike.id}"] .photo img`)
    const said = ['src', 'loading', 'width', 'height', 'alt'].map((name) => picture?.getAttribute(name))
    expect(said).toEqual([blobPath(cover, 320), 'lazy', '320', '200', ''])
    await type('书桌')
    expect(root.querySelector(`[data-record="${desk.id}"] .photo .icon`)).not.toBeNull()
    expect(root.querySelector('.photo img')).toBeNull()
    await type('12345')
    expect(root.querySelector('.photo')).toBeNull() // a phone number has none
  })

  it('shows what the server found with its photo too, before anything is asked here', () => {
    const cover = 'cd'.repeat(32)
    const { root } = open({ query: '电动车', found: plain([{ ...bike, cover }]), now }, [])
    expect(root.querySelector('.photo img')?.getAttribute('src')).toBe(blobPath(cover, 320))
  })

  it('a phone number is called, a listing without a price says so', async () => {
    const { root, type } = open({}, [desk])
    await type('12345')
    expect(root.querySelector('a.hit')?.getAttribute('href')).toBe('tel:12345')
    await type('书桌')
    expect(root.querySelector('a.hit .price')?.textContent).toBe('面议')
  })

  it('what arrives on the wire comes into an open answer, what goes leaves it', async () => {
    const { put, map, type, titles } = open({}, [bike])
    await type('小牛')
    put(aLine('c'.repeat(26), '小牛头盔'))
    await settle()
    expect(titles()).toHaveLength(2)
    map.delete(bike.id)
    await settle()
    expect(titles()).toEqual(['小牛头盔'])
  })

  it('never shows what has ended', async () => {
    const { type, titles } = open({}, [{ ...bike, until: now - 1 }, desk])
    await type('电动车')
    expect(titles()).toEqual(['怎样买电动车'])
  })

  it('drops an answer that comes after a newer question', async () => {
    const { type, titles, worker } = open({}, [bike, desk])
    await type('书桌')
    worker()?.hold(true)
    await type('电动')
    await type('书')
    worker()?.hold(false)
    await settle()
    expect(titles()).toEqual(['实木书桌送台灯'])
  })

  it('keeps the address in step, and answers a deep link without a touch', async () => {
    const { type } = open({}, [bike])
    await type(' 电动车 ')
    expect(location.search).toBe(`?q=${encodeURIComponent('电动车')}`)
    await type('')
    expect(location.href).toMatch(/\/search$/)
    close()
    const linked = open({ query: '书桌' }, [desk])
    await settle()
    expect(linked.titles()).toEqual(['实木书桌送台灯'])
  })

  it("shows the server's hits until the wire is here, then its own", async () => {
    const { titles, setSynced, map, state, says } = open({ query: '电动车', found: plain([bike]) }, [], {
      isSynced: false,
    })
    await settle()
    expect([titles(), state()]).toEqual([['九成新小牛电动车'], 'reading'])
    expect(says()).toContain(words.reading)
    map.set(desk.id, JSON.stringify({ ...desk, title: '旧电动车', text: '' }))
    setSynced(true)
    expect(titles()).toEqual(['九成新小牛电动车']) // until the answer that knows the wire
    await settle()
    expect(titles()).toEqual(expect.arrayContaining(['旧电动车', '怎样买电动车']))
    expect(titles()).not.toContain('九成新小牛电动车')
  })

  it('says what the server found until anything has started, nothing included: a reader without JavaScript sees no more', () =>
    createRoot((dispose) => {
      const served = (query: string, lines: readonly Line[]) =>
        createBox({ ...finderDeps, locale: 'zh-Hans', served: { query, found: plain(lines), now, marks: [] } }).shown()
      expect(served('没有的', [])).toMatchObject({ total: 0, isFinal: true, query: '没有的' })
      expect(served('小牛', [bike])).toMatchObject({ total: 1, now })
      expect(served('', [])).toBeUndefined()
      dispose()
    }))

  it('does not say that there is nothing while the wire is still to come', async () => {
    const { root, type, put, setSynced, titles } = open({}, [], { isSynced: false })
    await type('小牛')
    expect(root.querySelector('.nothing')).toBeNull()
    put(bike)
    setSynced(true)
    expect(root.querySelector('.nothing')).toBeNull() // the answer at hand does not know what just came
    await settle()
    expect(titles()).toEqual([bike.title])
    await type('没有的')
    expect(root.querySelector('.nothing')).not.toBeNull()
  })

  it('without a network and a copy it says that nothing can be found yet', async () => {
    const { type, says, titles, state } = open({}, [], { isSynced: false, isAway: true })
    await type('电动车')
    expect([state(), titles()]).toEqual(['bare', []])
    expect(says()).toContain(words.bare)
  })

  it('while the server prints its first edition it says so and shows what the server found, and then finds by itself', async () => {
    let isPreparing = true
    const served = { query: '电动车', found: plain([bike]), now }
    const { root, type, says, titles, state } = open(served, [], { isPreparing: () => isPreparing })
    await settle()
    expect([state(), titles()]).toEqual(['preparing', [bike.title]])
    expect(says()).toContain(words.preparing)
    await type('怎样')
    const submitted = new SubmitEvent('submit', { bubbles: true, cancelable: true })
    root.querySelector('form')?.dispatchEvent(submitted)
    expect(submitted.defaultPrevented).toBe(false) // the server is asked
    isPreparing = false
    await vi.advanceTimersByTimeAsync(6_000)
    expect([state(), titles()]).toEqual(['ready', ['怎样买电动车']])
    expect(says()).not.toContain(words.preparing)
  })

  it('offline with an edition at hand it says that it is a copy', async () => {
    const { type, setOffline, says, put, titles } = open({}, [], { isSynced: false })
    await type('电')
    put(bike)
    setOffline(true)
    await type('电动车')
    expect(says()).toContain(words.keptCopy)
    expect(titles()).toEqual(expect.arrayContaining([bike.title, '怎样买电动车']))
  })

  it.each(['8:30', '-', 'a^', 'iphone~', '🚲', 'שלום', '没有这样的东西', '<b>x</b>'])(
    '%s gets help when nothing is found',
    async (query) => {
      const { root, type } = open({}, [bike])
      await type(query)
      expect(root.querySelector('.nothing h2')?.textContent).toBe(words.nothing(query))
      expect(root.querySelector('.nothing b')).toBeNull()
    },
  )

  it('keys: down into the hits, up again, escape to the box, escape again empties it', async () => {
    const { input, type, press } = open({}, [bike])
    input.focus()
    await type('电动车')
    press('ArrowDown')
    expect(document.activeElement?.getAttribute('data-record')).toBe(bike.id)
    press('ArrowDown')
    press('ArrowDown')
    expect(document.activeElement?.getAttribute('href')).toBe('/guides/bike')
    press('ArrowUp')
    press('ArrowUp')
    expect(document.activeElement).toBe(input)
    press('ArrowDown')
    press('Escape')
    expect([document.activeElement, input.value]).toEqual([input, '电动车'])
    press('Escape')
    expect(input.value).toBe('')
  })

  it('is a combobox: its list offers what was searched here and categories, by keys alone', async () => {
    localStorage.setItem('xinxigang/recent-searches', JSON.stringify(['车库', '书桌']))
    const { root, input, type, press, titles } = open({}, [bike, desk])
    const offers = () => [...root.querySelectorAll('[role=listbox] [role=option]')]
    expect([input.getAttribute('role'), input.getAttribute('aria-controls')]).toEqual([
      'combobox',
      root.querySelector('[role=listbox]')?.id,
    ])
    input.focus()
    await type('车')
    expect([input.getAttribute('aria-expanded'), ...offers().map((one) => one.textContent)]).toEqual([
      'true',
      '车库',
      words.within('车辆交易'),
      words.within('拼车出行'),
    ])
    press('ArrowDown')
    press('ArrowDown')
    const active = () => root.querySelector(`#${input.getAttribute('aria-activedescendant')}`)
    expect([active()?.textContent, active()?.getAttribute('aria-selected')]).toEqual([words.within('车辆交易'), 'true'])
    press('ArrowUp')
    expect(active()?.textContent).toBe('车库')
    press('ArrowDown')
    press('Enter')
    await settle()
    expect([input.value, location.search]).toEqual(['', '?category=vehicles'])
    await type('车')
    press('Escape')
    expect([input.getAttribute('aria-expanded'), input.value, offers()]).toEqual(['false', '车', []])
    await type('书')
    press('ArrowDown')
    press('ArrowDown') // past the last offer: into what was found
    expect(titles()).toEqual([])
    expect(document.activeElement).toBe(input) // nothing in that category: the focus stays
  })

  it('narrows by a form, shows what is chosen as chips, and keeps all of it in the address', async () => {
    const car = aLine('c'.repeat(26), '电动轿车', { category: 'vehicles', sub: 'car', fields: { km: 30_000 } })
    const worn = aLine('d'.repeat(26), '电动面包车', { category: 'vehicles', sub: 'car', fields: { km: 90_000 } })
    const { root, type, titles } = open({}, [bike, car, worn])
    const field = (name: string) => root.querySelector<HTMLInputElement>(`.narrow [name="${name}"]`)
    const set = async (name: string, value: string) => {
      const control = field(name)
      if (!control) throw new Error(`no ${name}`)
      control.value = value
      control.dispatchEvent(new Event('change', { bubbles: true }))
      await settle()
    }
    const chips = () => [...root.querySelectorAll<HTMLElement>('[data-chip]')]
    await type('电动')
    expect(titles()).toHaveLength(4)
    const isCounted = () => root.querySelector('[name="category"]')?.textContent?.includes('(')
    expect(isCounted()).toBe(false) // nobody asked, and counts may cost more than the lines did
    root.querySelector('.narrow')?.dispatchEvent(new Event('pointerenter'))
    await settle()
    const counted = [...(root.querySelector('[name="category"]')?.querySelectorAll('option') ?? [])]
    expect(counted.find(({ value }) => value === 'vehicles')?.textContent).toContain('(2)')
    await set('category', 'vehicles')
    expect(titles()).toEqual(expect.arrayContaining(['电动轿车', '电动面包车']))
    await set('km-max', '50000')
    expect(titles()).toEqual(['电动轿车'])
    expect(location.search).toBe(`?q=${encodeURIComponent('电动')}&category=vehicles&km-max=50000`)
    expect(chips()).toHaveLength(2)
    await set('sort', 'cheapest')
    expect(location.search).toContain('sort=cheapest')
    chips()[1]?.click()
    await settle()
    expect([titles().length, field('km-max')?.value]).toEqual([2, ''])
    close()
    history.replaceState(null, '', '/search?category=vehicles&km-min=50000&km-max=x')
    const linked = open({}, [bike, car, worn])
    await settle()
    expect(linked.titles()).toEqual(['电动面包车'])
  })

  it('says when a part could not be had, and asks again on a tap', async () => {
    let isBroken = true
    const { root, type, says, titles } = open({}, [], { isBroken: () => isBroken })
    await type('电动车')
    expect(says()).toContain(words.incomplete)
    isBroken = false
    root.querySelector<HTMLButtonElement>('[data-act=again]')?.click()
    await settle()
    expect(says()).toBe(`${words.found(1)} · ${words.widened}电瓶车、电动自行车`)
    expect(titles()).toEqual(['怎样买电动车'])
    expect(root.querySelector('[data-act=again]')).toBeNull()
  })

  it('an input method composes undisturbed', async () => {
    const { input, root } = open({}, [bike])
    input.value = 'dian'
    input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }))
    await settle()
    expect(root.querySelector('.nothing')).toBeNull()
    input.value = '电'
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
    await settle()
    expect(root.querySelectorAll('a.hit').length).toBeGreaterThan(0)
  })

  it('remembers what was looked for on this device, until it is told to forget', async () => {
    const { root, type } = open({}, [bike])
    await type('电动车')
    expect(localStorage.length).toBe(0) // typing alone is not kept
    root.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }))
    await type('')
    const offer = root.querySelector<HTMLElement>('[role=option]')
    expect(offer?.textContent).toBe('电动车')
    offer?.click()
    await settle()
    expect(root.querySelectorAll('a.hit').length).toBe(2)
    await type('')
    root.querySelector<HTMLButtonElement>('[data-act=forget]')?.click()
    expect([localStorage.length, root.querySelector('[role=option]')]).toEqual([0, null])
  })

  it('shows twenty and more on asking', async () => {
    const many = Array.from({ length: 45 }, (_, i) => aLine(`x${i}`, `小牛电动车 ${i}`))
    const { root, type, titles } = open({}, many)
    await type('小牛')
    expect(titles()).toHaveLength(20)
    for (const shown of [40, 45]) {
      root.querySelector<HTMLButtonElement>('.found .wide')?.click()
      await settle()
      expect(titles()).toHaveLength(shown)
    }
    expect(root.querySelector('.found .wide')).toBeNull()
  })

  it('closes worker and wire with the page', async () => {
    const { type, dispose, opened, worker } = open({}, [bike])
    await type('电')
    dispose()
    expect([worker()?.isClosed(), opened.released]).toEqual([true, 1])
  })
})

import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { Did } from '#domain/identity.ts'
import { err, ok } from '#domain/result.ts'
import { seenIn, seenKey } from '#domain/seen.ts'
import { HideSeller } from '../../src/private/HideSeller.tsx'
import { createHiddenSellers } from '../../src/private/sellers.ts'
import { isRemembering, readSeen, remember, switchRemembering } from '../../src/private/seen.ts'
import { SellerList } from '../../src/private/SellerList.tsx'
import { HideToo } from '../../src/messages/HideToo.tsx'
import { SaveSearch } from '../../src/search/SaveSearch.tsx'
import { createSavedSearches } from '../../src/search/saved.ts'
import { SeenList } from '../../src/search/SeenList.tsx'
import type { Watch } from '../../src/search/watch.ts'
import { isHiddenSeller } from '../../src/sync/hidden-seller.ts'
import { readFresh } from '../../src/sync/fresh.ts'
import { mirrorWorkspace } from '../../src/sync/mirror.ts'
import { hiddenStyleKey } from '../../src/ui/hidden-key.ts'
import { hiddenStyleOf } from '../../src/ui/hidden-style.ts'
import { createNotes } from '../../src/private/notes.ts'
import { anEntry, noon } from '../fixtures/search-page.ts'

const did = `did:key:z6Mk${'A'.repeat(44)}`
const wang = { did, name: '海边的小王', at: noon }
const closing: (() => void)[] = []
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  document.body.replaceChildren()
  localStorage.clear()
})
const text = () => document.body.textContent ?? ''
const button = (act: string) => document.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)

describe('hidden posters', () => {
  it('are told beside the workspace as the ends of their dids, with how many notes there are, and follow it', () => {
    const doc = new Y.Doc()
    mirrorWorkspace(doc, true)
    expect([isHiddenSeller(did), localStorage.getItem(hiddenStyleKey)]).toEqual([false, null])
    const sellers = createHiddenSellers({ doc })
    sellers.hide(wang)
    createNotes({ doc }).write({ id: 'a', title: 't', text: '看看' }, 1)
    expect([isHiddenSeller(did), readFresh().notes]).toEqual([true, 1])
    expect(localStorage.getItem(hiddenStyleKey)).toBe(hiddenStyleOf([did.slice(-12)]))
    expect(sellers.list()).toEqual([wang])
    sellers.show(did)
    expect([isHiddenSeller(did), sellers.list()]).toEqual([false, []])
  })

  it('stay hidden while the workspace cannot be read', () => {
    localStorage.setItem(hiddenStyleKey, hiddenStyleOf([did.slice(-12)]))
    mirrorWorkspace(new Y.Doc(), false)
    expect(isHiddenSeller(did)).toBe(true)
  })

  it('are hidden and shown again by one button', async () => {
    const doc = new Y.Doc()
    mirrorWorkspace(doc, true)
    const me = { doc, saved: async () => ok(undefined) }
    closing.push(
      render(() => <HideSeller locale="zh-Hans" did={did} name={wang.name} me={me} now={() => noon} />, document.body),
    )
    button('hide-seller')?.click()
    await vi.waitFor(() => expect(text()).toContain('你隐藏了这位发布者'))
    expect(isHiddenSeller(did)).toBe(true)
    button('show-seller')?.click()
    await vi.waitFor(() => expect(text()).toContain('不再隐藏，他的信息又会出现'))
    expect(isHiddenSeller(did)).toBe(false)
  })

  it('are listed on one’s own page with a way back that can be undone; where there are none there is no list', async () => {
    const doc = new Y.Doc()
    const me = async () => ({ doc, saved: async () => ok(undefined) })
    closing.push(render(() => <SellerList locale="zh-Hans" me={me} />, document.body))
    await Promise.resolve()
    expect(document.querySelector('[data-hidden-sellers]')).toBeNull()
    createHiddenSellers({ doc }).hide(wang)
    await vi.waitFor(() => expect(text()).toContain(wang.name))
    button('show-seller')?.click()
    await vi.waitFor(() => expect(text()).toContain('海边的小王不再隐藏'))
    expect(document.querySelectorAll('[data-hidden-seller]')).toHaveLength(0)
    button('hide-again')?.click()
    expect(createHiddenSellers({ doc }).list()).toEqual([wang])
  })
})

describe('what the disk refuses is told, and nothing stands there as kept', () => {
  const full = async () => err({ kind: 'storage', detail: 'full' } as const)
  const aFullOne = () => {
    const doc = new Y.Doc()
    mirrorWorkspace(doc, true)
    return { doc, saved: full }
  }
  const told = '这台设备没能存下来，请再试一次。'
  const isTold = () => vi.waitFor(() => expect(text()).toContain(told))

  it.each([['by the first tap', true] as const, ['by a later one', false] as const])(
    'hiding, %s',
    async (_, begins) => {
      const me = aFullOne()
      closing.push(
        render(
          () => <HideSeller locale="zh-Hans" did={did} name="" me={me} now={() => noon} begins={begins} />,
          document.body,
        ),
      )
      if (!begins) button('hide-seller')?.click()
      await isTold()
      expect([isHiddenSeller(did), button('hide-seller'), text().includes('你隐藏了')]).toEqual([
        false,
        expect.anything(),
        false,
      ])
    },
  )

  it('showing again and not taking his messages either, beside what is kept', async () => {
    const me = aFullOne()
    createHiddenSellers(me).hide(wang)
    closing.push(
      render(() => <HideSeller locale="zh-Hans" did={did} name="" me={me} now={() => noon} />, document.body),
    )
    for (const act of ['show-seller', 'block-too']) {
      button(act)?.click()
      await isTold()
      expect([isHiddenSeller(did), button(act), me.doc.getMap('messages-blocked').size]).toEqual([
        true,
        expect.anything(),
        0,
      ])
    }
  })

  it('on the list of one’s own page: who was to be shown again stays on it', async () => {
    const me = aFullOne()
    createHiddenSellers(me).hide(wang)
    closing.push(render(() => <SellerList locale="zh-Hans" me={async () => me} />, document.body))
    await vi.waitFor(() => expect(text()).toContain(wang.name))
    button('show-seller')?.click()
    await isTold()
    expect([button('show-seller'), text().includes('不再隐藏。'), isHiddenSeller(did)]).toEqual([
      expect.anything(),
      false,
      true,
    ])
  })

  it('beside a thread', async () => {
    const desk = { me: aFullOne(), session: { now: () => noon } }
    closing.push(render(() => <HideToo locale="zh-Hans" desk={desk} did={did as Did} />, document.body))
    button('hide-too')?.click()
    await isTold()
    expect([button('hide-too'), isHiddenSeller(did), text().includes('也不再出现')]).toEqual([
      expect.anything(),
      false,
      false,
    ])
  })

  it('a search that was to be watched keeps its form and the name that was typed', async () => {
    const me = aFullOne()
    const searches = createSavedSearches(me)
    const watch = { searches, saved: full } as unknown as Watch
    closing.push(
      render(
        () => (
          <SaveSearch
            locale="zh-Hans"
            box={{ typed: () => '书桌', chips: () => ({}) }}
            likes={{ opened: () => watch, open: async () => watch }}
            now={() => noon}
          />
        ),
        document.body,
      ),
    )
    button('save-search')?.click()
    const name = document.querySelector<HTMLInputElement>('[name="name"]')
    name!.value = '书房的书桌'
    name?.form?.requestSubmit()
    await isTold()
    expect([document.querySelector('[data-kept]'), searches.list()]).toEqual([null, []])
    expect(document.querySelector<HTMLInputElement>('[name="name"]')?.value).toBe('书房的书桌')
  })
})

const { text: _, ...line } = anEntry('a', { author: did, title: '看过的书桌' })
const aSeen = (over: Partial<Parameters<typeof remember>[0]> = {}) => ({ ...line, seenAt: noon, over: false, ...over })

describe('what was seen last', () => {
  it('is thirty listings, each once, the newest first, and nothing where it is switched off', () => {
    for (let n = 0; n < 35; n++) remember(aSeen({ id: `${n}` }))
    remember(aSeen({ id: '30', title: '又看了一次' }))
    expect(readSeen()).toHaveLength(30)
    expect(
      readSeen()
        .map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['30', '34', '33'])
    switchRemembering(false)
    remember(aSeen({ id: 'later' }))
    expect([isRemembering(), readSeen()[0]?.id]).toEqual([false, '30'])
    expect(seenIn('not json')).toEqual([])
  })

  const open = async (props: Omit<Parameters<typeof SeenList>[0], 'locale'>) => {
    closing.push(render(() => <SeenList locale="zh-Hans" now={() => noon} {...props} />, document.body))
    const details = document.querySelector('details')
    details?.setAttribute('open', '')
    details?.dispatchEvent(new Event('toggle'))
    await vi.waitFor(() => expect(document.querySelector('[data-seen] [role="status"]:not(.told)')).toBeNull())
  }
  const rows = () => [...document.querySelectorAll('[data-seen-of]')].map((row) => row.textContent ?? '')

  it('shows nothing that was taken down, and keeps nothing of it; nothing of whom somebody has hidden; what is over says so', async () => {
    const over = aSeen({ id: 'o', title: '已卖的', author: 'x', over: true })
    const expired = aSeen({ id: 'e', title: '到期的', author: 'x', until: noon - 1 })
    const gone = aSeen({ id: 'g', title: '搜不到的', author: 'x' })
    const cheaper = aSeen({ id: 'c', title: '降价的', author: 'x' })
    for (const one of [aSeen({ id: 'bad', title: '撤下的', author: 'x' }), aSeen(), over, expired, gone, cheaper])
      remember(one)
    localStorage.setItem(hiddenStyleKey, hiddenStyleOf([did.slice(-12)]))
    await open({
      hidden: async () => new Set(['bad']),
      entriesOf: async () => [{ ...line, id: 'c', title: '降价的', author: 'x', priceFen: 100, text: '', fields: {} }],
    })
    await vi.waitFor(() => expect(rows()[0]).toContain('¥1'))
    expect(rows().map((row) => /降价的|搜不到的|到期的|已卖的/.exec(row)?.[0])).toEqual([
      '降价的',
      '搜不到的',
      '到期的',
      '已卖的',
    ])
    expect(rows().map((row) => /已结束|可能已经结束/.exec(row)?.[0])).toEqual([
      undefined,
      '可能已经结束',
      '已结束',
      '已结束',
    ])
    expect(localStorage.getItem(seenKey)).not.toContain('撤下的')
    expect(text()).not.toContain('看过的书桌')
  })

  it('forgets one or all with one tap, and takes that back', async () => {
    for (const id of ['x', 'y']) remember(aSeen({ id }))
    await open({ hidden: async () => new Set(), entriesOf: async () => undefined })
    expect(rows()).toHaveLength(2)
    button('forget')?.click()
    expect([rows().length, readSeen().length]).toEqual([1, 1])
    button('undo-forget')?.click()
    expect([rows().length, readSeen().length]).toEqual([2, 2])
    button('forget-all')?.click()
    expect([rows().length, localStorage.getItem(seenKey)]).toEqual([0, null])
  })
})

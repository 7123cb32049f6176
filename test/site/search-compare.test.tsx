import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createNotes } from '../../src/private/notes.ts'
import { remember } from '../../src/private/seen.ts'
import { Compare, type CompareProps } from '../../src/search/Compare.tsx'
import { rowsOf, type Compared } from '../../src/search/comparing.ts'
import { anEntry, noon } from '../fixtures/search-page.ts'

const closing: (() => void)[] = []
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  document.body.replaceChildren()
  localStorage.clear()
})

const desk = anEntry('a', { title: '书桌甲', fields: { condition: 'used' } })
const other = anEntry('b', { title: '书桌乙', priceFen: 56_000, fields: { condition: 'like-new', brand: '宜家' } })
const one = (line: typeof desk, over: Partial<Compared> = {}): Compared => ({
  id: line.id,
  title: line.title,
  line,
  source: { kind: 'now' },
  isOver: false,
  priceFen: line.priceFen,
  note: '',
  ...over,
})
const told = (compared: readonly Compared[]) =>
  Object.fromEntries(
    rowsOf(compared, 'zh-Hans', noon).map(({ id, cells, differs }) => [
      id,
      [differs, ...cells.map(({ text }) => text)],
    ]),
  )

describe('rows of a comparison', () => {
  it('tell price, district, age, state and every typed field, and whether they differ', () => {
    const rows = told([one(desk), one(other, { note: '周六去看' })])
    expect(rows['price']).toEqual([true, '¥200', '¥560'])
    expect(rows['district']?.[0]).toBe(false)
    expect(rows['when']?.[0]).toBe(false)
    expect(rows['state']).toEqual([false, '在发布', '在发布'])
    expect(rows['condition']?.[0]).toBe(true)
    expect(rows['note']).toEqual([true, '未写明', '周六去看'])
  })

  it('leave out what none of them says, and tell what is known where only the favourite is', () => {
    const name = one(desk, { line: undefined, source: { kind: 'name' }, isOver: undefined })
    const rows = told([name, one(other)])
    expect(rows['price']).toEqual([true, '¥200', '¥560'])
    expect(rows['district']).toEqual([true, '未写明', expect.any(String)])
    expect(rows['note']).toBeUndefined()
    expect(told([one(desk), one(desk)])['brand']).toBeUndefined()
  })

  it('say what is over and what cannot be found any more', () => {
    const copy = { kind: 'copy', at: noon } as const
    const rows = told([one(desk, { isOver: true, source: copy }), one(other, { source: copy })])
    expect(rows['state']).toEqual([true, '已结束', '现在的列表里找不到'])
  })
})

describe('a comparison', () => {
  const show = (entriesOf: CompareProps['watch']['entriesOf']) => {
    const doc = new Y.Doc()
    const notes = createNotes({ doc })
    const chosen = [desk, other].map(({ id, title, priceFen }) => ({ id, title, priceFen }))
    const removed: string[] = []
    const view = () => (
      <Compare
        locale="zh-Hans"
        watch={{ entriesOf }}
        notes={notes}
        chosen={chosen}
        now={() => noon}
        onRemove={(id) => removed.push(id)}
        onClose={() => undefined}
      />
    )
    closing.push(render(view, document.body))
    return { notes, removed }
  }
  const rows = () => [...document.querySelectorAll<HTMLElement>('tbody tr')].map(({ dataset }) => dataset['row'])

  it('marks in words what differs, shows only that on demand, and takes up a note that is written meanwhile', async () => {
    const { notes, removed } = show(async () => [desk, other])
    await vi.waitFor(() => expect(rows()).toContain('price'))
    expect(document.querySelector('[data-row="price"] th')?.textContent).toMatch(/价格\s*不同/)
    expect(document.querySelector('[data-row="district"] th')?.textContent?.trim()).not.toContain('不同')
    document.querySelector<HTMLInputElement>('[name="only-different"]')?.click()
    expect(rows()).not.toContain('district')
    expect(rows()).toContain('price')
    notes.write({ id: desk.id, title: desk.title, text: '砍到 150' }, 1)
    expect(document.querySelector('[data-row="note"]')?.textContent).toContain('砍到 150')
    document.querySelector<HTMLButtonElement>('[data-act="remove-compared"]')?.click()
    expect(removed).toEqual([desk.id])
    expect(document.documentElement.dataset['comparing']).toBe('')
  })

  it('goes by what this device kept where nothing newer is at hand, and says so', async () => {
    const { text: _, ...line } = desk
    remember({ ...line, seenAt: noon, over: false })
    show(async () => undefined)
    await vi.waitFor(() => expect(rows()).toContain('price'))
    const heads = [...document.querySelectorAll('thead th')].map((head) => head.textContent ?? '')
    expect(heads[1]).toContain('看的时候记下的')
    expect(heads[2]).toContain('本机只记得标题和价格')
    expect(document.querySelector('[data-row="price"]')?.textContent).toMatch(/¥200[\s\S]*¥560/)
  })
})

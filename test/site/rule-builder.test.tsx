/** The rule builder on a shared map: what is typed goes into it, what others write comes out of it. */
import { createRoot } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { RuleBuilder } from '../../src/guides/editor/RuleBuilder.tsx'
import { createRules, rulesOf, type Rules } from '../../src/guides/editor/rules.ts'
import { rules as rulesWords } from '../../src/i18n/rules.ts'
import { element, press } from '../fixtures/page.ts'

const words = rulesWords['zh-Hans']
const frame = { id: 'kettles', version: 1, validFrom: '2026-11-20', title: '水壶', author: '示例店' }
const row = (place: number, after: number | undefined, until: number) => ({
  place,
  fault: true,
  ...(after === undefined ? {} : { after: { unit: 'days', count: after } }),
  until: { unit: 'days', count: until },
  remedies: ['refund'],
  unless: [],
})

let close = () => {}
afterEach(() => {
  close()
  document.body.replaceChildren()
})

function show(doc = new Doc()): { readonly rules: Rules; readonly map: ReturnType<typeof rulesOf> } {
  const { rules, dispose } = createRoot((dispose) => ({ rules: createRules(doc, () => frame), dispose }))
  const unmount = render(() => <RuleBuilder rules={rules} locale="zh-Hans" today={() => '2026-11-20'} />, document.body)
  close = () => {
    unmount()
    dispose()
  }
  return { rules, map: rulesOf(doc) }
}
const field = (article: string, place: number) => {
  const found = document.querySelectorAll<HTMLInputElement>(`[data-article="${article}"] input[inputmode]`)[place]
  if (!found) throw new Error(`no field ${place} in ${article}`)
  return found
}
function type(article: string, place: number, text: string): void {
  const input = field(article, place)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
const faults = () => [...document.querySelectorAll('[data-fault]')].map((line) => line.textContent)

describe('the rule builder', () => {
  it('begins with nothing, and nothing is wrong with that', () => {
    const { rules } = show()
    expect(rules.made()).toBeUndefined()
    expect(faults()).toEqual([])
  })

  it('adds rules that fit one after the other', () => {
    const { rules } = show()
    for (let i = 0; i < 4; i++) press('[data-add="row"]')
    expect(rules.made()?.ok).toBe(true)
    expect(field('A-3', 0).value).toBe('30')
    expect(document.body.textContent).toContain(words.fits)
  })

  it('names both rows of a hole and marks them, and says what no number is', () => {
    const { rules } = show()
    for (let i = 0; i < 2; i++) press('[data-add="row"]')
    type('A-2', 0, '20')
    expect(faults()).toEqual([words.faults.hole('A-1 和 A-2')])
    expect(document.querySelectorAll('.rule.bad')).toHaveLength(2)
    type('A-2', 0, 'soon')
    expect(faults()).toEqual([words.faults['out-of-range']('A-2')])
    expect(field('A-2', 0).value).toBe('soon')
    type('A-2', 0, '15')
    expect(rules.made()?.ok).toBe(true)
  })

  it('an emptied end is no end', () => {
    const { map } = show()
    press('[data-add="row"]')
    type('A-1', 1, '')
    expect([...map.values()]).toEqual([{ place: 1, fault: true, remedies: ['refund'], unless: [] }])
  })

  it('shows what another writes, and leaves the field alone in which one is', () => {
    const { map } = show()
    press('[data-add="row"]')
    const own = field('A-1', 1)
    map.set('row/zzz', row(9, 15, 40))
    expect(field('A-1', 1)).toBe(own)
    expect(field('A-2', 1).value).toBe('40')
    map.set('row/zzz', row(9, 15, 50))
    expect(field('A-2', 1).value).toBe('50')
    map.delete('row/zzz')
    expect(document.querySelectorAll('.rule[data-article^="A-"]')).toHaveLength(1)
  })

  it('takes what is no row for nothing', () => {
    const doc = new Doc()
    rulesOf(doc).set('row/1', { place: 'x' })
    rulesOf(doc).set('row/2', '<img src=q onerror=x()>')
    const { rules } = show(doc)
    expect(rules.made()).toBeUndefined()
    expect(document.querySelectorAll('.rule[data-article^="A-"]')).toHaveLength(0)
  })

  it('tells where the law gives more', () => {
    const { rules } = show()
    press('[data-add="row"]')
    expect(document.querySelector('[data-statute]')).toBeNull()
    rules.setAbout({ goods: 'general', channel: 'distance' })
    const told = [...document.querySelectorAll('[data-statute]')].map((line) => line.textContent)
    expect(told).toEqual([
      expect.stringMatching(/^第 0 到 7 天，没有毛病，不在店里买的：法律给退货（网购七天无理由退货 D-1），店里不给。$/),
    ])
    expect(element('.preview summary').textContent).toBe(words.preview)
  })
})

/** The advisor on a page: answers in, verdict out, nothing typed is lost. */
import { render } from 'solid-js/web'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PolicyAdvisor, type PolicyAdvisorProps } from '../../src/guides/PolicyAdvisor.tsx'
import { policy } from '../../src/i18n/policy.ts'
import { verdict } from '../../src/i18n/verdict.ts'
import { element, press } from '../fixtures/page.ts'

const words = { ...policy['zh-Hans'], ...verdict['zh-Hans'] }
const base: PolicyAdvisorProps = {
  locale: 'zh-Hans',
  guide: 'how-a-return-works',
  policy: 'shop-41',
  zone: 'Asia/Shanghai',
}

let close = () => {}
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 16) }) // midnight of the 23rd in the shop's zone
  history.replaceState(null, '', '/guides/how-a-return-works')
})
afterEach(() => {
  close()
  document.body.replaceChildren()
  vi.useRealTimers()
})

function show(change: Partial<PolicyAdvisorProps> = {}): void {
  close = render(() => <PolicyAdvisor {...base} {...change} />, document.body)
}
function type(name: string, value: string): void {
  const control = element<HTMLInputElement>(`[name="${name}"]`)
  control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
const choose = (name: string, value: string) => press(`[name="${name}"][value="${value}"]`)
const remedy = () => document.querySelector('.verdict')?.getAttribute('data-remedy') ?? undefined
const send = () => press('button[type="submit"]')

describe('the advisor', () => {
  it('answers with a remedy, its article, and the last day', () => {
    show()
    type('bought', '2026-11-08')
    choose('state', 'fault')
    expect(remedy()).toBeUndefined()
    send()
    expect(remedy()).toBe('refund')
    expect(element('[data-article="P-07"]').textContent).toContain('P-07')
    expect(element('.verdict header').textContent).toContain(words.lastDay) // day 15
    expect(location.search).toBe('?bought=2026-11-08&where=shop&goods=general&state=fault')
  })

  it('says what is missing, keeps what was typed, and answers as soon as it is there', () => {
    show()
    type('bought', '2027-01-01')
    send()
    expect(element('#case-bought-error').textContent).toBe(words.fault.future)
    expect(element('#case-state-error').textContent).toBe(words.fault.missing)
    expect(element<HTMLInputElement>('[name="bought"]').value).toBe('2027-01-01')
    type('bought', '2026-11-20')
    choose('state', 'fine')
    expect(remedy()).toBe('refund')
    expect(document.querySelector('.err')).toBeNull()
  })

  it('asks further only where it matters', () => {
    show()
    expect(document.querySelector('[name="received"]')).toBeNull()
    choose('where', 'distance')
    expect(document.querySelector('[name="received"]')).not.toBeNull()
    choose('goods', 'car')
    choose('state', 'fault')
    expect(document.querySelector('[name="km"]')).not.toBeNull()
  })

  it('shows both layers, and which one decides', () => {
    show()
    type('bought', '2026-08-20')
    choose('goods', 'phone')
    choose('state', 'fault')
    press('[name="listed"]')
    send()
    expect(remedy()).toBe('free-repair')
    expect(element('[data-policy="shop-41"]').textContent).toContain(words.short['paid-repair'])
    expect(element('[data-policy="phone-three-guarantees"]').textContent).toContain(words.decides)
  })

  it('a linked case is answered at once', () => {
    history.replaceState(null, '', '/guides/how-a-return-works?bought=2026-11-01&state=fault&pack=yes')
    show()
    expect(remedy()).toBe('free-repair')
    expect(element<HTMLInputElement>('[name="pack"]').checked).toBe(true)
  })

  it('a page of a verdict judges for its own day until the reader’s is known', () => {
    show({ today: '2026-11-23', answers: { bought: '2026-11-20', state: 'fine' } })
    expect(remedy()).toBe('refund')
  })

  it('a model nobody listed: no rule held', () => {
    show({ policy: 'phone-maker', guide: 'phone-warranty-by-region' })
    type('bought', '2026-11-08')
    for (const [name, value] of [
      ['region', 'hong-kong'],
      ['model', 'other'],
    ] as const) {
      const control = element<HTMLSelectElement>(`[name="${name}"]`)
      control.value = value
      control.dispatchEvent(new Event('change', { bubbles: true }))
    }
    choose('state', 'fine')
    send()
    expect(remedy()).toBe('no-rule')
  })

  it('in English too', () => {
    show({ locale: 'en', today: '2026-11-23', answers: { bought: '2026-11-20', state: 'fine' } })
    expect(document.body.textContent).not.toMatch(/\p{Script=Han}/u)
    expect(element('.verdict h3').textContent).toBe(verdict.en.remedy.refund)
  })
})

/** Ending a key with what was signed ahead: what the file gives, and what it does not. */
import { render } from 'solid-js/web'
import { afterEach, expect, it, vi } from 'vitest'
import { EndByPaper } from '../../src/own/EndByPaper.tsx'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

function choose(file: Pick<File, 'text'>): HTMLElement {
  const root = document.body.appendChild(document.createElement('div'))
  closing.push(
    render(() => <EndByPaper locale="zh-Hans" />, root),
    () => root.remove(),
  )
  const input = root.querySelector<HTMLInputElement>('#end-file')
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input?.dispatchEvent(new Event('change', { bubbles: true }))
  return root
}

it('a file goes into the box; one that cannot be read is told, until another one can', async () => {
  const root = choose({ text: () => Promise.reject(new DOMException('moved away', 'NotFoundError')) })
  const alert = () => root.querySelector('[role="alert"]')?.textContent
  await vi.waitFor(() => expect(alert()).toContain('浏览器读不出这个文件'))
  expect(root.querySelector('[data-paper="fault"]')).not.toBeNull()
  Object.defineProperty(root.querySelector('#end-file'), 'files', { value: [{ text: async () => '{"words":1}' }] })
  root.querySelector('#end-file')?.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitFor(() => expect(root.querySelector<HTMLTextAreaElement>('#end-paper')?.value).toBe('{"words":1}'))
  expect(alert()).toBe('')
})

/** The key card with a true key; without IndexedDB (as here) the key lives in the page, which the card must say. */
import { render } from 'solid-js/web'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import { KeyCard } from '../../src/identity/KeyCard.tsx'
import { openKeys } from '../../src/identity/keys.ts'
import { me } from '../../src/i18n/me.ts'

const words = me['zh-Hans']
const other = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const otherDid = (await signerOf(new Uint8Array(16).fill(0x7f), 'person')).did

let dispose: () => void
let reloads = 0
const shown = () => document.body.textContent ?? ''
const element = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector)
  if (!found) throw new Error(`nothing at ${selector}`)
  return found
}
const press = (label: string): void => {
  const buttons = [...document.querySelectorAll('button')]
  const button = buttons.find(({ textContent }) => textContent === label)
  if (!button) throw new Error(`no button ${label} among ${buttons.map(({ textContent }) => textContent).join()}`)
  button.click()
}
const type = (text: string): void => {
  element<HTMLTextAreaElement>('textarea[name="words"]').value = text
  press(words.restore)
}

beforeEach(() => {
  reloads = 0
  dispose = render(() => <KeyCard locale="zh-Hans" reload={() => reloads++} />, document.body)
})
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
})

describe('the key card, one life after another', () => {
  it('makes no key by being looked at', async () => {
    await vi.waitFor(() => expect(shown()).toContain(words.none))
    expect(await openKeys().knownDid('person')).toBeUndefined()
  })

  it('names what is wrong with the words, and keeps what was typed', async () => {
    await vi.waitFor(() => element('textarea'))
    type(other.replace('winner', 'winer'))
    await vi.waitFor(() => expect(element('[role="alert"]').textContent).toBe(words.faults.unknown('winer', 2)))
    expect(element<HTMLTextAreaElement>('textarea').value).toContain('winer')
    expect(reloads).toBe(0)
  })

  it('takes over a key at once where there is none', async () => {
    await vi.waitFor(() => element('textarea'))
    type(other)
    await vi.waitFor(() => expect(reloads).toBe(1))
    expect(await openKeys().knownDid('person')).toBe(otherDid)
  })

  it('shows the mark and the 12 words, and hides them again', async () => {
    await vi.waitFor(() => expect(shown()).toContain(otherDid.slice(-6)))
    expect(shown()).toContain(words.memoryOnly)
    expect(document.querySelectorAll('li')).toHaveLength(0)
    press(words.show)
    await vi.waitFor(() => expect(document.querySelectorAll('li')).toHaveLength(12))
    expect([...document.querySelectorAll('li')].map(({ textContent }) => textContent).join('')).toBe(
      '枪疫霉尝俩闹饿贤枪疫霉卿',
    )
    expect(shown()).toContain(words.warning)
    press(words.hide)
    expect(document.querySelectorAll('li')).toHaveLength(0)
  })

  it('asks before it replaces a key, and may be told no', async () => {
    await vi.waitFor(() => press(words.restoreTitle))
    type('abandon '.repeat(11) + 'about')
    await vi.waitFor(() => expect(shown()).toContain(words.replaceWarning(otherDid.slice(-6))))
    press(words.cancel)
    expect(await openKeys().knownDid('person')).toBe(otherDid)
    press(words.restore)
    await vi.waitFor(() => press(words.replace))
    await vi.waitFor(() => expect(reloads).toBe(1))
    expect(await openKeys().knownDid('person')).toBe('did:key:z6Mko3SJvD1bCTR4BDP7t7UmDvVYTaxNKAejFuHMh1RH3bSh')
  })

  it('says so when the words are those of the key in use', async () => {
    await vi.waitFor(() => press(words.restoreTitle))
    type('的的的的的的的的的的的在')
    await vi.waitFor(() => expect(element('[role="alert"]').textContent).toBe(words.same))
  })
})

/** The connection mark over a relay that can be stopped: /healthz is answered by the test, all else is real. */
import { render } from 'solid-js/web'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Did } from '#domain/identity.ts'
import { connection } from '../../src/i18n/connection.ts'
import { notices } from '../../src/i18n/notices.ts'

let isUp = true
const relayNow = Date.now() + 90_000
globalThis.fetch = async () => {
  if (!isUp) throw new TypeError('no network')
  return Response.json({ ok: true, now: relayNow })
}
const { ConnectionMark } = await import('../../src/sync/ConnectionMark.tsx')
const { pageClock } = await import('../../src/sync/clock.ts')
const { setAside } = await import('../../src/sync/asides.ts')
const { tellConnection, tellMemoryOnly, tellStorage } = await import('../../src/sync/connection.ts')
const { countWaitingOf, createUnsentFlag } = await import('../../src/sync/unsent.ts')

const [words, told] = [connection['zh-Hans'], notices['zh-Hans']]
const dispose = render(() => <ConnectionMark locale="zh-Hans" />, document.body)
const mark = () => document.querySelector<HTMLElement>('[data-connection]')
const says = (state: string, text: string) =>
  vi.waitFor(() => expect([mark()?.dataset['connection'], mark()?.textContent]).toEqual([state, text]))
afterAll(dispose)

describe('the connection mark', () => {
  it('is a status, and in sync when the relay answers; the clock is known by the way', async () => {
    await says('online', words.online)
    expect(mark()?.getAttribute('role')).toBe('status')
    expect(Math.abs(pageClock.now() - relayNow)).toBeLessThan(60_000)
  })

  it('is offline when the relay stops, and says that what was written is kept', async () => {
    isUp = false
    window.dispatchEvent(new Event('offline'))
    await says('offline', words.offline)
    const flag = createUnsentFlag({ room: 'shelf/x', use: 'person' })
    flag.raise()
    await says('offline', words.offlineWaiting)
    isUp = true
    window.dispatchEvent(new Event('online'))
    await says('online', words.sending)
    flag.lower()
    await says('online', words.online)
  })

  it('does not call on its way what a replaced key has left, and keeps it for that key', async () => {
    const left = { room: `shelf/did:key:z6Mk${'a'.repeat(44)}`, use: 'person' } as const
    localStorage.setItem(`xxg-unsent/person/${left.room}`, '0.5') // an earlier page, with another key
    countWaitingOf([])
    await says('online', words.online)
    const flag = createUnsentFlag({ room: `shelf/did:key:z6Mk${'b'.repeat(44)}`, use: 'person' })
    flag.raise()
    await says('online', words.sending)
    flag.lower()
    await says('online', words.online)
    const did = Did.parse(`did:key:z6Mk${'a'.repeat(44)}`)
    expect(countWaitingOf([did])).toEqual([left])
    await says('online', words.sending)
    localStorage.clear()
    countWaitingOf([])
  })

  it('believes the socket more than /healthz, once there is one', async () => {
    tellConnection('offline')
    window.dispatchEvent(new Event('online'))
    await says('offline', words.offline)
    tellConnection('online')
    await says('online', words.online)
  })

  it('tells that the disk is full until all rooms are on it, and that it was taken away before all else', async () => {
    const notice = () => document.querySelector<HTMLElement>('[data-storage]')
    tellStorage('a', 'full')
    tellStorage('b', 'full')
    await vi.waitFor(() => expect(notice()?.querySelector('p')?.textContent).toBe(told.full))
    tellStorage('a', undefined)
    expect(notice()?.dataset['storage']).toBe('full')
    tellStorage('b', undefined)
    expect(notice()).toBeNull()
    tellStorage('a', 'full')
    notice()?.querySelector('button')?.click()
    expect(notice()).toBeNull()
    tellStorage('b', 'gone')
    expect([notice()?.dataset['storage'], notice()?.querySelector('p')?.textContent]).toEqual(['gone', told.gone])
    tellStorage('a', undefined)
    tellStorage('b', undefined)
  })

  it('tells when nothing can be kept, until it is read', () => {
    expect(document.querySelector('[data-storage]')).toBeNull()
    tellMemoryOnly()
    expect(document.querySelector('[data-storage="memory"]')?.textContent).toContain(told.memoryOnly)
    document.querySelector<HTMLButtonElement>('[data-storage] button')?.click()
    expect(document.querySelector('[data-storage]')).toBeNull()
  })

  it('asks what becomes of what the relay has lost, once for all rooms', () => {
    const said: string[] = []
    const offer = (room: string) =>
      setAside({ room, putBack: () => said.push(`put back ${room}`), drop: () => said.push(`drop ${room}`) })
    const notice = () => document.querySelector('[data-storage="aside"]')
    const answer = (name: string) => notice()?.querySelector<HTMLButtonElement>(`[data-answer="${name}"]`)?.click()
    expect(notice()).toBeNull()
    offer('shelf/a')
    offer('contact/a')
    expect(notice()?.textContent).toContain(told.lost)
    answer('put-back')
    expect([said, notice()]).toEqual([['put back shelf/a', 'put back contact/a'], null])
    offer('shelf/a')
    answer('drop')
    expect([said.at(-1), notice()]).toEqual(['drop shelf/a', null])
  })
})

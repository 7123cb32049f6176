import { describe, expect, it } from 'vitest'
import { copyOf, keyOf, markedCopy } from '#src/offline/copies.ts'

const html = '<!doctype html>\n<html lang="zh-Hans"><head><title>x</title></head></html>'

/** An answer as a fetch from our own server gives it. */
function anAnswer(init: ResponseInit = {}, seen: { type?: string; redirected?: boolean } = {}): Response {
  const answer = new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' }, ...init })
  for (const [name, value] of Object.entries({ type: 'basic', redirected: false, ...seen }))
    Object.defineProperty(answer, name, { value })
  return answer
}

describe('a copy', () => {
  it('is made of a whole page, and carries its time and revision', () => {
    const copy = copyOf(anAnswer(), 1_700_000_000_000, 'abc')
    expect([...(copy?.headers ?? [])]).toEqual(
      expect.arrayContaining([
        ['x-saved-at', '1700000000000'],
        ['x-revision', 'abc'],
      ]),
    )
  })

  it.each([
    ['a page that is not there', anAnswer({ status: 404 })],
    ['a page that is gone', anAnswer({ status: 410 })],
    ['a fault', anAnswer({ status: 500 })],
    ['a part', anAnswer({ status: 206 })],
    ['another kind of file', anAnswer({ headers: { 'content-type': 'application/json' } })],
    ['an answer without a kind', anAnswer({ headers: {} }, {})],
    [
      'what the server wants nobody to store',
      anAnswer({ headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } }),
    ],
    ['the end of a redirect', anAnswer({}, { redirected: true })],
    ['another origin', anAnswer({}, { type: 'opaque' })],
  ])('is not made of %s', (_what, answer) => expect(copyOf(answer, 0)).toBeNull())

  it('tells its time to the page it shows', async () => {
    const copy = copyOf(anAnswer(), 42)
    const shown = await markedCopy(copy ? { cachedResponse: copy } : {})
    expect(await shown?.text()).toBe(html.replace('<html ', '<html data-saved-at="42" '))
  })
})

it.each([
  ['https://a.cn/', false, 'https://a.cn/'],
  ['https://a.cn/guides/x/', false, 'https://a.cn/guides/x'],
  ['https://a.cn/guides/x', false, 'https://a.cn/guides/x'],
  ['https://a.cn/post?edit=1#top', false, 'https://a.cn/post'],
  ['https://a.cn/c/goods/?district=x', true, 'https://a.cn/c/goods?district=x'],
])('%s is kept under one key', (address, keepsQuery, key) => expect(keyOf(address, keepsQuery)).toBe(key))

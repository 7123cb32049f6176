import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkParts } from '#domain/link-parts.ts'

const linked = (text: string) => linkParts(text).flatMap(({ text: shown, link }) => (link ? [[shown, link.host]] : []))

describe('addresses in a text', () => {
  it.each([
    ['详见 https://example.com/a?b=c。谢谢', [['https://example.com/a?b=c', 'example.com']]],
    ['（http://example.com:8080/x），', [['http://example.com:8080/x', 'example.com:8080']]],
    ['See https://example.com/a.', [['https://example.com/a', 'example.com']]],
    ['https://bank.example@evil.example/', [['https://bank.example@evil.example/', 'evil.example']]], // the host it leads to, not the one it pretends
    ['https://例子.example', [['https://例子.example', 'xn--fsqu00a.example']]],
    ['javascript:alert(1) data:text/html,x', []],
    ['https://', []],
    ['"https://example.com/"onmouseover=alert(1)', [['https://example.com/', 'example.com']]],
  ])('%s', (text, wanted) => expect(linked(text)).toEqual(wanted))

  it('joined, the parts are the text again, and no link is anything but http', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('https://a.b/', 'http://', '看 ', '。', '"', '<x>', 'javascript:', '@', '中')),
        (bits) => {
          const text = bits.join('')
          const parts = linkParts(text)
          expect(parts.map((part) => part.text).join('')).toBe(text)
          for (const { link } of parts) if (link) expect(link.href).toMatch(/^https?:\/\//)
        },
      ),
    ))
})

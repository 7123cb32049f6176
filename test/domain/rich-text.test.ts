/** What a guide's text may hold, and what of it is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRichText, richLinkOf, richTextBytes, bytesOf } from '#domain/rich-text.ts'
import { payloads } from '../fixtures/payloads.ts'
import { must } from '../fixtures/must.ts'
import { aDoc, aLink, aPicture, everyNode, para, words } from '../fixtures/rich-text.ts'

const picture = (attrs: object) => aDoc({ type: 'image', attrs: { src: aPicture, ...attrs } })
const faultOf = (value: unknown) => {
  const parsed = parseRichText(value)
  return parsed.ok ? undefined : parsed.error
}

describe('a rich text', () => {
  it('comes out as it went in, every node and mark', () => {
    expect(must(parseRichText(everyNode))).toEqual(everyNode)
    expect(must(parseRichText({ type: 'doc' }))).toEqual({ type: 'doc' })
  })

  // prettier-ignore
  it.each([
    ['nothing', undefined, 'malformed'],
    ['a text', '<p>', 'malformed'],
    ['a list', [], 'malformed'],
    ['another root', para('x'), 'misplaced'],
    ['a node nobody knows', aDoc({ type: 'iframe', attrs: { src: 'https://e.example/' } }), 'unknown'],
    ['a picture from elsewhere', picture({ src: 'https://e.example/x.png' }), 'image'],
    ['a picture without a scheme', picture({ src: `//e.example${aPicture}` }), 'image'],
    ['a picture that climbs', picture({ src: `${aPicture}/../../metrics` }), 'image'],
    ['a picture in itself', picture({ src: 'data:image/svg+xml,<svg onload="x()">' }), 'image'],
    ['a picture that is code', picture({ src: 'javascript:x()' }), 'image'],
    ['a picture of nothing', picture({ src: undefined }), 'image'],
    ['a picture with a handler', picture({ onerror: 'x()' }), 'unknown'],
    ['a picture with a style', picture({ style: 'position:fixed' }), 'unknown'],
    ['a picture with more words than one reads', picture({ alt: 'x'.repeat(501) }), 'image'],
    ['a picture with words that turn', picture({ alt: 'a\u202Eb' }), 'controls'],
    ['a picture among words', aDoc({ type: 'paragraph', content: [{ type: 'image', attrs: { src: aPicture } }] }), 'misplaced'],
    ['a name of every object', aDoc({ type: 'constructor' }), 'unknown'],
    ['a heading of the page itself', aDoc({ type: 'heading', attrs: { level: 1 } }), 'unknown'],
    ['a heading without a level', aDoc({ type: 'heading' }), 'unknown'],
    ['an attribute nobody knows', aDoc({ type: 'paragraph', attrs: { style: 'position:fixed' } }), 'unknown'],
    ['a handler beside the attributes', aDoc({ ...para('x'), onclick: 'x()' }), 'unknown'],
    ['words in a list without an item', aDoc({ type: 'bulletList', content: [words('x')] }), 'misplaced'],
    ['words in no block', aDoc(words('x')), 'misplaced'],
    ['a block among words', aDoc({ type: 'paragraph', content: [para('x')] }), 'misplaced'],
    ['a list of nothing', aDoc({ type: 'bulletList', content: [] }), 'empty'],
    ['a table of nothing', aDoc({ type: 'table' }), 'empty'],
    ['content that is no list', aDoc({ type: 'paragraph', content: 'x' }), 'malformed'],
    ['words of no length', aDoc(para('')), 'malformed'],
    ['words that are none', aDoc({ type: 'paragraph', content: [{ type: 'text', text: 1 }] }), 'malformed'],
    ['words that turn the direction', aDoc(para('a\u202Eb')), 'controls'],
    ['half a character', aDoc(para('a\uD800')), 'controls'],
    ['a mark nobody knows', aDoc({ type: 'paragraph', content: [{ ...words('x'), marks: [{ type: 'textStyle' }] }] }), 'unknown'],
    ['a mark twice', aDoc({ type: 'paragraph', content: [{ ...words('x'), marks: [{ type: 'bold' }, { type: 'bold' }] }] }), 'malformed'],
    ['a link with a target', aDoc({ type: 'paragraph', content: [{ ...words('x'), marks: [{ type: 'link', attrs: { href: 'https://e.example', target: '_top' } }] }] }), 'unknown'],
    ['a link to nowhere', aDoc({ type: 'paragraph', content: [{ ...words('x'), marks: [{ type: 'link' }] }] }), 'link'],
    ['a start that is no number', aDoc({ type: 'orderedList', attrs: { start: '1' }, content: [] }), 'unknown'],
    ['a type that is no text and will not become one', JSON.parse('{"type":{"toString":null,"valueOf":null}}'), 'unknown'],
    ['an own __proto__', JSON.parse('{"type":"doc","__proto__":{}}'), 'unknown'],
  ] as const)('%s is refused', (_, value, kind) => expect(faultOf(value)?.kind).toBe(kind))

  it('ends at a depth, wherever it is', () => {
    const nested = (depth: number): object =>
      depth === 0 ? para('x') : { type: 'blockquote', content: [nested(depth - 1)] }
    expect(faultOf(aDoc(nested(9)))).toBeUndefined()
    expect(faultOf(aDoc(nested(10)))?.kind).toBe('too-deep')
    expect(faultOf(aDoc(nested(5000)))?.kind).toBe('too-deep')
    const round: { type: string; content: object[] } = { type: 'blockquote', content: [] }
    round.content.push(round)
    expect(faultOf(aDoc(round))?.kind).toBe('too-deep')
  })

  it('ends at 200 kB of UTF-8, not of characters', () => {
    const room = richTextBytes - bytesOf(aDoc(para('x'))) + 1
    expect(faultOf(aDoc(para('x'.repeat(room))))).toBeUndefined()
    expect(faultOf(aDoc(para('x'.repeat(room + 1))))?.kind).toBe('too-large')
    expect(faultOf(aDoc(para('修'.repeat(Math.ceil((room + 1) / 3)))))?.kind).toBe('too-large')
  })

  it('never throws, whatever it is given, and what it takes it takes again', () => {
    const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withObjectString: true })
    const node = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.oneof(fc.constantFrom('paragraph', 'heading', 'table', 'listItem', 'text', 'bulletList'), anything),
          attrs: anything,
          content: fc.array(tie('node'), { maxLength: 3 }),
          text: fc.oneof(fc.string(), anything),
          marks: fc.array(fc.record({ type: fc.oneof(fc.constantFrom('bold', 'link'), anything), attrs: anything })),
        },
        { requiredKeys: [] },
      ),
    })).node
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          fc.array(node).map((content) => ({ type: 'doc', content })),
        ),
        (value) => {
          const parsed = parseRichText(value)
          if (parsed.ok) expect(must(parseRichText(JSON.parse(JSON.stringify(parsed.value))))).toEqual(parsed.value)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a link', () => {
  it.each([
    ['https://e.example/a?b#c', 'e.example'],
    ['http://bank.example@evil.example/', 'evil.example'],
    ['mailto:shop@e.example', 'shop@e.example'],
    ['tel:+8612315', '+8612315'],
  ])('%s leads to %s', (href, host) => expect(richLinkOf(href)?.host).toBe(host))

  it.each([
    '/guides',
    '#x',
    '//e.example',
    'javascript:x()',
    'data:text/html,x',
    'blob:https://e.example/x',
    'ftp://e',
    'file:///etc',
  ])('%s is refused', (href) => {
    expect(richLinkOf(href)).toBeUndefined()
    expect(faultOf(aDoc(aLink(href)))?.kind).toBe('link')
  })

  it('of a hostile text is none, or one of the four', () => {
    for (const href of payloads) expect(richLinkOf(href)?.href ?? 'https:').toMatch(/^(https?|mailto|tel):/)
  })
})

/** The parts of the guide editor that need no page: addresses as people type them, Markdown files, lines that several write. */
import { createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { exported } from '../../src/guides/editor/exported.ts'
import { hrefOf } from '../../src/guides/editor/link-href.ts'
import { textOfFile, titleAndBody } from '../../src/guides/editor/markdown.ts'
import { createSharedLine } from '../../src/guides/editor/shared-line.ts'
import { tableToMarkdown } from '../../src/guides/editor/table-markdown.ts'

describe('an address', () => {
  it.each([
    ['shop.example', 'https://shop.example/'],
    [' shop.example/a?b ', 'https://shop.example/a?b'],
    ['localhost:4321', undefined],
    ['http://shop.example', 'http://shop.example/'],
    ['help@shop.example', 'mailto:help@shop.example'],
    ['12315', 'tel:12315'],
    ['+86 633 555 0100', 'tel:+866335550100'],
    ['javascript:x()', undefined],
    ['data:text/html,x', undefined],
    ['/guides', undefined],
    ['just words', undefined],
    ['', undefined],
  ])('typed as %j leads to %s', (typed, href) => expect(hrefOf(typed)).toBe(href))
})

describe('a Markdown file', () => {
  it.each([
    ['# A title #\n\ntext', 'A title', '\ntext'],
    ['\n#  A title', 'A title', ''],
    ['# A title\r\ntext', 'A title', 'text'],
    ['## No title', undefined, '## No title'],
    ['#tag', undefined, '#tag'],
    ['', undefined, ''],
  ])('%j begins with its title', (text, title, body) => expect(titleAndBody(text)).toEqual({ title, body }))

  it('is read where it is UTF-8 and not too much', async () => {
    expect(await textOfFile(new File(['# 售后'], 'a.md'))).toBe('# 售后')
    expect(await textOfFile(new File([new Uint8Array([0xca, 0xdb, 0xba, 0xf3])], 'gbk.md'))).toBeUndefined()
    expect(await textOfFile(new File([new Uint8Array(1_000_001)], 'large.md'))).toBeUndefined()
  })

  it('has a line for every row of a table, and no cell breaks out of it', () => {
    const cell = (type: string, text: string) => ({ type, content: [{ type: 'paragraph', text }] })
    const table = {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [cell('tableCell', 'a|b'), cell('tableCell', 'c\\|d'), cell('tableCell', 'e\nf')],
        },
        { type: 'tableRow', content: [cell('tableCell', 'g')] },
      ],
    }
    expect(tableToMarkdown(table, ([block]) => String(block?.['text']))).toBe(
      ['|  |  |  |', '| --- | --- | --- |', '| a\\|b | c\\|d | e<br>f |', '| g |  |  |'].join('\n'),
    )
  })
})

it('what an editor adds for itself is not exported', () =>
  expect(
    exported({
      type: 'doc',
      content: [
        { type: 'orderedList', attrs: { start: 1, type: null }, content: [] },
        { type: 'tableCell', attrs: { colspan: 1, rowspan: 1, colwidth: null } },
        { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'https://e.example', class: null } }] },
      ],
    }),
  ).toEqual({
    type: 'doc',
    content: [
      { type: 'orderedList', content: [] },
      { type: 'tableCell' },
      { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'https://e.example' } }] },
    ],
  }))

describe('a line that several write', () => {
  const aDesk = () => {
    const doc = new Doc()
    return { doc, line: createRoot(() => createSharedLine(doc.getMap('meta'), 'title')) }
  }
  const meet = (a: Doc, b: Doc) => {
    applyUpdate(a, encodeStateAsUpdate(b))
    applyUpdate(b, encodeStateAsUpdate(a))
  }

  it('is the same for both after both wrote at once, and who lost has his words', () => {
    const [one, two] = [aDesk(), aDesk()]
    one.line.write('一')
    two.line.write('二')
    meet(one.doc, two.doc)
    expect(one.line.text()).toBe(two.line.text())
    const [kept, lost] = one.line.text() === '一' ? [one, two] : [two, one]
    expect(kept.line.overwritten()).toBeUndefined()
    expect(lost.line.overwritten()).toBe(lost === one ? '一' : '二')
    lost.line.putBack()
    meet(one.doc, two.doc)
    expect(kept.line.text()).toBe(lost.line.text())
    expect(lost.line.overwritten()).toBeUndefined()
  })

  it('is empty where something else stands there', () => {
    const { doc, line } = aDesk()
    doc.getMap('meta').set('title', { html: '<b>' })
    expect(line.text()).toBe('')
  })
})

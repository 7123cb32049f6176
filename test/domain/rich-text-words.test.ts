/** What search and the table of contents read of a guide. */
import { describe, expect, it } from 'vitest'
import { parseRichText } from '#domain/rich-text.ts'
import { headings, plainText } from '#domain/rich-text-words.ts'
import { must } from '../fixtures/must.ts'
import { aDoc, everyNode, heading, para, words } from '../fixtures/rich-text.ts'

const read = (value: unknown) => must(parseRichText(value))

describe('the words', () => {
  it('stand apart where blocks do, and together where marks are', () => {
    const marked = {
      type: 'paragraph',
      content: [{ ...words('免费'), marks: [{ type: 'bold' }] }, words('修'), { type: 'hardBreak' }, words('当天')],
    }
    expect(plainText(read(aDoc(heading(2, '退货'), para('七天'), marked)))).toBe('退货\n七天\n免费修\n当天')
  })

  it('come from every node that has any', () => expect(plainText(read(everyNode)).split('\n')).toHaveLength(12))
})

describe('the headings', () => {
  const idsOf = (...blocks: readonly object[]) => headings(read(aDoc(...blocks))).map(({ id }) => id)

  it('have ids of their words, whatever is put before them', () => {
    expect(idsOf(heading(2, '怎样 退货？'), heading(3, 'By post!'))).toEqual(['s-怎样-退货-', 's-by-post-'])
    expect(idsOf(para('new'), heading(2, '先看'), heading(2, '怎样 退货？'))[1]).toBe('s-怎样-退货-')
  })

  it('are counted where they say the same, and left out where they say nothing', () => {
    const ids = idsOf(heading(2, 'A'), heading(2, 'a'), heading(2, 'A 2'), heading(2, 'a-2'), heading(3, ' '))
    expect(ids).toEqual(['s-a', 's-a--2', 's-a-2', 's-a-2--2'])
  })

  it('have ids without half characters, however long they are', () =>
    expect(idsOf(heading(2, '𠮷'.repeat(60)))[0]).toBe(`s-${'𠮷'.repeat(40)}`))
})

/** What is said beside a message: how its listing stands as far as this device knows, and what the house rules say to a text. */
import { describe, expect, it } from 'vitest'
import { houseHints } from '#src/messages/house-hint.ts'
import { seenIn, standingOf } from '#src/messages/listing-state.ts'

const now = 1_795_000_000_000
const seen = (life: string, until = now + 1) => ({ life: life as 'live', until })

describe('a listing', () => {
  it.each([
    ['nothing is known of', {}, undefined],
    ['is live by its page', { seen: seen('live') }, undefined],
    ['has passed the end its page told', { until: now - 1 }, 'expired'],
    ['has passed the end on its saved page', { seen: seen('live', now - 1) }, 'expired'],
    ['was renewed after its page was saved', { seen: seen('live', now - 1), until: now + 1 }, undefined],
    ['is sold by its saved page', { seen: seen('sold') }, 'sold'],
    ['is withdrawn by its saved page', { seen: seen('withdrawn'), until: now + 1 }, 'withdrawn'],
    ['is hidden, whatever a page says', { seen: seen('live'), isHidden: true }, 'hidden'],
  ] as const)('that %s', (_, known, standing) =>
    expect(standingOf({ isHidden: false, seen: undefined, until: undefined, now, ...known })).toBe(standing),
  )

  it('is read off the page, and off nothing else', () => {
    expect(seenIn('<aside id="contact" data-life="sold" data-until="5"><p>')).toEqual({ life: 'sold', until: 5 })
    for (const other of [
      '',
      '<p data-life="sold">',
      '<p data-life="x" data-until="5">',
      '<p data-life="sold" data-until="y">',
    ])
      expect(seenIn(other)).toBeUndefined()
  })
})

describe('a text', () => {
  it.each([
    ['书桌还在吗？周六上午可以来看，四点以后也行。', []],
    ['我的电话是 13812345678', ['HR-2']],
    ['加我一三八一二三四五六七八', ['HR-2']],
    ['微信 abcd12345', ['HR-2']],
    ['先交押金再看货', ['HR-6']],
    ['可以办贷款，电话 13812345678', ['HR-2', 'HR-5']],
    ['全网最低', []], // a superlative between two people harms nobody
  ] as const)('“%s” is told of %o', (text, rules) =>
    expect(houseHints(text, 'person').map(({ rule }) => rule)).toEqual(rules),
  )

  it('among friends has one rule more', () => {
    expect(houseHints('一夜情', 'person')).toEqual([])
    expect(houseHints('一夜情', 'friends')).toEqual([{ rule: 'HR-7', got: '一夜情' }])
  })
})

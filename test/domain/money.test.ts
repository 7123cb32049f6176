import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commitmentOf, isContact, matchesCommitment, spellingOf } from '#domain/contact.ts'
import { localeOfPath, localePath, locales, wordIn } from '#domain/locale.ts'
import { fenOfText, maxFen, yuanOfFen } from '#domain/money.ts'

describe('a price as people type it', () => {
  it.each([
    ['2350', 235_000],
    ['2,350', 235_000],
    ['２３５０', 235_000],
    [' ¥1200.5 ', 120_050],
    ['800.50元', 80_050],
    ['0', 0],
    ['0.01', 1],
  ])('%s is %i fen', (text, fen) => expect(fenOfText(text)).toEqual({ ok: true, value: fen }))

  it.each(['', '1e30', '-1', '1.234', 'NaN', 'Infinity', '0x10', '1 000', '一千', '1..2'])('%j is refused', (text) =>
    expect(fenOfText(text)).toEqual({ ok: false, error: { kind: 'price-form' } }),
  )

  it('above the limit is refused with the limit', () => {
    expect(fenOfText('999999999999')).toEqual({ ok: false, error: { kind: 'price-range', maxFen } })
    expect(fenOfText('11', 1000)).toEqual({ ok: false, error: { kind: 'price-range', maxFen: 1000 } })
  })

  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.nat(maxFen), (fen) => void expect(fenOfText(yuanOfFen(fen))).toEqual({ ok: true, value: fen })),
    )
    expect(['235000', '80050', '100000000', '5'].map((fen) => yuanOfFen(Number(fen)))).toEqual([
      '2,350',
      '800.50',
      '1,000,000',
      '0.05',
    ])
  })
})

describe('a contact', () => {
  const held = { contact: { kind: 'phone', value: '199 0000 0123' }, key: 'AAECAwQFBgcICQoLDA0ODw' } as const

  it('matches its own commitment and no other', async () => {
    const commitment = await commitmentOf(held)
    expect(commitment).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await matchesCommitment(held, commitment)).toBe(true)
    expect(await matchesCommitment({ ...held, contact: { kind: 'phone', value: '19900000124' } }, commitment)).toBe(
      false,
    )
    expect(await matchesCommitment({ ...held, key: 'BAECAwQFBgcICQoLDA0ODw' }, commitment)).toBe(false)
  })

  it('is one number however it is spelled', () => {
    const spelled = ['19900000123', '199 0000 0123', '199-0000-0123', '+86 19900000123'].map((value) =>
      spellingOf({ kind: 'phone', value }),
    )
    expect(new Set(spelled).size).toBe(1)
  })

  it.each([
    ['phone', '19900000123', true],
    ['phone', '0633-8000000', true],
    ['phone', 'call me', false],
    ['phone', '12', false],
    ['wechat', 'sample_zhou', true],
    ['wechat', '12345', false],
    ['qq', '10001', true],
    ['qq', '0123', false],
    ['email', 'a@example.org', true],
    ['email', 'a@b', false],
  ] as const)('%s %s has the right form: %s', (kind, value, expected) =>
    expect(isContact({ kind, value })).toBe(expected),
  )
})

describe('locales', () => {
  it.each([
    ['/', 'zh-Hans', '/'],
    ['/en', 'en', '/'],
    ['/en/guides', 'en', '/guides'],
    ['/zh-hant/c/goods', 'zh-Hant', '/c/goods'],
    ['/english', 'zh-Hans', '/english'],
  ] as const)('%s is %s %s', (path, locale, rest) => expect(localeOfPath(path)).toEqual({ locale, path: rest }))

  it('a path goes there and back', () => {
    for (const locale of locales)
      for (const path of ['/', '/guides', '/c/goods'])
        expect(localeOfPath(localePath(locale, path))).toEqual({ locale, path })
    expect([wordIn({ zh: '二手', en: 'Goods' }, 'zh-Hant'), wordIn({ zh: '二手', en: 'Goods' }, 'en')]).toEqual([
      '二手',
      'Goods',
    ])
  })
})

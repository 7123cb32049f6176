import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { fold } from '#domain/fold.ts'
import { maxQueryLength } from '#domain/query.ts'
import { containsWords } from '#domain/runs.ts'
import { queryNeeds, queryTokens, textTokens, titleTokens } from '#domain/text.ts'

const answers = (tokens: readonly string[], query: string): boolean => {
  const held = new Set(tokens)
  return queryNeeds(query).every(({ ways }) => ways.some((way) => way.every((token) => held.has(token))))
}

describe('cutting', () => {
  it.each([
    ['电动车', ['电动', '动车', '电', '动', '车']],
    ['车', ['车']],
    ['A1', ['a1', 'a', '1']],
    ['iPad', ['ipad', 'ip', 'pa', 'ad', 'i', 'p', 'a', 'd']],
    ['8:30 出发', ['8', '30', '3', '0', '出发', '出', '发']],
    ['', []],
    ['🚲——！', []],
  ])('the title %s gives %j', (title, tokens) => expect(titleTokens(title)).toEqual(tokens))

  it.each([
    ['很好的电动车', ['很好', '好的', '的电', '电动', '动车']],
    ['现价15元钱', ['现价', '价', '15', '元钱', '元']], // ends that touch a word, so that `15元` is found
    ['现价 15 元钱', ['现价', '15', '元钱']],
    ['第3层', ['第', '3', '层']],
  ])('the text %s gives %j', (text, tokens) => expect(textTokens(text)).toEqual(tokens))

  it('asks each token once, in the order typed', () => expect(queryTokens('书桌 iPad 书桌')).toEqual(['书桌', 'ipad']))
  it('asks a long word whole, or by its pieces', () =>
    expect(queryNeeds('pad')).toEqual([{ run: 'pad', ways: [['pad'], ['pa', 'ad']] }]))
  it('reads an overlong query only up to its limit', () =>
    expect(queryTokens('车'.repeat(5_000) + '位')).toEqual(['车车']))
  it('keeps whole characters at the limit', () =>
    expect(queryNeeds('𠮷'.repeat(300))[0]?.run).toBe('𠮷'.repeat(maxQueryLength)))
})

const han = fc.constantFrom(...'日照信息港二手电动车售后服务房屋出租求职招聘售後服務電動車儘餘裡着〇々㐂𠮷')
const latin = fc.constantFrom(...'abcxyzABCIPhone0123456789ＡＢ９éß')
const other = fc.constantFrom(...' ，。！/:-~^*+()“”🚲\u200d')
const title = fc.array(
  fc.oneof({ weight: 5, arbitrary: han }, { weight: 4, arbitrary: latin }, { weight: 2, arbitrary: other }),
  { minLength: 4, maxLength: 40 },
)
const cut = fc.tuple(title, fc.nat(), fc.integer({ min: 2, max: 4 })).map(([characters, start, length]) => {
  const from = start % (characters.length - 1)
  return { whole: characters.join(''), fragment: characters.slice(from, from + length).join('') }
})

describe('recall', () => {
  it('every fragment of 2 to 4 characters of a title finds it', () =>
    fc.assert(
      fc.property(cut, ({ whole, fragment }) => answers(titleTokens(whole), fragment)),
      { numRuns: 5_000 },
    ))

  it('every single character of a title finds it', () =>
    fc.assert(
      fc.property(title, (characters) => characters.every((one) => answers(titleTokens(characters.join('')), one))),
    ))

  it('a stretch of a text finds it where it is two characters of one run, or runs that touch', () => {
    const hanRun = fc.string({ unit: han, minLength: 2, maxLength: 6 })
    const word = fc.string({ unit: fc.constantFrom(...'ab12'), minLength: 1, maxLength: 4 })
    const touching = fc.tuple(hanRun, word, hanRun, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    fc.assert(
      fc.property(touching, ([before, middle, after, left, right]) => {
        const query = [...before].slice(-left).join('') + middle + [...after].slice(0, right).join('')
        const text = `${before}${middle}${after}`
        return answers(textTokens(text), query) && answers(textTokens(text), [...before].slice(0, 2).join(''))
      }),
    )
  })

  it('every hit for Han of one run holds its pairs, so a word that is nowhere finds nothing', () => {
    expect(answers(titleTokens('二手电动车'), '汽车')).toBe(false)
    expect(answers(titleTokens('iPad 保护壳'), 'iphone')).toBe(false)
    expect(answers(textTokens('很新的电动车'), '车电')).toBe(false)
  })

  it('both scripts find each other', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('售后服务', '售後服務'),
        fc.constantFrom('售后', '售後', '後服', '后服'),
        (whole, query) => answers(titleTokens(whole), query),
      ),
    ))
})

describe('hostile text', () => {
  it.each([
    '8:30',
    'iphone~',
    'a^',
    '-',
    '+',
    '*',
    'title:x',
    '',
    ' ',
    '\u0000',
    '\ud800',
    'שלום עולם',
    'مرحبا',
    '👨‍👩‍👧‍👦',
    '"',
    '\\',
    'constructor __proto__',
    'x'.repeat(5_000),
  ])('%j is cut without an exception, and finds the title it stands in', (text) =>
    expect(answers(titleTokens(text), text)).toBe(true),
  )
  it('any text at all is cut', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => answers(titleTokens(text.slice(0, 40)), text.slice(0, 40)) && Array.isArray(textTokens(text)),
      ),
    ))
})

describe('containsWords', () => {
  it.each([
    ['小牛電動車 G400', '电动 g4', true],
    ['小牛電動車', '电车', false],
    ['anything', '~', true],
  ])('%s / %s: %s', (text, query, found) => expect(containsWords(text, query)).toBe(found))
  it('agrees with a plain look', () => expect(fold('日照新市區')).toContain(fold('新市区')))
})

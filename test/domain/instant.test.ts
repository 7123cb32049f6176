import { expect, it } from 'vitest'
import { instantWords } from '#domain/instant.ts'

it.each([
  ['zh-Hans', '2026 年 11 月 27 日 17:56'],
  ['zh-Hant', '2026 年 11 月 27 日 17:56'],
  ['en', '27 Nov 2026, 17:56'],
] as const)('a day and its time in %s', (locale, words) =>
  expect(instantWords(Date.UTC(2026, 10, 27, 9, 56), locale, 'Asia/Shanghai').replaceAll('\u00a0', ' ')).toBe(words),
)

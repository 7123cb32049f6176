import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { fold, foldPairs } from '#domain/fold.ts'
import { foldPairs as pairsOfOpenCC } from '../fixtures/fold-pairs.ts'

describe('fold', () => {
  it('holds exactly the pairs that follow from the tables of OpenCC', () => {
    expect(foldPairs).toBe(pairsOfOpenCC())
    expect(foldPairs.length / 2).toBeGreaterThan(2_500)
  })

  it('reaches the end in one step: no result is itself a variant', () => {
    for (let i = 1; i < foldPairs.length; i += 2) expect(fold(foldPairs.charAt(i))).toBe(foldPairs.charAt(i))
  })

  it.each([
    ['售後服務', '售后服务'],
    ['二手電動車', '二手电动车'],
    ['租屋裏面', '租屋里面'],
    ['台灣 臺灣', '台湾 台湾'],
    ['ＩＰｈｏｎｅ　１２', 'iphone 12'],
    ['㎡', 'm2'],
    ['Ça Va', 'ça va'],
  ])('%s and %s are one spelling', (one, other) => expect(fold(one)).toBe(fold(other)))

  it('folding twice changes nothing', () => {
    const character = fc.oneof(
      fc.mapToConstant({ num: 0x6000, build: (n) => String.fromCharCode(0x3400 + n) }),
      fc.constantFrom(...'aZ９ｶ㎡Éß'),
    )
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => fold(fold(text)) === fold(text)),
      { numRuns: 500 },
    )
  })
})

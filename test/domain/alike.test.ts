/** HR-3: what is the same thing again, and what is another one. */
import { describe, expect, it } from 'vitest'
import { alike, bytesToSketch, isSameAgain, nearFrom, sketch, sketchToBytes } from '#domain/alike.ts'
import { aListing } from '../fixtures/town.ts'

const one = aListing()
const like = (change: Parameters<typeof aListing>[0]) => sketch(aListing(change))

describe('the same again', () => {
  it.each([
    ['word for word', {}, true],
    ['with spaces and marks between', { title: `${one.title} ！！` }, true],
    [
      'in other characters',
      { text: one.text.replaceAll('两', '兩').replaceAll('书', '書').replaceAll('长', '長') },
      true,
    ],
    ['under another kind', { sub: 'books' }, true],
    ['at another price', { priceFen: 30_000 }, false],
    ['with a field that differs', { fields: { ...one.fields, brand: '木言' } }, false],
    ['another thing', { title: '折叠餐桌，带四把椅子', text: '折叠餐桌，白色，能坐六个人，有一把椅子松。' }, false],
  ] as const)('%s: %j is %s', (_, change, same) => expect(isSameAgain(sketch(one), like(change))).toBe(same))

  const long =
    '两室一厅，南北通透，家电齐全，离学校和菜场都近，小区有电梯和车位，随时可以看房。房东自己的房子，没有中介，押一付三，水电民用价，可以养猫，不能养大狗，住得久一点的优先考虑。'
  it('a long text under another title is the same', () =>
    expect(isSameAgain(like({ title: '学校旁的两居室', text: long }), like({ title: '两居室出租', text: long }))).toBe(
      true,
    ))

  it('half of a long text with other words is near and not the same', () => {
    const near = alike(like({ text: long }), like({ text: long.slice(0, 66) }))
    expect(near).toBeLessThan(0.9)
    expect(near).toBeGreaterThan(nearFrom / 2)
  })
})

it('is 1 for the same, 0 for nothing in common, and the same both ways', () => {
  const [a, b] = [sketch(one), like({ title: '电动车一辆，有牌', text: '骑了三年，电池去年换过一次。' })]
  expect([alike(a, a), alike({ pieces: new Uint32Array() }, a)]).toEqual([1, 0])
  expect(alike(a, b)).toBe(alike(b, a))
  expect(alike(a, b)).toBeLessThan(0.2)
})

it('is kept in at most 260 bytes, and read back as it was', () => {
  const long = like({ text: Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('') })
  const bytes = sketchToBytes(long)
  expect(bytes.length).toBe(260)
  expect(bytesToSketch(bytes)).toEqual(long)
})

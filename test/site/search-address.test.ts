import { describe, expect, it } from 'vitest'
import { addressOf, readAddress } from '../../src/search/address.ts'

const read = (text: string) => readAddress(new URLSearchParams(text))

describe('a search as an address', () => {
  it.each([
    'q=%E7%94%B5%E5%8A%A8&category=vehicles&district=donggang&price-min=100&price-max=2000.5&km-max=50000&fuel=electric&sort=cheapest',
    'q=8%3A30',
    'category=goods&sub=digital&by=person',
    'district=lanshan&sort=newest',
    '',
  ])('%s is read and said again', (address) => expect(addressOf(read(address))).toBe(address))

  it.each([
    // the address, the one it means
    ['sort=odd&category=nothing&km-max=5&q=%20a%20', 'q=a'], // filters belong to a category
    ['category=goods&km-max=5&district=moon', 'category=goods'], // of another category, of no town
    ['category=vehicles&km-min=9&km-max=3', 'category=vehicles&km-min=3&km-max=9'],
    [`q=${'a'.repeat(5_000)}`, `q=${'a'.repeat(100)}`],
  ])('%s means %s', (given, meant) => expect(addressOf(read(given))).toBe(meant))
})

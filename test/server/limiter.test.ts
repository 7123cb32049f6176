import { expect, it } from 'vitest'
import { createLimiter } from '../../server/routes/limiter.ts'

it('lets an address ask so often and no more, until the window is over', () => {
  const limiter = createLimiter({ most: 2, windowMs: 1000 })
  expect([limiter.allows('a', 0), limiter.allows('a', 1), limiter.allows('a', 2)]).toEqual([true, true, false])
  expect(limiter.allows('b', 3)).toBe(true) // another address has its own count
  expect(limiter.allows('a', 999)).toBe(false)
  expect(limiter.allows('a', 1000)).toBe(true)
})

import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isProof, solveWork } from '../../src/domain/work.ts'

const zeroBits = (text: string): number => {
  const words = createHash('sha256').update(text).digest()
  const hex = words.toString('hex')
  return BigInt(`0x${hex}`) === 0n ? 256 : 256 - BigInt(`0x${hex}`).toString(2).length
}

describe('a proof of work', () => {
  it('is SHA-256 as everybody else computes it, for every length that fits', () => {
    for (let at = 0; at < 2000; at++) {
      const challenge = randomBytes(16)
        .toString('base64url')
        .slice(0, at % 23)
      const zeros = zeroBits(`${challenge}.${at}`)
      expect([isProof(challenge, String(at), zeros), isProof(challenge, String(at), zeros + 1)]).toEqual([true, false])
    }
  })

  it('is found, and is one', () => {
    const challenge = randomBytes(16).toString('base64url')
    const nonce = solveWork(challenge, 12) ?? ''
    expect(zeroBits(`${challenge}.${nonce}`)).toBeGreaterThanOrEqual(12)
    expect(isProof(challenge, nonce, 12)).toBe(true)
  })

  it('is given up after so many tries, and goes on from where it was', () => {
    const nonce = Number(solveWork('seed', 10))
    expect(solveWork('seed', 10, 0, nonce)).toBeUndefined()
    expect(solveWork('seed', 10, nonce, 1)).toBe(String(nonce))
  })

  it.each([
    ['too long for a block', 'x'.repeat(54), '12'],
    ['not ASCII', 'x', '\u00e9'],
  ])('%s is none, however few bits are asked for', (_, challenge, nonce) => {
    expect(isProof(challenge, nonce, 0)).toBe(false)
  })
})

/**
 * The proof of work that a key's first write costs: a nonce for which SHA-256 of `<challenge>.<nonce>` begins with so many
 * zero bits. WebCrypto's digest is a promise each and far too slow for this, so one block of SHA-256 is here, synchronous.
 */

/** What fits into one block beside the padding. */
const mostBytes = 55

/** The first nonce from `from` on that proves it, or undefined after `tries`; on average 2^bits are needed. */
export function solveWork(challenge: string, bits: number, from = 0, tries = Number.MAX_SAFE_INTEGER) {
  for (let nonce = from; nonce < from + tries; nonce++)
    if (isProof(challenge, String(nonce), bits)) return String(nonce)
  return undefined
}

export function isProof(challenge: string, nonce: string, bits: number): boolean {
  const text = `${challenge}.${nonce}`
  if (text.length > mostBytes || !/^[\x20-\x7e]*$/.test(text)) return false
  return leadingZeros(digestOf(text)) >= bits
}

function leadingZeros(words: Uint32Array): number {
  let zeros = 0
  for (const word of words) {
    zeros += Math.clz32(word)
    if (word !== 0) break
  }
  return zeros
}

const roundWords = fractionsOfRoots(64, 1 / 3)
const startWords = fractionsOfRoots(8, 1 / 2)

/** The first 32 bits of the fractions of the roots of the first primes, where SHA-256 has its constants from. */
function fractionsOfRoots(count: number, power: number): Uint32Array {
  const found = new Uint32Array(count)
  for (let prime = 2, at = 0; at < count; prime++) {
    if (isPrime(prime)) found[at++] = Math.floor((prime ** power % 1) * 2 ** 32)
  }
  return found
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false
  return true
}

const schedule = new Uint32Array(64)
const state = new Uint32Array(8)
const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** SHA-256 of at most 55 ASCII characters. The answer is overwritten by the next call. */
function digestOf(text: string): Uint32Array {
  const w = schedule
  w.fill(0, 0, 16)
  for (let at = 0; at < text.length; at++) w[at >> 2]! |= text.charCodeAt(at) << (24 - 8 * (at & 3))
  w[text.length >> 2]! |= 0x80 << (24 - 8 * (text.length & 3))
  w[15] = text.length * 8
  for (let at = 16; at < 64; at++) {
    const [a, b] = [w[at - 15]!, w[at - 2]!]
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)
    const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10)
    w[at] = w[at - 16]! + s0 + w[at - 7]! + s1
  }
  return rounds(w)
}

function rounds(w: Uint32Array): Uint32Array {
  let [a, b, c, d, e, f, g, h] = startWords as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let at = 0; at < 64; at++) {
    const big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const t1 = (h + big1 + ((e & f) ^ (~e & g)) + roundWords[at]! + w[at]!) | 0
    const t2 = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const end = [a, b, c, d, e, f, g, h]
  for (let at = 0; at < 8; at++) state[at] = startWords[at]! + end[at]!
  return state
}

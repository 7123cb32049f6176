/** Test vectors: what is written down on paper today must give the same identity for ever, in every language. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js'
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js'
import { entropyToWords, wordsToEntropy } from '../../src/identity/words.ts'
import { must } from '../fixtures/must.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

// The English spellings are those of the published BIP-39 vectors.
// prettier-ignore
const vectors = [
  ['00000000000000000000000000000000', '的的的的的的的的的的的在', 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about', 'did:key:z6Mko3SJvD1bCTR4BDP7t7UmDvVYTaxNKAejFuHMh1RH3bSh'],
  ['7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f', '枪疫霉尝俩闹饿贤枪疫霉卿', 'legal winner thank year wave sausage worth useful legal winner thank yellow', 'did:key:z6MkpbHr1k5JyFHjqDnkQcbLwusqBHvruJRbgjBDuskutzG4'],
  ['80808080808080808080808080808080', '壤对据人三谈我表壤对据不', 'letter advice cage absurd amount doctor acoustic avoid letter advice cage above', 'did:key:z6MkvATGT4rFtBB8ENwcK4pjAZNwUZqR47bx2SZnpQrzdm4g'],
  ['ffffffffffffffffffffffffffffffff', '歇歇歇歇歇歇歇歇歇歇歇逻', 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong', 'did:key:z6MkgKLt7ReVXuazCT8PeRFspnfKhxrDXL88biaxcTYTEX3U'],
  ['9e885d952ad362caeb4efe34a8e91bd2', '蒙台脱纪构硫浆霉感仅鱼汤', 'ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic', 'did:key:z6MktNqzDFiAskfKEczvjnD81GToRnhvVKHkfDMrpz7UbqhV'],
] as const
const [, , , , [, chinese, english]] = vectors

describe('the 12 words', () => {
  it.each(vectors)('of %s are spelled the same for ever and give the same did', async (hex, zh, en, did) => {
    expect(entropyToWords(bytesOf(hex), 'zh').join('')).toBe(zh)
    expect(entropyToWords(bytesOf(hex), 'en').join(' ')).toBe(en)
    for (const typed of [zh, en]) expect((await signerOf(must(wordsToEntropy(typed)), 'person')).did).toBe(did)
  })

  it('come back from any entropy, in both languages', () => {
    const entropies = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Uint8Array.from(bytes))
    fc.assert(
      fc.property(entropies, (entropy) => {
        for (const list of ['zh', 'en'] as const)
          expect(must(wordsToEntropy(entropyToWords(entropy, list).join(list === 'zh' ? '' : ' ')))).toEqual(entropy)
      }),
    )
  })

  it.each([
    ['spaces', [...chinese].join(' ')],
    ['full-width spaces', [...chinese].join('\u3000')],
    ['lines, numbers and commas', [...chinese].map((word, i) => `${i + 1}、${word}，`).join('\n')],
    ['capitals and double spaces', english.toUpperCase().replaceAll(' ', '  ')],
    ['full-width letters', english.replaceAll(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['no spaces in English', english.replaceAll(' ', '')],
  ])('are read with %s', (_, typed) => {
    expect(must(wordsToEntropy(typed))).toEqual(bytesOf(vectors[4][0]))
  })

  it('are read in traditional characters, every one of the list', () => {
    for (const [i, character] of traditional.entries()) {
      const typed = wordsToEntropy(character.repeat(12))
      const meant = wordsToEntropy((simplified[i] ?? '').repeat(12))
      expect(typed).toEqual(meant)
      expect(typed).not.toMatchObject({ error: { kind: 'word-unknown' } })
    }
  })

  it.each([
    ['', { kind: 'word-count', count: 0 }],
    [chinese.slice(0, 11), { kind: 'word-count', count: 11 }],
    [`${chinese}的`, { kind: 'word-count', count: 13 }],
    [`${chinese.slice(0, 4)}囧${chinese.slice(5)}`, { kind: 'word-unknown', word: '囧', place: 5 }],
    [english.replace('fiber', 'fibre'), { kind: 'word-unknown', word: 'fibre', place: 4 }],
    [`${chinese} zoo`, { kind: 'word-mixed' }],
    [[...chinese].toReversed().join(''), { kind: 'word-checksum' }], // every word is right, the order is not
    [english.replace('ozone', 'zoo'), { kind: 'word-checksum' }],
    [english.replaceAll(' ', '').replace('fiber', 'fibre'), { kind: 'word-unknown', word: 'fibrecur', place: 0 }],
  ])('typed as "%s" get their fault named', (typed, fault) => {
    expect(wordsToEntropy(typed)).toEqual({ ok: false, error: fault })
  })

  it('never take longer for a long text without spaces', () => {
    expect(wordsToEntropy('act'.repeat(400))).toMatchObject({ ok: false })
  })
})

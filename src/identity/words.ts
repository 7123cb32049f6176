/**
 * Entropy as 12 words to write down, and back (BIP-39 word lists and checksum). Only the entropy is spelled; the keys come
 * from it by HKDF, the same in every language (`mnemonicToSeed` would give other keys per language). Word lists are large:
 * this file is loaded only when somebody looks at words or types them.
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js'
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js'
import type { Bytes } from '#domain/bytes.ts'
import { err, ok, type Result } from '#domain/result.ts'

export type WordList = 'zh' | 'en'
const lists: Readonly<Record<WordList, string[]>> = { zh: simplified, en: english }
export const wordCount = 12

export type WordsFault =
  | { readonly kind: 'word-count'; readonly count: number }
  | { readonly kind: 'word-unknown'; readonly word: string; readonly place: number }
  | { readonly kind: 'word-mixed' }
  | { readonly kind: 'word-checksum' }

export const entropyToWords = (entropy: Bytes, list: WordList): readonly string[] =>
  entropyToMnemonic(entropy, lists[list]).split(' ')

/** As typed: any spaces and punctuation, or none; traditional characters count as their simplified ones. */
export function wordsToEntropy(typed: string): Result<Bytes, WordsFault> {
  const text = typed.normalize('NFKC').toLowerCase()
  const characters = text.match(/\p{Script=Han}/gu) ?? []
  const runs = text.match(/\p{Script=Latin}+/gu) ?? []
  if (characters.length > 0 && runs.length > 0) return err({ kind: 'word-mixed' })
  if (characters.length > 0) return entropyOf(characters.map(toSimplified), 'zh')
  const [run = ''] = runs
  return runs.length === 1 && run.length > 8 ? unspaced(run) : entropyOf(runs, 'en')
}

/** The two Chinese lists have the same character, in either spelling, at the same place. */
const toSimplified = (character: string): string =>
  simplified.includes(character) ? character : (simplified[traditional.indexOf(character)] ?? character)

function entropyOf(words: readonly string[], list: WordList): Result<Bytes, WordsFault> {
  const at = words.findIndex((word) => !lists[list].includes(word))
  if (at >= 0) return err({ kind: 'word-unknown', word: words[at] ?? '', place: at + 1 })
  if (words.length !== wordCount) return err({ kind: 'word-count', count: words.length })
  try {
    return ok(new Uint8Array(mnemonicToEntropy(words.join(' '), lists[list])))
  } catch {
    return err({ kind: 'word-checksum' }) // right words, but one is another, or the order is
  }
}

/** English without spaces: cut it in every way that gives 12 words; the checksum tells the right one. */
function unspaced(run: string): Result<Bytes, WordsFault> {
  const known = new Set(english)
  let furthest = 0
  const cut = (from: number, words: readonly string[]): Bytes | undefined => {
    furthest = Math.max(furthest, from)
    if (words.length === wordCount) {
      const read = from === run.length ? entropyOf(words, 'en') : undefined
      return read?.ok ? read.value : undefined
    }
    for (let length = 3; length <= 8; length++) {
      const word = run.slice(from, from + length)
      const rest = word.length === length && known.has(word) ? cut(from + length, [...words, word]) : undefined
      if (rest) return rest
    }
    return undefined
  }
  const entropy = cut(0, [])
  if (entropy) return ok(entropy)
  return furthest === run.length
    ? err({ kind: 'word-checksum' })
    : err({ kind: 'word-unknown', word: run.slice(furthest, furthest + 8), place: 0 })
}

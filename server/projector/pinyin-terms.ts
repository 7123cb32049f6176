/**
 * Terms of sound: `~shouhou` and the two characters, for the two-character tokens of titles, without tones, ü as v, one for each usual reading.
 * Nobody holds them; a browser that looks for Latin letters finds by them which characters sound so.
 */
import { pinyin } from 'pinyin-pro'

const pair = /^\p{Script=Han}{2}$/u
const mostReadings = 3

export function pinyinTerms(): { hear(tokens: readonly string[]): void; terms(): readonly string[] } {
  const heard = new Set<string>()
  return {
    hear(tokens) {
      for (const token of tokens) if (pair.test(token)) heard.add(token)
    },
    terms: () => [...heard].flatMap(termsOf).sort(),
  }
}

function termsOf(word: string): readonly string[] {
  const [first = [], second = []] = [...word].map(readingsOf)
  return first.flatMap((a) => second.map((b) => `~${a}${b}${word}`))
}

const readings = new Map<string, readonly string[]>()

function readingsOf(character: string): readonly string[] {
  const known = readings.get(character)
  if (known) return known
  const all = pinyin(character, { type: 'array', toneType: 'none', multiple: true, v: true })
  const usual = [...new Set(all)].filter((reading) => /^[a-z]+$/.test(reading)).slice(0, mostReadings)
  readings.set(character, usual)
  return usual
}

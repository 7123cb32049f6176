/**
 * Fills phrases as people talk: usual words often, rare ones seldom (a word's chance falls with its rank, as Zipf found), and a long tail
 * of invented names, so that the number of different two-character tokens goes on growing with the town as it does in real texts.
 */
import type { Chance } from '../chaos/chance.ts'
import { nameCharacters, pools } from './pools.ts'
import type { Trade } from './trade.ts'

export const tailNames = 60_000

const names = [...new Set(nameCharacters)]

export function createSpeech(chance: Chance) {
  const rank = (count: number): number =>
    Math.min(count - 1, Math.floor(Math.exp(chance.random() * Math.log(count + 1))) - 1)
  const usual = <T>(items: readonly T[]): T => items[rank(items.length)]!
  const between = (least: number, most: number): number => least + chance.below(most - least + 1)

  const gap = (slot: string, thing: string): string => {
    switch (slot) {
      case 'thing':
        return thing
      case 'tail':
        return tailName(rank(tailNames))
      case 'shop':
        return tailName(rank(tailNames)) + usual(pools.shopEnd)
      case 'n':
        return String(rank(9) + 1)
      case 'big':
        return String(chance.random() < 0.6 ? (rank(40) + 1) * 50 : between(11, 3999))
      case 'place':
        return chance.random() < 0.7 ? usual(pools.place) : tailName(rank(tailNames)) + usual(pools.tailEnd)
      default:
        return isPool(slot) ? usual(pools[slot]) : ''
    }
  }
  const filled = (phrase: string, things: readonly string[]): string =>
    phrase.replace(/\{(\w+)\}/g, (_, slot: string) => gap(slot, usual(things)))
  /** What no list foresees: words in any order, names among them. */
  const loose = (): string =>
    Array.from({ length: between(2, 5) }, () => `{${chance.pick(looseSlots)}}${usual(particles)}`).join('')

  return {
    usual,
    filled,
    /** A place, a shop, a tail name: what free fields hold. */
    word: (slot: string): string => gap(slot, ''),
    title(trade: Trade, things: readonly string[]): string {
      const title = cut(filled(usual(trade.titles), things), 40)
      return title.length >= 4 ? title : `${title}，诚心出`
    },
    /** Mostly 20 to 300 characters, now and then up to 2,000. */
    text(trade: Trade, things: readonly string[], common: readonly string[]): string {
      const length =
        chance.random() < 0.015 ? between(300, 1_990) : Math.floor(20 * Math.exp(chance.random() * Math.log(15)))
      const said = new Set<string>()
      let text = ''
      while (text.length < length) {
        const form = chance.random() < 0.3 ? loose() : chance.pick(chance.random() < 0.7 ? trade.clauses : common)
        if (said.has(form) && said.size < trade.clauses.length) continue // nobody says the same twice, unless he says much
        said.add(form)
        text += text === '' ? '' : chance.random() < 0.7 ? '，' : length > 300 && chance.random() < 0.3 ? '。\n' : '。'
        text += filled(form, things)
      }
      return `${cut(text, length > 300 ? 1_990 : Math.max(length, 20))}。`
    },
  }
}
export type Speech = ReturnType<typeof createSpeech>

const looseSlots = [
  'noun',
  'tail',
  'verb',
  'noun',
  'adj',
  'tail',
  'who',
  'spot',
  'model',
  'n',
  'colour',
  'thing',
] as const
const particles = [
  '',
  '的',
  '',
  '了',
  '和',
  '也',
  '不',
  '在',
  '有',
  '都',
  '很',
  '还',
  '就',
  '给',
  '过',
  '着',
  '对',
  '多',
  '再',
  '没',
] as const

const isPool = (slot: string): slot is keyof typeof pools => slot in pools

/** The same rank is the same name in every town. Two characters, three for the rarer. */
function tailName(rank: number): string {
  const mixed = Math.imul(rank + 1, 0x9e3779b1) >>> 0
  const at = (shift: number): string => {
    const part = (Math.imul(mixed ^ (mixed >>> shift), 0x85ebca6b) >>> 0) / 2 ** 32
    return names[Math.floor(names.length * part ** 2)]! // usual characters more often
  }
  return at(15) + at(7) + (rank % 3 === 2 ? at(11) : '')
}

/** Ends with a character that is seen. */
const cut = (text: string, most: number): string =>
  [...text]
    .slice(0, most)
    .join('')
    .replace(/[\s，。、：]+$/u, '')

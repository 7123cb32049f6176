/**
 * Text and queries in runs: a run of Han characters, or one of Latin letters and digits. Text is folded first; tokens,
 * which need a stemmer, stand in text.ts.
 */
import { fold } from './fold.ts'
import { cutQuery } from './query.ts'

const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu

export interface Run {
  readonly run: string
  /** Where it begins and ends in the folded text, in UTF-16 units. */
  readonly from: number
  readonly to: number
}

export const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run)

export const placedRuns = (text: string): readonly Run[] =>
  [...fold(text).matchAll(runs)].map(({ 0: run, index }) => ({ run, from: index, to: index + run.length }))

export const runsOf = (text: string): readonly string[] => placedRuns(text).map(({ run }) => run)

/** The runs of what somebody typed, up to its limit; whole characters. */
export const queryRuns = (query: string): readonly string[] => runsOf(cutQuery(query))

/** Whether the folded text contains the folded words, all of them, literally. */
export const containsWords = (text: string, query: string): boolean => {
  const folded = fold(text)
  return queryRuns(query).every((run) => folded.includes(run))
}

/** Every piece of `length` characters, overlapping; none when the run is shorter. */
export const piecesOf = (run: string, length: number): readonly string[] => {
  const characters = [...run]
  return characters.slice(length - 1).map((_, i) => characters.slice(i, i + length).join(''))
}

/** What a run is looked for by in a text that does not hold it whole. */
export const pairsOf = (run: string): readonly string[] => {
  const pairs = piecesOf(run, 2)
  return pairs.length > 0 ? pairs : [run]
}

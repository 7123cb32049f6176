/**
 * Text to search tokens; the same code cuts what is indexed and what is asked. Text is folded first. Runs of Han characters become
 * overlapping two-character tokens; runs of Latin letters and digits stay words. Titles also give single characters and the
 * two-character pieces of words, so that any fragment of a title finds it; texts give the end of a Han run where a word touches it,
 * so that a number typed with its unit finds the price in them.
 */
import { fold } from './fold.ts'

/** Characters of a query that count; the rest of an overlong one is not read. */
export const maxQueryLength = 100

const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run)

export const textTokens = (text: string): readonly string[] => {
  const all = [...fold(text).matchAll(runs)]
  return all.flatMap(({ 0: run, index }, i) => {
    const singles = isHan(run) ? piecesOf(run, 1) : []
    if (singles.length < 2) return [run]
    const before = all[i - 1]
    const touchedBefore = before !== undefined && before.index + before[0].length === index
    const touchedAfter = all[i + 1]?.index === index + run.length
    return [...piecesOf(run, 2), ...singles.slice(0, touchedBefore ? 1 : 0), ...(touchedAfter ? singles.slice(-1) : [])]
  })
}

export const titleTokens = (title: string): readonly string[] =>
  runsOf(title).flatMap((run) => [...new Set([...tokensOfRun(run), ...piecesOf(run, 2), ...piecesOf(run, 1)])])

/** The tokens a query needs: all of them are required. Each once, in the order typed. */
export const queryTokens = (query: string): readonly string[] => [...new Set(queryRuns(query).flatMap(tokensOfRun))]

/** One run of a query. A document answers it when it holds every token of one of the ways. */
export interface Need {
  readonly run: string
  readonly ways: readonly (readonly string[])[]
}

/** What a query asks for: every need. A word is met by itself, or, as a part of a longer one, by its pieces in a title. */
export const queryNeeds = (query: string): readonly Need[] =>
  [...new Set(queryRuns(query))].map((run) => {
    const tokens = tokensOfRun(run)
    return { run, ways: isHan(run) || run.length <= 2 ? [tokens] : [tokens, piecesOf(run, 2)] }
  })

/** Whether the folded text contains the folded words, all of them, literally. */
export const containsWords = (text: string, query: string): boolean => {
  const folded = fold(text)
  return queryRuns(query).every((run) => folded.includes(run))
}

const runsOf = (text: string): readonly string[] => fold(text).match(runs) ?? []
const queryRuns = (query: string): readonly string[] =>
  runsOf(
    Array.from(query.slice(0, 2 * maxQueryLength))
      .slice(0, maxQueryLength)
      .join(''),
  )

const tokensOfRun = (run: string): readonly string[] => {
  const pairs = isHan(run) ? piecesOf(run, 2) : []
  return pairs.length > 0 ? pairs : [run]
}

/** Every piece of `length` characters, overlapping; none when the run is shorter. */
const piecesOf = (run: string, length: number): readonly string[] => {
  const characters = [...run]
  return characters.slice(length - 1).map((_, i) => characters.slice(i, i + length).join(''))
}

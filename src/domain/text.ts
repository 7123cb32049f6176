/**
 * Text to search tokens; the same code cuts what is indexed and what is asked (runs.ts cuts both into runs). A Han run becomes
 * overlapping two-character tokens; a Latin word its stem (Porter), a number itself. Titles also give single characters and
 * the two-character pieces of words, so that any fragment of a title finds it; texts give the end of a Han run where a word
 * touches it, so that a number typed with its unit finds the price in them.
 */
import lunr from 'lunr'
import { isHan, pairsOf, piecesOf, placedRuns, queryRuns, runsOf } from './runs.ts'

export const textTokens = (text: string): readonly string[] => {
  const all = placedRuns(text)
  return all.flatMap(({ run, from, to }, i) => {
    if (!isHan(run)) return [stemOf(run)]
    const singles = piecesOf(run, 1)
    if (singles.length < 2) return [run]
    const touchedBefore = all[i - 1]?.to === from
    const touchedAfter = all[i + 1]?.from === to
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
export const queryNeeds = (query: string): readonly Need[] => [...new Set(queryRuns(query))].map(needOfRun)

export const needOfRun = (run: string): Need => ({
  run,
  ways: isHan(run) || run.length <= 2 ? [tokensOfRun(run)] : [tokensOfRun(run), piecesOf(run, 2)],
})

const tokensOfRun = (run: string): readonly string[] => (isHan(run) ? pairsOf(run) : [stemOf(run)])

/** Words of ASCII letters alone: what else there is of Latin is not English. */
const stemOf = (run: string): string => (/^[a-z]{3,}$/.test(run) ? stem(run) : run)
const stem = (word: string): string => lunr.stemmer(new lunr.Token(word, {})).toString()

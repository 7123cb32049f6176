/**
 * What somebody typed, read: words, "phrases", -words. A quote that is never closed is a word's neighbour and nothing more; a
 * minus counts only before a word and after a blank. Nothing a person can type is an error.
 */
import { cutQuery } from '#domain/query.ts'
import { queryRuns } from '#domain/runs.ts'
import { needOfRun, queryNeeds, type Need } from '#domain/text.ts'

export interface Typed {
  /** All required. */
  readonly needs: readonly Need[]
  /** Checked letter by letter on what is shown. */
  readonly phrases: readonly string[]
  /** None may be met. */
  readonly without: readonly Need[]
}

const quotes = /["“”„＂«»]([^"“”„＂«»]+)["“”„＂«»]/g
const minus = /(?:^|\s)[-－–—](?=[^\s\-－–—])(\S+)/g

export function readTyped(query: string): Typed {
  const cut = cutQuery(query)
  const phrases: string[] = []
  const without: string[] = []
  const plain = cut
    .replace(quotes, (_, phrase: string) => {
      phrases.push(phrase)
      return ` ${phrase} `
    })
    .replace(minus, (_, word: string) => {
      without.push(word)
      return ' '
    })
  const unwanted = [...new Set(without.flatMap(queryRuns))]
  return {
    needs: queryNeeds(plain),
    phrases: phrases.filter((phrase) => queryRuns(phrase).length > 0),
    without: unwanted.map(needOfRun),
  }
}

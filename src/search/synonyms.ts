/** Words that mean the same (`content/synonyms.json`): a need for one is met by the others as well. */
import * as z from 'zod/mini'
import { queryRuns } from '#domain/runs.ts'
import { needOfRun, type Need } from '#domain/text.ts'
import rows from '../../content/synonyms.json' with { type: 'json' }

/** Groups of words; a word of several runs is met only by all of them. */
export const SynonymRows = z.array(z.array(z.string().check(z.minLength(1))).check(z.minLength(2)))

interface Word {
  readonly text: string
  /** Of its runs, so that another form of an English word is the word. */
  readonly keys: readonly string[]
  readonly others: readonly string[]
}

const keyOf = ({ ways }: Need): string => (ways[0] ?? []).join(' ')

const words: readonly Word[] = SynonymRows.parse(rows)
  .flatMap((group) =>
    group.map((text) => ({
      text,
      keys: queryRuns(text).map((run) => keyOf(needOfRun(run))),
      others: group.filter((other) => other !== text),
    })),
  )
  .sort((a, b) => b.keys.length - a.keys.length) // the longest name of a thing first

/** Each need with the ways of its synonyms; `used` are the words that came in. */
export function withSynonyms(needs: readonly Need[]): {
  readonly needs: readonly Need[]
  readonly used: readonly string[]
} {
  const used: string[] = []
  const widened: Need[] = []
  const asked = needs.map(keyOf)
  for (let i = 0; i < needs.length;) {
    const word = words.find(({ keys }) => keys.every((key, k) => asked[i + k] === key))
    const own = needs.slice(i, i + (word?.keys.length ?? 1))
    const ways = word ? word.others.map(tokensOfWord) : []
    if (word) used.push(...word.others)
    widened.push({ run: own.map(({ run }) => run).join(' '), ways: [...joinedWays(own), ...ways] })
    i += own.length
  }
  return { needs: widened, used }
}

const tokensOfWord = (text: string): readonly string[] => queryRuns(text).flatMap((run) => needOfRun(run).ways[0] ?? [])

/** One way of each need after the other, for all combinations: a word of two runs is met by both. */
const joinedWays = (needs: readonly Need[]): readonly (readonly string[])[] =>
  needs.reduce<readonly (readonly string[])[]>(
    (all, { ways }) => all.flatMap((before) => ways.map((way) => [...before, ...way])),
    [[]],
  )

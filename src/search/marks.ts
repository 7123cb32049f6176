/** Where a query's words stand in a text: compared folded, shown as it was written. In the worker and on the server, which have the table; pages mark by marking.ts. */
import { fold } from '#domain/fold.ts'
import { isHan, pairsOf, queryRuns } from '#domain/runs.ts'
import type { Hit } from './asked.ts'
import { excerptLength, stretchOf } from './excerpt.ts'
import type { Part } from './marking.ts'

/** The pieces to mark in these lines, each once, as they are written there. */
export const marksOf = (hits: readonly Pick<Hit, 'title' | 'excerpt'>[], query: string): readonly string[] => {
  const texts = hits.flatMap(({ title, excerpt }) => [title, excerpt])
  const pieces = texts.flatMap((text) => marked(text, query).flatMap(({ text: piece, hit }) => (hit ? [piece] : [])))
  return [...new Set(pieces)]
}

/** The text in parts, in order; joined they are the text again. */
export function marked(text: string, query: string): readonly Part[] {
  const { folded, origin, characters } = foldedWithOrigin(text)
  const hits = new Set<number>()
  for (const word of wordsIn(folded, query))
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
      for (let i = at; i < at + word.length; i++) hits.add(origin[i] ?? -1)
  const parts: { text: string; hit: boolean }[] = []
  characters.forEach((character, i) => {
    const last = parts.at(-1)
    if (last?.hit === hits.has(i)) last.text += character
    else parts.push({ text: character, hit: hits.has(i) })
  })
  return parts
}

/** A stretch of the text around the first word it holds; its beginning when it holds none. One line. */
export function excerptOf(text: string, query: string): string {
  const line = text.replace(/\s+/g, ' ')
  const { folded, origin, characters } = foldedWithOrigin(line)
  const places = wordsIn(folded, query).map((word) => origin[folded.indexOf(word)] ?? 0)
  const first = places.length > 0 ? Math.min(...places) : 0
  const from =
    characters.length <= excerptLength ? 0 : Math.max(0, Math.min(first - 12, characters.length - excerptLength))
  return stretchOf(characters, from, first)
}

/** The query's runs the text holds; for a run it does not hold whole, the pieces of it that it does: of a Latin word its beginning. */
function wordsIn(folded: string, query: string): readonly string[] {
  return queryRuns(query).flatMap((run) => {
    if (folded.includes(run)) return [run]
    const isHeld = (piece: string) => folded.includes(piece)
    return isHan(run) ? pairsOf(run).filter(isHeld) : beginningsOf(run).filter(isHeld).slice(0, 1)
  })
}

/** A word without its ending, which its other forms do not share; the longest first. */
const beginningsOf = (word: string): readonly string[] =>
  Array.from({ length: longestEnding }, (_, cut) => word.slice(0, -cut - 1)).filter(({ length }) => length >= 4)
const longestEnding = 3

/** Folding may lengthen or shorten a character; `origin[i]` says which character of the text gave unit i of the folded one. */
function foldedWithOrigin(text: string) {
  const characters = [...text]
  const origin: number[] = []
  let folded = ''
  characters.forEach((character, i) => {
    const part = foldOf(character)
    folded += part
    for (let k = 0; k < part.length; k++) origin.push(i)
  })
  return { folded, origin, characters }
}

const foldedBefore = new Map<string, string>()
const mostFolded = 8_192 // as many characters as are in use

/** Texts are folded one character at a time here, and most of them come again and again. */
function foldOf(character: string): string {
  const known = foldedBefore.get(character)
  if (known !== undefined) return known
  const part = fold(character)
  if (foldedBefore.size < mostFolded) foldedBefore.set(character, part)
  return part
}

/** A stretch of a text that begins and ends at a word, and says with "…" where something is left out. Chinese has no spaces to look for: it is cut anywhere. */
export const excerptLength = 60

/**
 * @param characters of one line
 * @param from where it would begin by count alone, and the place (both indexes) that must be in it
 * @returns at most `excerptLength` of them and the two "…"
 */
export function stretchOf(characters: readonly string[], from = 0, held = from): string {
  const end = from + excerptLength
  const start = from > 0 ? wordEdge(characters, from, 1, held) : 0
  const stop = end < characters.length ? wordEdge(characters, end, -1, Math.max(held + 1, end - longestWord)) : end
  const cut = characters.slice(start, stop).join('').trim()
  const piece = from > 0 ? cut.replace(/^[.,;:!?，。；：、！？)）”’ ]+/, '') : cut // the end of the sentence before
  return `${from > 0 ? '…' : ''}${piece}${end < characters.length ? '…' : ''}`
}

const longestWord = 24

/** The next place on the way to `limit` that is not inside a word; where there is none, the place itself. */
function wordEdge(characters: readonly string[], at: number, step: 1 | -1, limit: number): number {
  for (let i = at; step * (limit - i) >= 0; i += step) if (!isInside(characters, i)) return i
  return at
}

const isInside = (characters: readonly string[], at: number): boolean =>
  inWord.test(characters[at - 1] ?? '') && inWord.test(characters[at] ?? '')
const inWord = /^(?!\p{Script=Han})[\p{L}\p{N}’'-]$/u

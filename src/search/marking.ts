/** A text in parts with what the worker found in it marked: the pieces come as they stand in the texts, so a page folds nothing. */

export interface Part {
  readonly text: string
  readonly hit: boolean
}

/** The text in parts, in order; joined they are the text again. */
export function partsOf(text: string, marks: readonly string[]): readonly Part[] {
  const hits = new Uint8Array(text.length)
  for (const mark of marks)
    for (let at = text.indexOf(mark); mark !== '' && at >= 0; at = text.indexOf(mark, at + 1))
      hits.fill(1, at, at + mark.length)
  const parts: Part[] = []
  for (let from = 0, to = 0; from < text.length; from = to) {
    while (to < text.length && hits[to] === hits[from]) to++
    parts.push({ text: text.slice(from, to), hit: hits[from] === 1 })
  }
  return parts
}

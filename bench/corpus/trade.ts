/** What the words of one category are, and how they are written down: a list by spaces, sentences by lines. */

export const list = (words: string): readonly string[] => words.trim().split(/\s+/)

export interface Trade {
  /** What it is about, by kind; a kind without a row takes those of `any`. */
  readonly things: Readonly<Record<string, readonly string[]>>
  readonly titles: readonly string[]
  readonly clauses: readonly string[]
}

export const lines = (text: string): readonly string[] => text.trim().split('\n')

/** What somebody typed, before it is folded and cut: pages need no more of it. */

/** Characters of a query that count; the rest of an overlong one is not read. */
export const maxQueryLength = 100

export const cutQuery = (query: string): string =>
  Array.from(query.slice(0, 2 * maxQueryLength))
    .slice(0, maxQueryLength)
    .join('')

/** Whether there is a letter or a digit in it to look for. */
export const hasWord = (query: string): boolean => /[\p{L}\p{N}]/u.test(cutQuery(query).normalize('NFKC'))

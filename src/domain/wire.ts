/**
 * The wire `wire/<edition>`: what changed since the edition was printed. A room of three maps, all values strings:
 *
 *   entries   id → a changed or new listing whole (entry.ts), as JSON
 *   dead      ordinal → JSON [title, text, labels]: the tokens of a printed entry that is changed, gone or over
 *   edition   'next' → the edition that follows; who reads it moves on
 */
export const wireMaps = { entries: 'entries', dead: 'dead', edition: 'edition' } as const
export const nextKey = 'next'

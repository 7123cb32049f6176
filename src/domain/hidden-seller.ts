/** Enough of a did to know it by: lists carry it with every line, so that a reader's own browser can leave out whom he has hidden. */
export const endOfDid = (did: string): string => did.slice(-12)

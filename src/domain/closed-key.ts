/** Why nothing of a key is taken any more, by whatever door it comes: it has said its own end, or its owner had all of it erased. */
export type ClosedKey = 'ended-key' | 'erased-key'

/** @param limit of an answer of the portal's */
export const isClosedKey = (limit: unknown): limit is ClosedKey => limit === 'ended-key' || limit === 'erased-key'

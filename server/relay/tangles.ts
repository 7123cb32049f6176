/**
 * Values that are each the first of their key. A client that sets a key again hangs its value on the one before, so there is
 * one for a key, and one more for each device that set it at the same time. Who makes thousands of them makes everybody who
 * opens the room, the projector included, compare each with all: two megabytes of them take Yjs minutes.
 */
import * as Y from 'yjs'

/** How many may come after one of the same key: in one update; and in a room, over all its keys. */
export const mostFirsts = { update: 64, room: 512 }

export const isFirstOfKey = (struct: Y.Item | Y.GC | Y.Skip): struct is Y.Item =>
  struct instanceof Y.Item && struct.parentSub !== null && struct.origin === null

/** How many of them come after one of the same key. */
export function repeatsIn(structs: readonly (Y.Item | Y.GC | Y.Skip)[]): number {
  const keys = new Set<string>()
  let repeats = 0
  for (const struct of structs) {
    if (!isFirstOfKey(struct)) continue
    const parent: unknown = struct.parent
    const key = JSON.stringify([parent instanceof Y.ID ? [parent.client, parent.clock] : parent, struct.parentSub])
    if (keys.has(key)) repeats++
    else keys.add(key)
  }
  return repeats
}

/** First values of keys are added up as they come, and looked at when they are twice what may be: a count reads all of the
 *  room, so there are at least as many new ones for each. Infinity: there are too many. */
interface Counted {
  firsts: number
}
export const isCountDue = ({ firsts }: Counted): boolean => firsts < Infinity && firsts > 2 * mostFirsts.room

/** @param bytes of all of the room @param news of an update */
export function isTangled(state: Counted, bytes: () => Uint8Array, news: { readonly firsts: number }): boolean {
  if (isCountDue(state)) {
    const repeats = repeatsIn(Y.decodeUpdate(bytes()).structs)
    state.firsts = repeats > mostFirsts.room ? Infinity : repeats
  }
  return state.firsts === Infinity && news.firsts > 0
}

/**
 * Values that lie tangled. Yjs puts a value beside its left neighbour at once when nothing else claims that place, and
 * otherwise compares it with what does (`Item.integrate` of yjs 13.6). Editors claim a taken place only when two people write
 * there at the same moment. Who does it thousands of times makes everybody who opens the room, the projector included,
 * compare each value with all: two megabytes of them take Yjs minutes. So they are counted: what is left is a chain, in
 * which each value names the one before it, or the one that stood at its place, and costs one step.
 */
import * as Y from 'yjs'

type Struct = Y.Item | Y.GC | Y.Skip

/** In one update, of what may be in a room. */
export const tanglesOfUpdate = (ofRoom: number): number => Math.ceil(ofRoom / 8)

/** Does not simply go on behind the value that its own client made just before: only such ones can tangle. */
export const isBranch = (struct: Struct): struct is Y.Item =>
  struct instanceof Y.Item && !(struct.origin && isNext(struct.origin, struct.id))

const isNext = (before: Y.ID, id: Y.ID): boolean => before.client === id.client && before.clock + 1 === id.clock

interface Place {
  /** How many of them are to the left of something that is no neighbour of theirs: one came first, the others met it. */
  loose: number
  readonly rights: Set<string>
}

/**
 * At how many taken places values were put, and how often: for the values behind one and the same neighbour those beyond the
 * first that are not to the left of another of them, and those that are to the left of the same one. At most as many as branches.
 */
export function tanglesIn(structs: readonly Struct[]): number {
  const branches = structs.filter(isBranch)
  if (branches.length < 2) return 0
  const find = finderIn(structs)
  const places = new Map<string, Place>()
  let tangles = 0
  const add = (key: string, right: Y.ID | null, isSibling: boolean): void => {
    const place = places.get(key)!
    if (!isSibling && ++place.loose > 1) tangles++
    if (!isSibling || !right) return
    if (place.rights.has(text(right))) tangles++
    place.rights.add(text(right))
  }
  for (const item of branches) {
    const { origin, rightOrigin: right } = item
    const key = placeOf(item)
    if (!places.has(key)) {
      places.set(key, { loose: 0, rights: new Set() })
      const follower = origin && find(origin.client, origin.clock + 1) // claims the place without being a branch
      if (follower && isBehind(follower, origin))
        add(key, follower.rightOrigin, isSiblingAt(follower.rightOrigin, origin, find))
    }
    add(key, right, isSiblingAt(right, origin, find))
  }
  return tangles
}

const text = ({ client, clock }: Y.ID): string => `${client} ${clock}`

/** What a value is put behind. With no neighbour at all it is the start of a list, or the key of a map. */
function placeOf({ origin, rightOrigin, parent, parentSub }: Y.Item): string {
  if (origin) return text(origin)
  if (rightOrigin) return 'start' // of which list is not said; its chain of neighbours says it
  const of: unknown = parent
  return JSON.stringify([of instanceof Y.ID ? text(of) : of, parentSub])
}

const isBehind = (item: Y.Item, origin: Y.ID): boolean =>
  item.id.client === origin.client && (item.id.clock <= origin.clock || !!(item.origin && isNext(item.origin, item.id)))

/** Whether the value at `id` is behind `origin` too. One that is not here is taken to be. */
function isSiblingAt(id: Y.ID | null, origin: Y.ID | null, find: Finder): boolean {
  const item = id && find(id.client, id.clock)
  if (!id || !item) return id !== null
  const itsOrigin = item.id.clock < id.clock ? new Y.ID(id.client, id.clock - 1) : item.origin
  return Y.compareIDs(itsOrigin, origin)
}

type Finder = (client: number, clock: number) => Y.Item | undefined

/** Of values; what was deleted with its parent is none. */
function finderIn(structs: readonly Struct[]): Finder {
  const byClient = Map.groupBy(structs, ({ id }) => id.client)
  for (const list of byClient.values()) list.sort((a, b) => a.id.clock - b.id.clock)
  return (client, clock) => {
    const list = byClient.get(client) ?? []
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (list[middle]!.id.clock <= clock) low = middle + 1
      else high = middle
    }
    const found = list[low - 1]
    return found instanceof Y.Item && clock < found.id.clock + found.length ? found : undefined
  }
}

/** Branches are added up as they come, and tangles counted when they are twice what may be: a count reads all of the room,
 *  so there are at least as many new ones for each. Infinity: a count found too many. */
interface Counted {
  branches: number
}

/** @param more branches that come at once, at most */
export const isCountDue = ({ branches }: Counted, most: number, more: number): boolean =>
  most > 0 && branches < Infinity && branches + more / 2 > 2 * most

/** @param most 0: no limit @param bytes of all of the room */
export function isTangled(
  state: Counted,
  most: number,
  bytes: () => Uint8Array,
  news: { readonly branches: number; readonly update: Uint8Array },
): boolean {
  if (news.branches === 0) return false
  if (isCountDue(state, most, news.branches)) {
    const room = Y.decodeUpdate(bytes()).structs
    const tangles = tanglesIn(room)
    state.branches = tangles > most ? Infinity : tangles
    if (tangles <= most && tanglesIn([...room, ...Y.decodeUpdate(news.update).structs]) > most) {
      state.branches = 2 * most - tanglesOfUpdate(most) // who is refused does not have everything counted again at once
      return true
    }
  }
  return state.branches === Infinity
}

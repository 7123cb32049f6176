/**
 * Reads a room that the relay writes without Yjs: maps of strings, of one writer, whose changes come in order. Yjs weighs
 * twenty times as much, and what it does beyond that, merging what many write, nobody needs who only reads. What is read:
 *
 *   update  := clients:uint (structs:uint client:uint clock:uint struct…)… deleted
 *   struct  := info:byte [origin:id] [right:id] [isRoot:uint map:string [key:string]] content      an item
 *            | 0 length:uint                                                                       collected
 *   info    := content's kind + 32 key is there + 64 right is there + 128 origin is there; the map stands there only without ids
 *   content := kind 1: length:uint, deleted | kind 8: count:uint (119 string)…
 *   id      := client:uint clock:uint       deleted := clients:uint (client:uint ranges:uint (clock:uint length:uint)…)…
 *
 * An item without a map of its own stands where its origin does. The newest item of a key counts, if it is not deleted.
 */
export interface ToldMap {
  readonly size: number
  has(key: string): boolean
  get(key: string): string | undefined
  keys(): Iterable<string>
  observe(heard: (change: { readonly keysChanged: Set<string> }) => void): void
  unobserve(heard: (change: { readonly keysChanged: Set<string> }) => void): void
}
/** As far as it is read here, a Y.Doc is one too. */
export interface ToldMaps {
  getMap(name: string): ToldMap
}
export interface MapReader extends ToldMaps {
  /** False, and nothing is changed, where something before it is missing or it is none of this kind. */
  apply(update: Uint8Array): boolean
  /** The room as it stands now, in place of all that was read. False, and nothing is changed, where it cannot be read. */
  replace(whole: Uint8Array): boolean
  /** The state vector, for asking what is missing. */
  vector(): Uint8Array
}

interface Place {
  /** Of the newest item. */
  clock: number
  value: string | undefined
  /** The value that was told last. */
  told: string | undefined
}
interface Range {
  readonly clock: number
  readonly length: number
}
interface Item extends Range {
  readonly at: { readonly map: string; readonly key: string } | { readonly origin: number } | undefined
  readonly value: string | undefined
}
interface Update {
  readonly client: number | undefined
  readonly items: readonly Item[]
  readonly deleted: readonly Range[]
}

export function createMapReader(): MapReader {
  const maps = new Map<string, ReturnType<typeof createMap>>()
  const placeOf = new Map<number, Place>() // by the clock of every item
  let writer: number | undefined
  let next = 0

  const mapOf = (name: string) => {
    const map = maps.get(name) ?? createMap()
    maps.set(name, map)
    return map
  }
  const take = ({ clock, length, at, value }: Item): void => {
    const place = at && ('origin' in at ? placeOf.get(at.origin) : mapOf(at.map).placeAt(at.key))
    if (!place) return
    for (let i = clock; i < clock + length; i++) placeOf.set(i, place)
    place.clock = clock + length - 1
    place.value = value
  }
  const drop = ({ clock, length }: Range): void => {
    for (let i = clock; i < Math.min(clock + length, next); i++) {
      const place = placeOf.get(i)
      if (place?.clock === i) place.value = undefined
    }
  }
  const read = ({ client, items, deleted }: Update): void => {
    writer ??= client
    for (const item of items) {
      if (item.clock < next) continue
      next = item.clock + item.length
      take(item)
    }
    deleted.forEach(drop)
    for (const map of maps.values()) map.tell()
  }
  const follows = ({ client, items }: Update): boolean =>
    client === undefined || ((writer ?? client) === client && (items[0]?.clock ?? 0) <= next)

  return {
    getMap: (name) => mapOf(name).told,
    vector: () => (writer === undefined ? Uint8Array.of(0) : Uint8Array.from([1, ...uint(writer), ...uint(next)])),
    apply(bytes) {
      const update = updateIn(bytes)
      if (!update || !follows(update)) return false
      read(update)
      return true
    },
    replace(bytes) {
      const update = updateIn(bytes)
      if (!update || (update.items[0]?.clock ?? 0) > 0) return false
      for (const map of maps.values()) map.empty()
      placeOf.clear()
      writer = undefined
      next = 0
      read(update)
      return true
    },
  }
}

/** Tells the keys whose values are others than those that were told last. */
function createMap() {
  const places = new Map<string, Place>()
  const watchers = new Set<(change: { readonly keysChanged: Set<string> }) => void>()
  const live = () => [...places].filter(([, { value }]) => value !== undefined)
  const told: ToldMap = {
    get size() {
      return live().length
    },
    has: (key) => places.get(key)?.value !== undefined,
    get: (key) => places.get(key)?.value,
    keys: () => live().map(([key]) => key),
    observe: (heard) => void watchers.add(heard),
    unobserve: (heard) => void watchers.delete(heard),
  }
  return {
    told,
    placeAt(key: string): Place {
      const place = places.get(key) ?? { clock: -1, value: undefined, told: undefined }
      places.set(key, place)
      return place
    },
    empty() {
      for (const place of places.values()) place.value = undefined
    },
    tell() {
      const changed = [...places].filter(([, { value, told }]) => value !== told)
      for (const [, place] of changed) place.told = place.value
      const keysChanged = new Set(changed.map(([key]) => key))
      if (keysChanged.size > 0) watchers.forEach((heard) => heard({ keysChanged }))
    },
  }
}

function uint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...uint(Math.floor(value / 128))]
}

/** @returns undefined for what is no such update, also for more than one writer and for a gap in the middle */
function updateIn(bytes: Uint8Array): Update | undefined {
  const text = new TextDecoder()
  let at = 0
  const byte = () => bytes[at++] ?? wrong()
  const read = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const part = byte()
      value += (part % 128) * scale
      if (part < 128) return value
      if (scale > 2 ** 42) wrong()
    }
  }
  const string = () => {
    const length = read()
    if (at + length > bytes.length) wrong()
    return text.decode(bytes.subarray(at, (at += length)))
  }
  const id = (client: number) => (read() === client ? read() : wrong())
  const itemOf = (info: number, client: number, clock: number): Item => {
    const [hasOrigin, hasRight, hasKey] = [info & 128, info & 64, info & 32]
    const origin = hasOrigin ? id(client) : undefined
    const right = hasRight ? id(client) : undefined
    const isRoot = origin === undefined && right === undefined
    const map = isRoot ? (read() === 1 ? string() : wrong()) : ''
    const key = isRoot && hasKey ? string() : ''
    const place = isRoot ? { map, key } : { origin: origin ?? right ?? 0 }
    if ((info & 31) === 1) return { clock, length: read(), at: place, value: undefined }
    if ((info & 31) !== 8) wrong()
    const values = Array.from({ length: read() }, () => (byte() === 119 ? string() : wrong()))
    return { clock, length: values.length, at: place, value: values.at(-1) }
  }
  try {
    const clients = read()
    if (clients > 1) return undefined
    const count = clients === 1 ? read() : 0
    const client = clients === 1 ? read() : undefined
    let clock = clients === 1 ? read() : 0
    const items: Item[] = []
    for (let i = 0; i < count && client !== undefined; i++) {
      const info = byte()
      const item = info === 0 ? { clock, length: read(), at: undefined, value: undefined } : itemOf(info, client, clock)
      items.push(item)
      clock += item.length
    }
    const deleted: Range[] = []
    for (let i = read(); i > 0; i--) {
      if (read() !== (client ?? 1) && clients === 1) wrong()
      for (let ranges = read(); ranges > 0; ranges--) deleted.push({ clock: read(), length: read() })
    }
    return at === bytes.length ? { client, items, deleted } : undefined
  } catch {
    return undefined
  }
}

function wrong(): never {
  throw new RangeError('not read here')
}

/**
 * The edition that answers, and the one that will. A newer edition is loaded beside the one in force, and takes its place
 * only when its directories and its wire are here, and all of it where a whole town is kept: whatever fails on the way, the
 * old one goes on answering.
 */
import { DeadTokens, segmentsOf, type Pointer } from '#domain/edition.ts'
import { SearchEntry } from '#domain/search-entry.ts'
import type { Town } from '#domain/listing.ts'
import type { Locale } from '#domain/locale.ts'
import type { Directory } from '#domain/segment.ts'
import { createCollection, type Collection } from './collection.ts'
import type { EditionFiles } from './files.ts'
import { createMemoryPart } from './memory-part.ts'
import type { WireChanges } from './messages.ts'
import type { Part } from './part.ts'
import { createSegmentPart } from './segment-part.ts'

export interface LibraryDeps {
  readonly town: Town
  readonly files: EditionFiles
  readonly locale: () => Locale
  readonly onLoaded: (edition: string) => void
  readonly onBare: () => void
  readonly onInForce: (edition: string) => void
  readonly onChanged: () => void
  /** Calls `then` at once where no town is kept; else when this edition is here whole, which may be never. */
  readonly whenWhole: (pointer: Pointer, then: () => void) => Promise<void>
}

export interface Library {
  /** Loads the newest edition if it is not here. */
  look(): Promise<void>
  /** Whether the last look did not learn of the newest edition, or could not load it. */
  isOwing(): boolean
  hear(edition: string, changes: WireChanges): void
  /** Undefined while no edition is whole. */
  collection(): Collection | undefined
  pointer(): Pointer | undefined
}

interface Loaded {
  readonly pointer: Pointer
  readonly parts: readonly Part[]
  readonly directories: readonly Directory[]
  readonly entries: Map<string, SearchEntry>
  readonly dead: Map<number, readonly number[]>
  isHeld: boolean
  made: Collection | undefined
}

export function createLibrary({ town, files, locale, ...on }: LibraryDeps): Library {
  let current: Loaded | undefined
  let next: Loaded | undefined
  let looking: Promise<void> | undefined
  let isOwing = false

  const load = async (): Promise<void> => {
    const newest = await files.pointer()
    const pointer = newest ?? (current ? undefined : await files.kept())
    await files.pack()
    const here = [current, next].find((loaded) => loaded?.pointer.edition === pointer?.edition)
    const loaded = here ?? (pointer && (await loadedOf(pointer)))
    isOwing = newest === undefined || loaded === undefined
    if (!loaded) return current ? undefined : on.onBare()
    if (loaded === current) return
    next = loaded
    takeOver(loaded)
    on.onLoaded(loaded.pointer.edition) // also when it was here before: its wire may not have come
  }
  const takeOver = (loaded: Loaded): void => {
    const switchTo = () => {
      if (loaded !== next) return // a still newer one came meanwhile
      current = next
      next = undefined
      void files.remember(loaded.pointer)
      on.onInForce(loaded.pointer.edition) // by which all is asked again
    }
    if (!loaded.isHeld) return
    if (current) void on.whenWhole(loaded.pointer, switchTo)
    else switchTo()
  }
  const loadedOf = async (pointer: Pointer): Promise<Loaded | undefined> => {
    const names = segmentsOf(pointer)
    const directories = (await Promise.all(names.map((name) => files.directory(name)))).flatMap(
      (directory) => directory ?? [],
    )
    if (directories.length < names.length) return undefined
    const parts = directories.map((directory, i) => createSegmentPart(names[i] ?? '', directory, files, locale))
    return { pointer, parts, directories, entries: new Map(), dead: new Map(), isHeld: false, made: undefined }
  }
  return {
    look: () => (looking ??= load().finally(() => (looking = undefined))),
    isOwing: () => isOwing,
    hear(edition, changes) {
      const loaded = [current, next].find((each) => each?.pointer.edition === edition)
      if (!loaded) return
      const [isInForce, wasHeld] = [loaded === current, loaded.isHeld]
      apply(loaded, changes)
      if (isInForce) on.onChanged()
      else if (loaded === next && !wasHeld) takeOver(loaded) // what changes meanwhile begins no second pack
    },
    collection: () => current && (current.made ??= collectionOf(current, town)),
    pointer: () => (current ?? next)?.pointer,
  }
}

/** What does not parse is left out: one bad entry must not silence the rest. */
function apply(loaded: Loaded, { entries, dead, held }: WireChanges): void {
  for (const [id, text] of entries) {
    const entry = text === null ? undefined : SearchEntry.safeParse(jsonOf(text)).data
    if (entry?.id === id) loaded.entries.set(id, entry)
    else loaded.entries.delete(id)
  }
  for (const [ordinal, text] of dead) {
    const tokens = text === null ? undefined : DeadTokens.safeParse(jsonOf(text)).data
    if (tokens) loaded.dead.set(Number(ordinal), tokens)
    else loaded.dead.delete(Number(ordinal))
  }
  loaded.isHeld ||= held
  loaded.made = undefined
}

function collectionOf({ parts, directories, entries, dead }: Loaded, town: Town): Collection {
  const end = directories.reduce((most, { start, count }) => Math.max(most, start + count), 0)
  const all = [...directories.flatMap((directory) => directory.dead), ...dead.keys()]
  const totals = [...directories.map(({ deadTotals }) => deadTotals), ...dead.values()]
  const deadTotals = [0, 1, 2].map((f) => totals.reduce((sum, of) => sum + (of[f] ?? 0), 0))
  return createCollection([...parts, createMemoryPart(end, entries.values(), town)], all, deadTotals)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The worker's inside, without the worker: keeps the documents it is told of, answers questions about them. */
import { Entry } from '#domain/entry.ts'
import type { Town } from '#domain/listing.ts'
import { documentOfEntry, documentOfPrinted, PrintedEntry, type SearchDocument } from './document.ts'
import type { FromWorker, ToWorker, WireChange } from './messages.ts'
import { createSearch, type SearchSource } from './query.ts'

export interface AnsweringDeps {
  readonly town: Town
  readonly post: (message: FromWorker) => void
}

export function createAnswering({ town, post }: AnsweringDeps): { tell(message: ToWorker): Promise<void> } {
  const source = createTold(town)
  const search = createSearch(source)
  source.watch(() => post({ kind: 'changed' }))
  return {
    async tell(message) {
      if (message.kind === 'printed') source.print(message.entries)
      else if (message.kind === 'wire') source.change(message.changed)
      else post({ kind: 'answer', n: message.n, found: await search.search(message.asked) })
    },
  }
}

interface Told extends SearchSource {
  print(entries: unknown): void
  change(changed: readonly WireChange[]): void
}

/** Documents by id, as they were told. What does not parse is left out: one bad entry must not silence the rest. */
function createTold(town: Town): Told {
  const printed = new Map<string, SearchDocument>()
  const listed = new Map<string, SearchDocument>()
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((watcher) => watcher())
  return {
    all: () => [...printed.values(), ...listed.values()],
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    print(entries) {
      printed.clear()
      for (const entry of Array.isArray(entries) ? entries : []) {
        const parsed = PrintedEntry.safeParse(entry)
        if (parsed.success) printed.set(parsed.data.id, documentOfPrinted(parsed.data))
      }
      changed()
    },
    change(changes) {
      for (const [id, text] of changes) {
        const entry = text === null ? undefined : entryIn(text)
        if (entry?.id === id) listed.set(id, documentOfEntry(entry, town))
        else listed.delete(id)
      }
      changed()
    },
  }
}

function entryIn(text: string): Entry | undefined {
  try {
    return Entry.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

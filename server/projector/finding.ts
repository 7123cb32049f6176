/** Keeps the plain search as the read model is: what lives can be found, and what is printed with the site. All of it inside the projector's transaction. */
import { isRecordId } from '#domain/record.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { FindTable, ReadModelWriter } from '../stores/store.ts'

export interface Finding {
  /** Puts it right, whatever a crash, a clock or another way of cutting words has left. */
  start(now: number): void
  changed(ids: Iterable<string>, now: number): void
  /** All that ran out, or lives again under a clock set back, is put right up to this time. */
  swept(now: number): void
  /** What is printed with the site, as it is now. */
  printed(all: readonly PrintedEntry[]): void
}

/** Guides that people publish have a record's id, what is printed with the site has none. */
const isOfSite = ({ id }: PrintedEntry): boolean => !isRecordId(id)

type Model = Pick<ReadModelWriter, 'liveEntry' | 'liveIds' | 'townIds' | 'ranOut'>

export function createFinding(finds: FindTable, model: Model): Finding {
  const changed = (ids: Iterable<string>, now: number) => {
    for (const id of ids) finds.put(id, model.liveEntry(id, now))
  }
  return {
    changed,
    swept: finds.swept,
    start(now) {
      const swept = finds.sweptTo()
      if (swept === undefined) {
        const printed = finds.printed().filter(isOfSite)
        finds.clear()
        for (const entry of printed) finds.put(entry.id, entry)
        changed(model.liveIds(now), now)
      } else {
        const over = model.ranOut(Math.min(swept, now), Math.max(swept, now))
        changed(new Set(over.map(({ id }) => id)), now)
      }
      finds.swept(now)
    },
    printed(all) {
      const written = model.townIds()
      const spelled = (entries: readonly PrintedEntry[]) =>
        new Map(entries.filter(({ id }) => !written.has(id)).map((entry) => [entry.id, JSON.stringify(entry)]))
      const wanted = spelled(all)
      const held = spelled(finds.printed().filter(isOfSite))
      for (const id of held.keys()) if (!wanted.has(id)) finds.put(id, undefined)
      for (const entry of all) if (held.get(entry.id) !== wanted.get(entry.id)) finds.put(entry.id, entry)
    },
  }
}

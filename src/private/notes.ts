/**
 * Private notes on listings: the map `notes` of the private workspace, `<listing>/<writer>` → `Written` as JSON. A writer is one opened
 * document. Who writes takes away what he had read of others, so that of a note there is one entry; where two devices wrote without
 * knowing of each other both stay, and are read as one text, the older first. Nothing that was typed is lost.
 */
import { notesMap } from '#src/sync/mirror.ts'
import type { OpenRoom } from '#src/sync/session.ts'

export const mostNote = 500

interface Written {
  readonly at: number
  /** Of the listing, as it was then. */
  readonly title: string
  readonly text: string
}
export interface Note extends Written {
  readonly id: string
}

export interface Notes {
  /** The last written first. */
  list(): readonly Note[]
  /** Empty where there is none. */
  textOf(id: string): string
  /** An empty text takes the note away. @param now ms */
  write(note: Omit<Note, 'at'>, now: number): void
  watch(changed: () => void): () => void
}

export function createNotes({ doc }: Pick<OpenRoom, 'doc'>): Notes {
  const map = doc.getMap<string>(notesMap)
  const byListing = () => {
    const found = new Map<string, Note[]>()
    for (const [key, json] of map) {
      const [id = ''] = key.split('/')
      const written = writtenIn(json)
      if (written) found.set(id, [...(found.get(id) ?? []), { id, ...written }])
    }
    return found
  }
  return {
    list: () => [...byListing().values()].map(joined).sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)),
    textOf(id) {
      const found = byListing().get(id)
      return found ? joined(found).text : ''
    },
    write: ({ id, title, text }, now) =>
      doc.transact(() => {
        const own = `${id}/${doc.clientID}`
        for (const key of map.keys()) if (key.startsWith(`${id}/`) && (key !== own || !text.trim())) map.delete(key)
        if (text.trim()) map.set(own, JSON.stringify({ at: now, title, text } satisfies Written))
      }),
    watch(changed) {
      map.observe(changed)
      return () => map.unobserve(changed)
    },
  }
}

/** @param notes at least one, of one listing */
function joined(notes: readonly Note[]): Note {
  const [newest, ...before] = [...notes].sort((a, b) => b.at - a.at || (a.text < b.text ? 1 : -1))
  if (!newest) throw new Error('a note of nothing')
  const texts = [newest.text]
  for (const { text } of before) if (!texts.some((other) => other.includes(text))) texts.unshift(text)
  return { ...newest, text: texts.join('\n') }
}

/** What another version wrote and this one does not understand is left alone. */
function writtenIn(json: string): Written | undefined {
  try {
    const { at, title, text } = JSON.parse(json) as Partial<Written>
    return typeof at === 'number' && typeof title === 'string' && typeof text === 'string'
      ? { at, title, text }
      : undefined
  } catch {
    return undefined
  }
}

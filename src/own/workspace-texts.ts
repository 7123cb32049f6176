/** The private workspace as plain texts, map by map, out and in again. */
import type * as Y from 'yjs'
import { markOf, noteMap } from './undo-note.ts'

export type WorkspaceTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

/** `messages-drafts` and the like; what a newer portal writes there goes along too. */
const goesAlong = (name: string): boolean => /^[a-z][A-Za-z-]{1,40}$/.test(name) && name !== noteMap

export function textsOf(doc: Y.Doc): WorkspaceTexts {
  const texts: Record<string, Record<string, string>> = {}
  for (const name of doc.share.keys()) {
    const entries = [...doc.getMap<unknown>(name).entries()].filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    )
    if (goesAlong(name) && entries.length > 0) texts[name] = Object.fromEntries(entries)
  }
  return texts
}

/** A message that had not left goes out from where it was written, not from here. */
const isOnItsWay = (map: string, text: string): boolean => map === 'messages-sent' && text.includes('"state":"kept"')

/** A note's key ends in who wrote it (`private/notes.ts`): one that has been written on since stays as it is. */
const hasNoteOn = (map: Y.Map<string>, key: string): boolean =>
  [...map.keys()].some((other) => other.startsWith(`${key.split('/')[0]}/`))

/** Of these what is not there yet. */
export function freshTexts(doc: Y.Doc, texts: WorkspaceTexts): WorkspaceTexts {
  const fresh = Object.entries(texts)
    .filter(([name]) => goesAlong(name))
    .map(([name, entries]) => {
      const map = doc.getMap<string>(name)
      const isThere = (key: string) => map.has(key) || (name === 'notes' && hasNoteOn(map, key))
      return [name, Object.entries(entries).filter(([key, text]) => !isThere(key) && !isOnItsWay(name, text))] as const
    })
  return Object.fromEntries(
    fresh.filter(([, kept]) => kept.length > 0).map(([name, kept]) => [name, Object.fromEntries(kept)]),
  )
}

/** Puts in what is not there yet. */
export function mergeTexts(doc: Y.Doc, texts: WorkspaceTexts): void {
  const fresh = freshTexts(doc, texts)
  doc.transact(() => {
    for (const [name, entries] of Object.entries(fresh))
      for (const [key, text] of Object.entries(entries)) doc.getMap<string>(name).set(key, text)
  })
}

/** By `<map>/<key>`: what each text is known by. */
export async function marksOf(texts: WorkspaceTexts): Promise<Readonly<Record<string, string>>> {
  const all = Object.entries(texts).flatMap(([name, entries]) =>
    Object.entries(entries).map(async ([key, text]) => [`${name}/${key}`, await markOf(text)] as const),
  )
  return Object.fromEntries(await Promise.all(all))
}

/** Fields of a draft go together or not at all. */
const thingOf = (place: string): string =>
  place.startsWith('drafts/') ? place.slice(0, place.lastIndexOf('/')) : place

/** Takes out again what was put, where it still is what was put. */
export async function removeTexts(doc: Y.Doc, marks: Readonly<Record<string, string>>): Promise<void> {
  const places = Object.entries(marks).map(async ([place, mark]) => {
    const name = place.slice(0, place.indexOf('/'))
    const key = place.slice(name.length + 1)
    const text = doc.getMap<unknown>(name).get(key)
    return { place, name, key, isAsItCame: typeof text === 'string' && (await markOf(text)) === mark }
  })
  const found = await Promise.all(places)
  const changed = new Set(found.filter(({ isAsItCame }) => !isAsItCame).map(({ place }) => thingOf(place)))
  doc.transact(() => {
    for (const { place, name, key } of found) if (!changed.has(thingOf(place))) doc.getMap(name).delete(key)
  })
}

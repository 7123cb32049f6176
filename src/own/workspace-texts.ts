/** The private workspace as plain texts, map by map, out and in again. */
import type * as Y from 'yjs'
import type { KeyUse } from '#domain/identity.ts'
import { markOf, noteMap } from './undo-note.ts'

export type WorkspaceTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

const [sentMap, boxMap, goneMap] = ['messages-sent', 'messages-drafts', 'messages-gone']

/** `messages-drafts` and the like; what a newer portal writes there goes along too. */
const goesAlong = (name: string): boolean => /^[a-z][A-Za-z-]{1,40}$/.test(name) && name !== noteMap && name !== goneMap

export function textsOf(doc: Y.Doc): WorkspaceTexts {
  const texts = [...doc.share.keys()].map((name) => {
    const entries = [...doc.getMap<unknown>(name).entries()]
    return [name, Object.fromEntries(entries.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))]
  })
  return takenAlong(Object.fromEntries(texts))
}

/**
 * What its person has put out of sight and does not want (`messages/book.ts`) stays behind, and so does the order that takes it away: a
 * file would bring back what was deleted since, or delete what was had back since.
 */
function takenAlong(texts: WorkspaceTexts): WorkspaceTexts {
  const gone = new Set(Object.keys(texts[goneMap] ?? {}))
  const isGone = (map: string, key: string): boolean =>
    (map === sentMap && gone.has(`out/${key}`)) || (map === boxMap && gone.has(`box/${key}`))
  const along = Object.entries(texts)
    .filter(([map]) => goesAlong(map))
    .map(([map, entries]) => [map, Object.entries(entries).filter(([key]) => !isGone(map, key))] as const)
  return textsFrom(along)
}

const textsFrom = (maps: readonly (readonly [string, readonly (readonly [string, string])[]])[]): WorkspaceTexts =>
  Object.fromEntries(
    maps.filter(([, entries]) => entries.length > 0).map(([map, entries]) => [map, Object.fromEntries(entries)]),
  )

/** Whether a message that was received is put out of sight. @param item its key in the inbox */
export const isReceivedGone = (doc: Y.Doc, use: KeyUse, item: string): boolean =>
  doc.getMap(goneMap).has(`in/${use}/${item}`)

/** A message that had not left goes out from where it was written, not from here. */
const isOnItsWay = (map: string, text: string): boolean => map === sentMap && text.includes('"state":"kept"')

/** A note's key ends in who wrote it (`private/notes.ts`): one that has been written on since stays as it is. */
const hasNoteOn = (map: Y.Map<string>, key: string): boolean =>
  [...map.keys()].some((other) => other.startsWith(`${key.split('/')[0]}/`))

/** Of these what is not there yet. */
export function freshTexts(doc: Y.Doc, texts: WorkspaceTexts): WorkspaceTexts {
  const fresh = Object.entries(takenAlong(texts)).map(([name, entries]) => {
    const map = doc.getMap<string>(name)
    const isThere = (key: string) => map.has(key) || (name === 'notes' && hasNoteOn(map, key))
    return [name, Object.entries(entries).filter(([key, text]) => !isThere(key) && !isOnItsWay(name, text))] as const
  })
  return textsFrom(fresh)
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

/** The private workspace as plain texts, map by map, out and in again. */
import type * as Y from 'yjs'

export type WorkspaceTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

/** `messages-drafts` and the like; what a newer portal writes there goes along too. */
const mapName = /^[a-z][A-Za-z-]{1,40}$/

export function textsOf(doc: Y.Doc): WorkspaceTexts {
  const texts: Record<string, Record<string, string>> = {}
  for (const name of doc.share.keys()) {
    const entries = [...doc.getMap<unknown>(name).entries()].filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    )
    if (mapName.test(name) && entries.length > 0) texts[name] = Object.fromEntries(entries)
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
    .filter(([name]) => mapName.test(name))
    .map(([name, entries]) => {
      const map = doc.getMap<string>(name)
      const isThere = (key: string) => map.has(key) || (name === 'notes' && hasNoteOn(map, key))
      return [name, Object.entries(entries).filter(([key, text]) => !isThere(key) && !isOnItsWay(name, text))] as const
    })
  return Object.fromEntries(
    fresh.filter(([, kept]) => kept.length > 0).map(([name, kept]) => [name, Object.fromEntries(kept)]),
  )
}

/** Puts in what is not there yet. @returns what was put, as `<map>/<key>` */
export function mergeTexts(doc: Y.Doc, texts: WorkspaceTexts): readonly string[] {
  const fresh = Object.entries(freshTexts(doc, texts)).flatMap(([name, entries]) =>
    Object.entries(entries).map(([key, text]) => ({ name, key, text })),
  )
  doc.transact(() => {
    for (const { name, key, text } of fresh) doc.getMap<string>(name).set(key, text)
  })
  return fresh.map(({ name, key }) => `${name}/${key}`)
}

/** Takes out again what was put, where it still is what was put. */
export function removeTexts(doc: Y.Doc, texts: WorkspaceTexts, put: readonly string[]): void {
  doc.transact(() => {
    for (const place of put) {
      const [name = '', ...rest] = place.split('/')
      const key = rest.join('/')
      const map = doc.getMap<string>(name)
      if (map.get(key) === texts[name]?.[key]) map.delete(key)
    }
  })
}

/**
 * The files of a build as the service worker carries them. It is loaded on every first visit, so they are written short: files that
 * differ only in the folder of their language share a name, and what a hashed name tells already is not told again.
 *
 *   packed := [folders, ending, names][]
 *   names  := (name | name ":" revision of each folder, one after the other) with spaces between
 */
import { locales, scriptFolder } from './locale.ts'

export interface BuiltFile {
  readonly url: string
  /** Null where the name itself changes with the file. */
  readonly revision: string | null
}

type Row = readonly [folders: readonly string[], ending: string, names: string]
export type PackedFiles = readonly Row[]

/** Where the service worker keeps what is fetched when it is installed. */
export const shellCache = 'shell'

export const revisionLength = 8

/** Run by the build. @throws on an address that cannot be told */
export function packFiles(files: readonly BuiltFile[]): PackedFiles {
  const byName = new Map<string, readonly (readonly [folder: string, revision: string])[]>()
  for (const { url, revision } of files) {
    if (/[\s":]/.test(url) || ![undefined, revisionLength].includes(revision?.length))
      throw new Error(`cannot be told to the service worker: ${url} ${revision}`)
    const [folder, name] = placeOf(url)
    const others = byName.get(name) ?? []
    byName.set(name, [...others, [folder, revision ?? ''] as const])
  }
  const rows = new Map<string, string[]>()
  for (const [name, places] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...places].sort(([a], [b]) => (a < b ? -1 : 1))
    const ending = /\.(?:js|css)$/.exec(name)?.[0] ?? ''
    const revisions = sorted.map(([, revision]) => revision).join('')
    const row = JSON.stringify([sorted.map(([folder]) => folder), ending])
    rows.set(row, [
      ...(rows.get(row) ?? []),
      name.slice(1, name.length - ending.length) + (revisions && `:${revisions}`),
    ])
  }
  return [...rows].map(([row, names]) => [...(JSON.parse(row) as [string[], string]), names.join(' ')])
}

/** `/_a/en/post.js` is `post.js` in `/_a/en/`, `/en/rules` is `rules` in `/en/`; a name starts with the kind of its folder, which keeps them apart. */
function placeOf(url: string): readonly [folder: string, name: string] {
  const isScript = url.startsWith('/_a/')
  const top = isScript ? '/_a/' : '/'
  const inside = url.slice(top.length)
  const folder = locales.map(scriptFolder).find((one) => one && inside.startsWith(one)) ?? ''
  return [top + folder, (isScript ? '_' : '/') + inside.slice(folder.length)]
}

export const unpackFiles = (packed: PackedFiles): readonly BuiltFile[] =>
  packed.flatMap(([folders, ending, names]) =>
    names.split(' ').flatMap((entry) => {
      const [name, revisions] = entry.split(':')
      return folders.map((folder, i) => ({
        url: folder + name + ending,
        revision: revisions?.slice(i * revisionLength, (i + 1) * revisionLength) ?? null,
      }))
    }),
  )

/** In the text of a service worker as the build writes it. */
export function packedFilesIn(script: string): PackedFiles {
  const found = /\[\[\["\/.*?"\]\]/.exec(script)?.[0]
  if (!found) throw new Error('the service worker has no list of files')
  return JSON.parse(found) as PackedFiles
}

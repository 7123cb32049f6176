/** The files of editions in a browser: a kept pack first, then the network. The newest pointer and its directories stay for the next time. */
import * as z from 'zod/mini'
import { Pointer, segmentsOf } from '#domain/edition.ts'
import { textOf, utf8 } from '#domain/bytes.ts'
import { decodeDirectory, segmentPattern, type Directory } from '#domain/segment.ts'
import { decodeWhole } from '#domain/whole.ts'
import type { Files } from './reading.ts'

const packPath = '/pack.json'
const declined = 'null'
const pointerPath = '/edition/current.json'

/** Which edition is kept whole. */
export const Pack = z.strictObject({ pointer: Pointer, bytes: z.number() })
export type Pack = z.infer<typeof Pack>

export interface EditionFiles extends Files {
  /** The newest pointer, from the network. */
  pointer(): Promise<Pointer | undefined>
  /** Whether the server said at the last look that its first edition is being printed. */
  isPreparing(): boolean
  /** What to begin with when there is none to be had: the pack's, else that of the edition last in force. */
  kept(): Promise<Pointer | undefined>
  /** This edition is in force: the next start without a network begins with it. */
  remember(pointer: Pointer): Promise<void>
  /** A directory, kept from now on so that the next start needs no network for it. */
  directory(segment: string): Promise<Directory | undefined>
  pack(): Promise<Pack | undefined>
  /** Fetches a file into the cache, if it is not there. False when it cannot be had. */
  keep(path: string): Promise<boolean>
  /** The same for all files of a small segment, by one request; where some are here already, or it fails, nothing is done. */
  keepWhole(segment: string): Promise<void>
  /** From now on the pack is this; files of other segments go. */
  settle(pack: Pack): Promise<void>
  letGo(): Promise<void>
  /** Whether a pack was let go here: then none is kept unasked. */
  isDeclined(): Promise<boolean>
}

/** What is used of a browser's Cache. */
export interface FileCache {
  match(path: string): Promise<Response | undefined>
  put(path: string, response: Response): Promise<void>
  keys(): Promise<readonly { readonly url: string }[]>
  delete(path: string): Promise<boolean>
}

export interface FilesDeps {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Undefined where the browser has none (private windows): then nothing is kept. */
  readonly cache: () => Promise<FileCache | undefined>
  /** A file that must be there is not: the pointer is old. */
  readonly onStale: () => void
}

export function createEditionFiles({ fetch, cache, onStale }: FilesDeps): EditionFiles {
  let kept: ReadonlySet<string> = new Set()
  let isPreparing = false
  const held = async (path: string): Promise<Uint8Array | undefined> => {
    const found = await (await cache())?.match(path).catch(() => undefined)
    return found && new Uint8Array(await found.arrayBuffer())
  }
  const fetched = async (path: string, init?: RequestInit): Promise<Uint8Array | undefined> => {
    try {
      const response = await fetch(path, init)
      if (path === pointerPath) isPreparing = response.status === 503
      if (response.status === 404 || response.status === 410) onStale()
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined
    } catch {
      if (path === pointerPath) isPreparing = false
      return undefined // no network, or it died on the way
    }
  }
  const put = async (path: string, body: Uint8Array): Promise<boolean> => {
    const store = await cache()
    return (
      store !== undefined &&
      store.put(path, new Response(new Uint8Array(body))).then(
        () => true,
        () => false,
      )
    )
  }
  const pack = async (): Promise<Pack | undefined> => {
    const found = parsed(Pack, await held(packPath))
    kept = new Set(found ? segmentsOf(found.pointer) : [])
    return found
  }
  return {
    isKept: (segment) => kept.has(segment),
    outdated: onStale,
    async bytesOf(path, signal, again) {
      const here = again ? undefined : await held(path)
      if (here) return here
      const body = await fetched(path, again ? { cache: 'reload', signal } : { signal })
      if (again && body && kept.has(segmentIn(path))) await put(path, body)
      return body
    },
    isPreparing: () => isPreparing,
    pointer: async () => parsed(Pointer, await fetched(pointerPath, { cache: 'no-cache' })),
    // without the network a whole town that is a little older beats a newer pointer to files that are not here
    kept: async () => (await pack())?.pointer ?? parsed(Pointer, await held(pointerPath)),
    async remember(pointer) {
      await put(pointerPath, jsonBytes(pointer))
      const wanted = new Set([...segmentsOf(pointer), ...kept])
      await sweep(
        await cache(),
        (kind, segment) => kind === 'edition' && segmentPattern.test(segment) && !wanted.has(segment),
      )
    },
    async directory(segment) {
      const path = `/edition/${segment}`
      const here = directoryIn(await held(path))
      if (here) return here
      for (const init of [undefined, { cache: 'reload' }] as const) {
        const body = await fetched(path, init)
        const directory = directoryIn(body)
        if (body && directory) await put(path, body)
        if (directory || !body) return directory
      }
      return undefined
    },
    pack,
    async keep(path) {
      const store = await cache()
      if (!store) return false
      if (await store.match(path)) return true
      const body = await fetched(path)
      return body !== undefined && put(path, body)
    },
    async keepWhole(segment) {
      const store = await cache()
      if (!store || (await store.match(`/t/${segment}/0`))) return
      const body = await fetched(`/whole/${segment}`)
      const whole = (body && decodeWhole(body)) ?? []
      await Promise.all(whole.filter(([path]) => segmentIn(path) === segment).map(([path, bytes]) => put(path, bytes)))
    },
    async settle(next) {
      await put(packPath, jsonBytes(next))
      await pack()
      await sweep(await cache(), (kind, segment) => isPacked(kind) && !kept.has(segment))
    },
    async letGo() {
      kept = new Set()
      await sweep(await cache(), (kind) => isPacked(kind) || `/${kind}` === packPath)
      await put(packPath, utf8(declined))
    },
    isDeclined: async () => textOf((await held(packPath)) ?? new Uint8Array()) === declined,
  }
}

/** Directories and the pointer stay: they are small, and what is in force needs them. */
const isPacked = (kind: string): boolean => kind !== 'edition' && `/${kind}` !== packPath

const segmentIn = (path: string): string => path.split('/')[2] ?? ''

async function sweep(cache: FileCache | undefined, isOld: (kind: string, segment: string) => boolean): Promise<void> {
  for (const request of (await cache?.keys()) ?? []) {
    const [, kind = '', segment = ''] = new URL(request.url).pathname.split('/')
    if (isOld(kind, segment)) await cache?.delete(request.url)
  }
}

const jsonBytes = (value: unknown): Uint8Array => utf8(JSON.stringify(value))

function directoryIn(bytes: Uint8Array | undefined): Directory | undefined {
  const decoded = bytes && decodeDirectory(bytes)
  return decoded?.ok ? decoded.value : undefined
}

function parsed<T>(schema: z.ZodMiniType<T>, bytes: Uint8Array | undefined): T | undefined {
  try {
    return bytes && schema.safeParse(JSON.parse(textOf(bytes) ?? '')).data
  } catch {
    return undefined
  }
}

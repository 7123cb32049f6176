/** The files of editions in a browser: a kept pack first, then the network. The newest pointer and its directories stay for the next time. */
import * as z from 'zod/mini'
import { Pointer } from '#domain/edition.ts'
import { textOf } from '#domain/bytes.ts'
import type { Files } from './segment-part.ts'

const packPath = '/pack.json'
const declined = 'null'
const pointerPath = '/edition/current.json'

/** Which edition is kept whole. */
export const Pack = z.strictObject({ pointer: Pointer, bytes: z.number() })
export type Pack = z.infer<typeof Pack>

export interface EditionFiles extends Files {
  /** The newest pointer there is: the network's, else that of the pack, else the one last seen. */
  pointer(): Promise<Pointer | undefined>
  /** A directory, kept from now on so that the next start needs no network for it. */
  directory(segment: string): Promise<Uint8Array | undefined>
  pack(): Promise<Pack | undefined>
  /** Fetches a file into the cache, if it is not there. False when it cannot be had. */
  keep(path: string): Promise<boolean>
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
  const segmentsOf = ({ base, delta }: Pointer): readonly string[] => (delta === null ? [base] : [base, delta])

  const held = async (path: string): Promise<Uint8Array | undefined> => {
    const found = await (await cache())?.match(path).catch(() => undefined)
    return found && new Uint8Array(await found.arrayBuffer())
  }
  const fetched = async (path: string, init?: RequestInit): Promise<Response | undefined> => {
    const response = await fetch(path, init).catch(() => undefined)
    if (response?.status === 404 || response?.status === 410) onStale()
    return response?.ok ? response : undefined
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
    async bytesOf(path, again) {
      const here = again ? undefined : await held(path)
      if (here) return here
      const response = await fetched(path, again ? { cache: 'reload' } : undefined)
      return response && new Uint8Array(await response.arrayBuffer())
    },
    async pointer() {
      const response = await fetched(pointerPath, { cache: 'no-cache' })
      const body = response && new Uint8Array(await response.arrayBuffer())
      const found = parsed(Pointer, body)
      if (found && body) await put(pointerPath, body)
      // without the network a whole town that is a little older beats a newer pointer to files that are not here
      return found ?? (await pack())?.pointer ?? parsed(Pointer, await held(pointerPath))
    },
    async directory(segment) {
      const path = `/edition/${segment}`
      const here = await held(path)
      if (here) return here
      const response = await fetched(path)
      const body = response && new Uint8Array(await response.arrayBuffer())
      if (body) await put(path, body)
      return body
    },
    pack,
    async keep(path) {
      const store = await cache()
      if (!store) return false
      if (await store.match(path)) return true
      const response = await fetched(path)
      return response !== undefined && put(path, new Uint8Array(await response.arrayBuffer()))
    },
    async settle(next) {
      await put(packPath, new TextEncoder().encode(JSON.stringify(next)))
      await pack()
      await sweep(await cache(), new Set(segmentsOf(next.pointer)))
    },
    async letGo() {
      kept = new Set()
      await sweep(await cache(), new Set())
      await put(packPath, new TextEncoder().encode(declined))
    },
    isDeclined: async () => textOf((await held(packPath)) ?? new Uint8Array()) === declined,
  }
}

/** Files of segments that are not wanted go; the pointer and the directories are small and stay. */
async function sweep(cache: FileCache | undefined, wanted: ReadonlySet<string>): Promise<void> {
  for (const request of (await cache?.keys()) ?? []) {
    const [, kind = '', segment = ''] = new URL(request.url).pathname.split('/')
    const isOld = kind === 'edition' || kind === packPath.slice(1) ? false : !wanted.has(segment)
    if (isOld || (wanted.size === 0 && kind === packPath.slice(1))) await cache?.delete(request.url)
  }
}

function parsed<T>(schema: z.ZodMiniType<T>, bytes: Uint8Array | undefined): T | undefined {
  try {
    return bytes && schema.safeParse(JSON.parse(textOf(bytes) ?? '')).data
  } catch {
    return undefined
  }
}

/**
 * The wire of an edition as search reads it, without Yjs: what this browser kept of it, then the room over HTTP, then each
 * change as it is made. What was heard is kept beside the edition's files, so that what is erased goes from here with them.
 */
import { createSignal, type Accessor } from 'solid-js'
import { townCache } from '#domain/kept-town.ts'
import { createMapReader, type ToldMaps } from '#domain/map-reader.ts'
import { listenTo } from '#src/sync/ear.ts'

/** The wire's room as far as search needs it; sync's OpenRoom has all of it too. */
export interface WireRoom {
  readonly doc: ToldMaps
  /** Whether the portal has said what is in it. */
  readonly synced: Accessor<boolean>
  release(): void
}
export interface WireDeps {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  /** Undefined where the browser has none. */
  readonly cache: () => Promise<Pick<Cache, 'match' | 'put' | 'keys' | 'delete'> | undefined>
  readonly listen: typeof listenTo
}

const pageDeps: WireDeps = {
  fetch: (path, init) => fetch(path, init),
  cache: async () => ('caches' in globalThis ? caches.open(townCache).catch(() => undefined) : undefined),
  listen: listenTo,
}

export async function openWire(edition: string, { fetch, cache, listen }: WireDeps = pageDeps): Promise<WireRoom> {
  const room = `wire/${edition}` // as `wireOf` says, whose file brings 10 kB of schemas along
  const keptAt = `/edition/wire?${edition}`
  const reader = createMapReader()
  const [synced, setSynced] = createSignal(false)
  let parts: readonly Uint8Array[] = [] // what was read, one after the other
  let missed: Uint8Array[] | undefined // what was heard while the room was asked for
  let isOver = false
  let again: ReturnType<typeof setTimeout> | undefined
  let pauseMs = firstPauseMs

  const keep = async () => {
    const store = await cache().catch(() => undefined)
    for (const { url } of (await store?.keys()) ?? [])
      if (/\/edition\/wire\?/.test(url) && !url.endsWith(keptAt)) await store?.delete(url)
    await store?.put(keptAt, new Response(packed(parts))).catch(() => undefined) // full, or taken away
  }
  const add = (update: Uint8Array): boolean => {
    if (!reader.apply(update)) return false
    parts = [...parts, update.slice()]
    void keep()
    return true
  }
  const hear = (update: Uint8Array): void => {
    if (missed) missed.push(update.slice())
    else if (!add(update)) void look()
  }
  const look = async (): Promise<void> => {
    clearTimeout(again)
    missed ??= []
    let isRead = false
    try {
      const answer = await fetch(`/rooms/${room}`, { cache: 'no-cache' })
      if (!answer.ok) return
      const whole = answer.status === 204 ? nothing : new Uint8Array(await answer.arrayBuffer())
      if (!reader.replace(whole)) return console.error(`${room} cannot be read here`)
      isRead = true
      parts = [whole]
      void keep()
      setSynced(true)
    } catch {
      // no network: what was kept goes on, and the ear joins again later
    } finally {
      const heard = missed ?? []
      missed = undefined
      const isWhole = heard.filter((update) => !add(update)).length === 0
      if (isWhole) pauseMs = firstPauseMs
      else if (isRead && !isOver)
        again = setTimeout(() => void look(), (pauseMs = Math.min(2 * pauseMs, longestPauseMs))) // the answer was older than what was heard
    }
  }

  const kept = await (await cache().catch(() => undefined))?.match(keptAt).catch(() => undefined)
  for (const part of kept ? unpacked(await kept.arrayBuffer()) : []) if (reader.apply(part)) parts = [...parts, part]
  let stop = (): void => undefined
  let joins = 0
  const start = async () => {
    await look()
    if (isOver) return
    // who comes back, or whose first question failed, may meet another room than the one that was left: it is asked for whole
    stop = listen(
      room,
      (why, update) => void (why === 'joined' && (joins++ > 0 || !synced()) ? look() : hear(update)),
      reader.vector,
    )
  }
  void start()
  return {
    doc: reader,
    synced,
    release() {
      isOver = true
      clearTimeout(again)
      stop()
    },
  }
}

const firstPauseMs = 500
const longestPauseMs = 60_000
const nothing = Uint8Array.of(0, 0)

/** Each part after its length. */
const packed = (parts: readonly Uint8Array[]): Blob =>
  new Blob(parts.flatMap((part) => [Uint32Array.of(part.length), new Uint8Array(part)]))

function unpacked(buffer: ArrayBuffer): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  const view = new DataView(buffer)
  for (let at = 0; at + 4 <= buffer.byteLength;) {
    const length = Math.min(view.getUint32(at, true), buffer.byteLength - at - 4)
    parts.push(new Uint8Array(buffer, at + 4, length))
    at += 4 + length
  }
  return parts
}

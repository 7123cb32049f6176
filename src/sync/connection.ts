/**
 * Whether the portal can be reached, as every island of the page sees it. Without a socket a cheap question to /healthz
 * answers, asked again with a growing pause while nobody does; a socket, once there is one, knows better and takes over.
 * `navigator.onLine` is only a hint when to ask: it is true behind a dead router and false beside a relay on localhost.
 */
import { createSignal } from 'solid-js'
import { pageClock } from './clock.ts'

export type Connection = 'online' | 'offline' | 'connecting'
/** `full`: writes fail, and are tried again. `gone`: taken away under this page, which has its words only in memory. */
export type StorageTrouble = 'full' | 'gone'

const firstPauseMs = 2_000
const lastPauseMs = 30_000
const restMs = 60_000 // while all is well and the page is looked at

const [connection, setConnection] = createSignal<Connection>('connecting')
const [memoryOnly, setMemoryOnly] = createSignal(false)
const [refusal, setRefusal] = createSignal<string>()
const [troubles, setTroubles] = createSignal<ReadonlyMap<string, StorageTrouble>>(new Map())
/** `refusal`: the code of what the relay does not take now. */
export { connection, memoryOnly, refusal }
/** Solid accessor: why something is not kept in IndexedDB, though that is there. The worse counts. */
export const storageTrouble = (): StorageTrouble | undefined => {
  const all = [...troubles().values()]
  return all.includes('gone') ? 'gone' : all[0]
}

/** Something could not be kept in IndexedDB and lives in this page only. */
export const tellMemoryOnly = (): void => void setMemoryOnly(true)

/** @param trouble none: all of the room is on the disk again */
export function tellStorage(room: string, trouble: StorageTrouble | undefined): void {
  if (troubles().get(room) === trouble) return
  const others = new Map(troubles())
  if (trouble) others.set(room, trouble)
  else others.delete(room)
  setTroubles(others)
}

export const tellRefusal = (code: string | undefined): void => void setRefusal(code)

let isWatching = false
let hasSocket = false
let pauseMs = firstPauseMs
let timer: ReturnType<typeof setTimeout> | undefined

/** What the socket knows; from its first word on nobody asks /healthz about reachability. */
export function tellConnection(state: Connection): void {
  hasSocket = true
  clearTimeout(timer)
  setConnection(state)
}

/** Starts looking, once a page. */
export function watchConnection(): void {
  if (isWatching || typeof window === 'undefined') return
  isWatching = true
  for (const event of ['online', 'offline', 'pageshow']) window.addEventListener(event, askSoon)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askSoon())
  void ask()
}

function askSoon(): void {
  pauseMs = firstPauseMs
  void ask()
}

async function ask(): Promise<void> {
  if (hasSocket) return
  clearTimeout(timer)
  const reached = await pageClock.measure()
  if (hasSocket) return // it was opened meanwhile
  setConnection(reached ? 'online' : 'offline')
  clearTimeout(timer)
  timer = setTimeout(
    () => (document.visibilityState === 'visible' ? void ask() : undefined),
    reached ? restMs : pauseMs,
  )
  pauseMs = reached ? firstPauseMs : Math.min(pauseMs * 2, lastPauseMs)
}

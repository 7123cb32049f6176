/**
 * Whether the portal can be reached, as every island of the page sees it. Without a socket a cheap question to /healthz
 * answers, asked again with a growing pause while nobody does; a socket, once there is one, knows better and takes over.
 * `navigator.onLine` is only a hint when to ask: it is true behind a dead router and false beside a relay on localhost.
 */
import { createSignal } from 'solid-js'
import { pageClock } from './clock.ts'

export type Connection = 'online' | 'offline' | 'connecting'

const firstPauseMs = 2_000
const lastPauseMs = 30_000
const restMs = 60_000 // while all is well and the page is looked at

const [connection, setConnection] = createSignal<Connection>('connecting')
const [memoryOnly, setMemoryOnly] = createSignal(false)
const [refusal, setRefusal] = createSignal<string>()
/** `refusal`: the code of what the relay does not take now. */
export { connection, memoryOnly, refusal }

/** Something could not be kept in IndexedDB and lives in this page only. */
export const tellMemoryOnly = (): void => void setMemoryOnly(true)

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

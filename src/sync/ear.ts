/**
 * Hears what changes in a room for everyone, without Yjs: a bare socket to `/sync/<room>`, open while somebody looks at the
 * page. What was there before is not sent, unless it is asked for: over HTTP it is compressed.
 *
 *   frame := 0 · step:uint · bytes   sync: 1 what was asked for at the join, or was missed, 2 a change; 0 asks us, who have nothing
 *          | anything else           somebody is there, which the relay says at least every 15 s
 */
import { restartingDelay } from '#domain/restart.ts'
import { tellConnection, type Connection } from './connection.ts'

export interface EarDeps {
  readonly url: string
  /** Called when the room was joined, with all changes after `vector`, and at every change. */
  readonly heard: (why: 'joined' | 'changed', update: Uint8Array) => void
  /** The state vector of what is here; without one only changes are sent. */
  readonly vector?: (() => Uint8Array) | undefined
  readonly tell: (state: Connection) => void
  readonly isSeen: () => boolean
  /** Calls back whenever it may be worth dialling, or time to hang up. */
  readonly watchPage: (turned: () => void) => void
}

/** The state vector of somebody who has all that the client 1, the relay, can ever have written. */
const everything = Uint8Array.of(1, 1, 255, 255, 255, 255, 7)
const firstPauseMs = 500
const longestPauseMs = 4_000 // after the relay is back a page is back within five seconds
const stayAwayMs = 60_000
const silenceMs = 40_000

/** @returns how to stop */
export function listen({ url, heard, vector, tell, isSeen, watchPage }: EarDeps): () => void {
  let socket: WebSocket | undefined
  let pauseMs = firstPauseMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const later = (work: () => void, ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(work, ms)
  }
  const hangUp = () => {
    clearTimeout(timer)
    socket?.close()
    socket = undefined
  }
  const lost = (awayMs: number) => {
    hangUp()
    if (isOver || !isSeen()) return
    tell('offline')
    later(dial, awayMs)
  }
  const dial = () => {
    const mine = new WebSocket(url)
    let why: 'joined' | 'changed' = 'joined'
    mine.binaryType = 'arraybuffer'
    socket = mine
    const silent = () => lost(0)
    mine.addEventListener('open', () => {
      const has = vector?.() ?? everything
      mine.send(Uint8Array.of(0, 0, has.length, ...has)) // it is short: one client
    })
    mine.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      if (mine !== socket) return
      later(silent, silenceMs)
      const frame = new Uint8Array(data)
      const [type, step] = frame
      if (type !== 0 || step === 0) return
      pauseMs = firstPauseMs
      if (why === 'joined') tell('online')
      heard(why, frame.subarray(frame.findIndex((byte, i) => i > 1 && byte < 128) + 1)) // after the length
      why = 'changed'
    })
    mine.addEventListener('close', ({ code, reason }) => {
      if (mine !== socket) return // it was hung up here
      pauseMs = Math.min(pauseMs * 1.6, longestPauseMs)
      const isRefused = code >= 4400 && code <= 4499
      lost(restartingDelay(code, reason) ?? (isRefused ? stayAwayMs : pauseMs * (0.5 + Math.random() / 2)))
    })
    later(silent, silenceMs)
  }
  const turn = () => {
    if (isOver || !isSeen()) hangUp()
    else if (!socket) {
      clearTimeout(timer)
      dial()
    }
  }
  watchPage(turn)
  turn()
  return () => {
    isOver = true
    hangUp()
  }
}

/** The ear of this page. @param room a name, which everyone may read */
export const listenTo = (room: string, heard: EarDeps['heard'], vector?: EarDeps['vector']): (() => void) =>
  listen({
    url: `${location.origin.replace(/^http/, 'ws')}/sync/${room}`,
    heard,
    vector,
    tell: tellConnection,
    isSeen: () => !document.hidden,
    watchPage(turned) {
      document.addEventListener('visibilitychange', turned)
      for (const event of ['online', 'pageshow']) addEventListener(event, turned)
    },
  })

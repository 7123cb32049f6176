/** Files as they are read: each once while it is held, shared by all questions that want it, taken back when none does any more. */
import type { Asking } from './part.ts'

/** Where files come from: a kept pack, or the network. */
export interface Files {
  /** Undefined when they cannot be had. @param again past every cache: what came before was damaged */
  bytesOf(path: string, signal: AbortSignal, again?: boolean): Promise<Uint8Array | undefined>
  /** Whether this segment is kept here whole, so that cards are read from their pages. */
  isKept(segment: string): boolean
  /** What was asked for is known there no more: there must be a newer edition. */
  outdated(): void
}

/** @returns undefined for what is damaged */
export type Decode<T> = (bytes: Uint8Array) => T | undefined

export type Read = <T>(path: string, decode: Decode<T>, asking: Asking) => Promise<T | undefined>

interface Reading {
  readonly value: Promise<unknown>
  readonly stop: AbortController
  askers: number
}

const heldFiles = 600 // decoded: about 5 MB

export function createReading(files: Files): Read {
  const held = new Map<string, Reading>()

  const readingOf = <T>(path: string, decode: Decode<T>): Reading => {
    const known = held.get(path)
    const stop = new AbortController()
    const isGoingOn = known !== undefined && !known.stop.signal.aborted
    const reading = isGoingOn ? known : { stop, askers: 0, value: fetched(files, path, decode, stop.signal) }
    held.delete(path)
    held.set(path, reading) // behind all others: the first is the one not wanted for longest
    const [oldest = path] = held.keys()
    if (held.size > heldFiles) held.delete(oldest)
    return reading
  }
  return async <T>(path: string, decode: Decode<T>, { trouble, signal }: Asking) => {
    if (signal.aborted) return undefined
    const reading = readingOf(path, decode)
    const leave = () => {
      if (--reading.askers === 0) reading.stop.abort()
    }
    reading.askers++
    signal.addEventListener('abort', leave)
    const value = (await reading.value) as T | undefined
    signal.removeEventListener('abort', leave)
    if (value !== undefined) return value
    if (held.get(path) === reading) held.delete(path)
    trouble()
    return undefined
  }
}

/** What is damaged is fetched once more. */
async function fetched<T>(files: Files, path: string, decode: Decode<T>, signal: AbortSignal): Promise<T | undefined> {
  const bytes = await files.bytesOf(path, signal)
  const value = bytes && decode(bytes)
  if (value !== undefined || bytes === undefined) return value
  const again = await files.bytesOf(path, signal, true)
  return again && decode(again)
}

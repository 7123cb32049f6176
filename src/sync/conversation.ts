/** What the relay says about one room, and what follows from it here. */
import { createSignal } from 'solid-js'
import { asksAgain, type RelayMessage } from '#domain/protocol.ts'
import { tellRefusal } from './connection.ts'
import { vectorOf, type Durable, type Vector } from './durable.ts'
import { heardAtKey } from './heard-at.ts'
import type { OpenRoom } from './session.ts'
import type { Kept } from './storage.ts'

export interface ConversationDeps {
  readonly kept: Kept
  /** Present for a room that this browser's key writes. All others are the relay's word, and only read here. */
  readonly durable: Durable | undefined
  readonly heardClock: (now: number) => void
  /** The relay has another room under this name than the one that was read here: what is here must go. */
  readonly startAgain: () => void
  /** The relay has lost what it had of this room, which is ours: nothing is sent until the person has said so. */
  readonly setAside: (putBack: () => void) => void
  /** Says again what was refused for now. */
  readonly resend: () => void
}
export interface Conversation {
  readonly refused: OpenRoom['refused']
  heard(message: RelayMessage): void
  denied(reason: string): void
  close(): void
}

export async function createConversation(deps: ConversationDeps): Promise<Conversation> {
  const { durable } = deps
  const [refused, setRefused] = createSignal<ReturnType<OpenRoom['refused']>>()
  const epoch = await createEpoch(deps.kept)
  const retry = createRetry(deps.resend)

  /** The relay tells what it has before it asks for what is here, so there is time to leave. */
  const isLost = (told: string, vector: Vector): boolean => {
    if (!durable || epoch.fits(told) || !durable.hasLost(vector)) return false
    durable.doubt()
    deps.setAside(() => {
      durable.forget()
      epoch.take(told)
    })
    return true
  }
  const inSync = (): void => void deps.kept.write(heardAtKey, String(Date.now()))
  let isGreeting = false
  const heard = (message: RelayMessage): void => {
    switch (message.kind) {
      case 'clock':
        return deps.heardClock(message.now)
      case 'joined':
        isGreeting = true
        setRefused(undefined)
        tellRefusal(undefined)
        deps.heardClock(message.now)
        if (!durable) inSync()
        if (durable) return // what it has lost, if anything, is known by the vector that follows
        return epoch.fits(message.epoch) ? epoch.take(message.epoch) : deps.startAgain()
      case 'stored':
        if (isLost(message.epoch, vectorOf(message.sv))) return
        epoch.take(message.epoch)
        durable?.grow(vectorOf(message.sv), isGreeting)
        isGreeting = false
        if (!durable?.stored()) return
        inSync()
        if (refused()) tellRefusal(undefined)
        setRefused(undefined)
        return retry.calm()
      case 'work':
        return // answered where the socket is
      case 'refused':
        if (asksAgain.has(message.code)) return
        if (durable && message.code !== 'gap') tellRefusal(message.code) // a gap is mended between the two of them
        setRefused({ code: message.code, detail: message.detail })
        if (message.retry === 'later') retry.soon()
        // Nothing is written here: if it is more than the relay has, the relay has lost it.
        if (!durable && (message.retry === 'reset' || message.code === 'read-only')) deps.startAgain()
    }
  }
  const denied = (reason: string): void => {
    if (durable && reason === 'erased-key') tellRefusal(reason)
    setRefused({ code: reason, detail: '' })
  }
  return { refused, heard, denied, close: retry.calm }
}

/** The epoch this browser's copy belongs to. A copy without one fits any. */
async function createEpoch(kept: Kept) {
  let known = await kept.read('epoch')
  return {
    fits: (epoch: string): boolean => epoch === known || typeof known !== 'string' || known === '',
    take(epoch: string): void {
      if (epoch === known) return
      known = epoch
      void kept.write('epoch', epoch)
    },
  }
}

const firstRetryMs = 3_000
const lastRetryMs = 60_000

/** With growing pauses, until all is stored. */
function createRetry(run: () => void) {
  let pauseMs = firstRetryMs
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    soon(): void {
      clearTimeout(timer)
      timer = setTimeout(run, pauseMs)
      pauseMs = Math.min(pauseMs * 2, lastRetryMs)
    },
    calm(): void {
      clearTimeout(timer)
      pauseMs = firstRetryMs
    },
  }
}

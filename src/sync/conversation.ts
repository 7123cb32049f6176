/** What the relay says about one room, and what follows from it here. */
import { createSignal } from 'solid-js'
import type { RelayMessage } from '#domain/protocol.ts'
import { vectorOf, type Durable } from './durable.ts'
import type { OpenRoom } from './session.ts'
import type { Kept } from './storage.ts'

export interface ConversationDeps {
  readonly kept: Kept
  /** Present for a room that this browser's key writes. All others are the relay's word, and only read here. */
  readonly durable: Durable | undefined
  readonly heardClock: (now: number) => void
  /** The relay has another room under this name than the one that was read here: what is here must go. */
  readonly startAgain: () => void
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
  const isSameEpoch = await createEpoch(deps.kept)
  const retry = createRetry(deps.resend)

  const toEpoch = (epoch: string): void => {
    if (isSameEpoch(epoch)) return
    if (durable)
      durable.forget() // ours: the relay lost it, and the step 2 that follows brings it back
    else deps.startAgain()
  }
  let isGreeting = false
  const heard = (message: RelayMessage): void => {
    switch (message.kind) {
      case 'clock':
        return deps.heardClock(message.now)
      case 'joined':
        isGreeting = true
        setRefused(undefined)
        deps.heardClock(message.now)
        return toEpoch(message.epoch)
      case 'stored':
        toEpoch(message.epoch)
        durable?.grow(vectorOf(message.sv), isGreeting)
        isGreeting = false
        if (!durable?.stored()) return
        setRefused(undefined)
        return retry.calm()
      case 'refused':
        setRefused({ code: message.code, detail: message.detail })
        if (message.retry === 'later') retry.soon()
        // Nothing is written here: if it is more than the relay has, the relay has lost it.
        if (!durable && (message.retry === 'reset' || message.code === 'read-only')) deps.startAgain()
    }
  }
  return { refused, heard, denied: (reason) => void setRefused({ code: reason, detail: '' }), close: retry.calm }
}

/** Answers whether an epoch is the one this browser's copy belongs to, and takes it over. A copy without one fits any. */
async function createEpoch(kept: Kept): Promise<(epoch: string) => boolean> {
  let known = await kept.read('epoch')
  return (epoch) => {
    if (epoch === known) return true
    const fits = typeof known !== 'string' || known === ''
    known = epoch
    void kept.write('epoch', epoch)
    return fits
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

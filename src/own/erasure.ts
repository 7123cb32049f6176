/** Has everything of this browser's keys erased at the portal, follows how far it is, and then clears this device. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { erasureMarkOf, erasureSteps, isErasureStep, signErasure, type ErasureStep } from '#domain/erasure.ts'
import type { Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { removeEverything } from '#src/sync/kept-here.ts'
import type { Session } from '#src/sync/session.ts'

export type Erasing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'under-way'; readonly step: ErasureStep; readonly isAway: boolean }
  | { readonly kind: 'device' }

/** Set while the portal is at it, so that this page goes on when it is opened again. */
const flag = 'xxg-erasing'
/** In the address of the page that says so, when this browser has nothing else left of it. */
export const erasedHash = '#erased'

const pauseMs = 400
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface ErasureDeps {
  readonly session: Pick<Session, 'signer' | 'now'>
  readonly portal: string
  readonly leave: () => void
}

/** Call it where Solid has an owner. */
export function createErasure({ session, portal, leave }: ErasureDeps): {
  readonly state: Accessor<Erasing>
  erase(): Promise<void>
} {
  const [state, setState] = createSignal<Erasing>({ kind: 'idle' })
  let isOver = false
  onCleanup(() => (isOver = true))

  const follow = async (signers: readonly Signer[]): Promise<void> => {
    const marks = await Promise.all(signers.map(({ did }) => erasureMarkOf(did)))
    for (;;) {
      if (isOver) return
      const steps = await Promise.all(marks.map(stepOf))
      const slowest = steps.reduce((a, b) => (rank(a) <= rank(b) ? a : b), 'done')
      if (slowest === 'done') break
      setState((before) => ({
        kind: 'under-way',
        step: slowest === 'unknown' ? (before.kind === 'under-way' ? before.step : 'begun') : slowest,
        isAway: slowest === 'unknown',
      }))
      await pause(pauseMs)
    }
    setState({ kind: 'device' })
    await removeEverything()
    leave()
  }
  const erase = async (): Promise<void> => {
    setState({ kind: 'under-way', step: 'begun', isAway: false })
    const signers = await keysInUse(session)
    for (const signer of signers) {
      const why = await ask(signer, portal, session.now())
      if (why !== undefined) return void setState({ kind: 'refused', why })
      localStorage.setItem(flag, '1')
    }
    await follow(signers)
  }
  if (localStorage.getItem(flag)) void keysInUse(session).then(follow)
  return { state, erase }
}

const rank = (step: ErasureStep | 'unknown'): number => (step === 'unknown' ? -1 : erasureSteps.indexOf(step))

/** The key of a person; and the one of his friends' listings where the portal has anything of it, for it need not be told of. */
async function keysInUse({ signer }: Pick<Session, 'signer'>): Promise<readonly Signer[]> {
  const [person, friends] = await Promise.all([signer('person'), signer('friends')])
  const answer = await fetch(`/rooms/${shelfOf(friends.did)}`, { method: 'HEAD', cache: 'no-store' }).catch(
    () => undefined,
  )
  return answer?.ok || (await stepOf(await erasureMarkOf(friends.did))) !== 'unknown' ? [friends, person] : [person]
}

/** @returns why not */
async function ask(signer: Signer, portal: string, now: number): Promise<string | undefined> {
  try {
    const [token, body] = await Promise.all([makeToken(signer, location.origin, now), signErasure(signer, portal, now)])
    const answer = await fetch('/erase', { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body })
    if (answer.ok) return undefined
    const { kind }: { readonly kind?: unknown } = await answer.json()
    return typeof kind === 'string' ? kind : 'other'
  } catch {
    return 'offline'
  }
}

async function stepOf(mark: string): Promise<ErasureStep | 'unknown'> {
  try {
    const answer = await fetch(`/erase/${mark}`, { cache: 'no-store' })
    const { step }: { readonly step?: unknown } = await answer.json()
    return typeof step === 'string' && isErasureStep(step) ? step : 'unknown'
  } catch {
    return 'unknown'
  }
}

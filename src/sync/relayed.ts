/** Joins a room to the relay with the key it is opened by: the token, the flag of what waits, and the page's one socket. */
import type { KeyUse, Signer } from '#domain/identity.ts'
import { parseRoom, rightsOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { pageClock } from './clock.ts'
import { tellConnection } from './connection.ts'
import type { Link } from './link.ts'
import { openRoom, type HeldRoom } from './rooms.ts'
import { createUnsentFlag } from './unsent.ts'

export async function openRelayed(
  name: string,
  use: KeyUse | undefined,
  signer: (use: KeyUse) => Promise<Signer>,
): Promise<HeldRoom> {
  const room = parseRoom(name)
  if (!room.ok) throw new Error(`no such room: ${name}`)
  const key = use && (await signer(use))
  const isDraft = room.value.kind === 'draft' // whether its owner lets this key write it, the relay says
  const mayWrite = key !== undefined && rightsOf(room.value, key.did, isDraft).write
  return openRoom(name, {
    link: openLink,
    heardClock: (now) => pageClock.heard(now),
    unsent: use && mayWrite ? createUnsentFlag({ room: name, use }) : undefined,
    putsBack: room.value.kind === 'me',
    presence: isDraft ? async (doc) => new (await import('y-protocols/awareness')).Awareness(doc) : undefined,
    startAgain: () => startAgain(name),
    token: async () => (key ? tokenOf(key) : ''), // rooms for everyone are read without a name
  })
}

const tokenReuseMs = 30_000
const tokens = new Map<string, { readonly token: string; readonly madeAt: number }>()

/**
 * The clock is asked before the first token: on a device whose clock is wrong no token would be good. Rooms that join
 * together show the same token, which the relay then checks once; after a corrected clock the old one is too far off.
 */
export async function tokenOf(key: Signer): Promise<string> {
  await pageClock.measureOnce()
  const now = pageClock.now()
  const last = tokens.get(key.did)
  if (last && Math.abs(now - last.madeAt) < tokenReuseMs) return last.token
  const token = await makeToken(key, location.origin, now)
  tokens.set(key.did, { token, madeAt: now })
  return token
}

let opening: Promise<Link> | undefined

function openLink(): Promise<Link> {
  opening ??= dial()
  return opening
}

async function dial(): Promise<Link> {
  for (;;) {
    const loaded = await import('./link.ts').catch(() => undefined)
    if (loaded) return loaded.createLink(`${location.origin.replace(/^http/, 'ws')}/sync`, tellConnection)
    await new Promise((resolve) => setTimeout(resolve, codeRetryMs)) // the network went before the code had come
  }
}
const codeRetryMs = 5_000

const againMs = 60_000

/** Loads the page anew, but never in a circle, and never under the hands of somebody who is typing. */
function startAgain(name: string): void {
  const key = `xxg-again/${name}`
  const last = Number(sessionStorage.getItem(key))
  if (Date.now() - last < againMs) return
  sessionStorage.setItem(key, String(Date.now()))
  const isTyping = document.activeElement?.matches('input, textarea, select') ?? false
  if (isTyping) document.addEventListener('focusout', () => location.reload(), { once: true })
  else location.reload()
}

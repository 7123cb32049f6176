/**
 * Opens a room: an empty document, what this browser has of it, then the other tabs, then the relay. The document is whole
 * and can be written without any relay. This file brings Yjs with it and is loaded with the first room.
 */
import { createSignal } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { setAside } from './asides.ts'
import { createConversation } from './conversation.ts'
import { createDurable } from './durable.ts'
import type { JoinedRoom, Link } from './link.ts'
import { askToPersist } from './persist.ts'
import type { OpenRoom } from './session.ts'
import { keep } from './storage.ts'
import { createTabs } from './tabs.ts'
import type { UnsentFlag } from './unsent.ts'

export interface RelayDeps {
  readonly link: () => Promise<Link>
  readonly token: () => Promise<string>
  readonly heardClock: (now: number) => void
  /** Present for rooms that this browser's key writes. All others are the relay's word, and only read here. */
  readonly unsent: UnsentFlag | undefined
  /** What the relay has lost of this room goes back at once: it is a private thing that nobody else sees or decides on. */
  readonly putsBack: boolean
  /** Present where people write together and see one another. */
  readonly presence: ((doc: Y.Doc) => Promise<Awareness>) | undefined
  /** Called after the local copy was cleared, because the relay's is another one now: the page must read it anew. */
  readonly startAgain: () => void
}
/** The holder counts who uses a room, and closes it. */
export interface HeldRoom extends Omit<OpenRoom, 'release'> {
  /** False while something waits to be sent. */
  mayClose(): boolean
  close(): Promise<void>
}

export async function openRoom(name: string, deps: RelayDeps): Promise<HeldRoom> {
  const local = await openDocument(name, deps.unsent !== undefined)
  const { doc, kept } = local
  const awareness = await deps.presence?.(doc)
  const durable = deps.unsent && (await createDurable({ ...local, unsent: deps.unsent }))
  const [synced, setSynced] = createSignal(false)
  let joined: JoinedRoom | undefined
  let isClosed = false

  const leave = (): void => {
    joined?.leave()
    joined = undefined
  }
  const startAgain = async (): Promise<void> => {
    leave()
    await kept.clear()
    deps.startAgain()
  }
  const { refused, heard, denied, ...conversation } = await createConversation({
    kept,
    durable,
    heardClock: deps.heardClock,
    startAgain: () => void startAgain(),
    setAside(putBack) {
      leave()
      const back = () => {
        putBack()
        void join()
      }
      const drop = () => {
        deps.unsent?.lower()
        void startAgain()
      }
      if (deps.putsBack) return back()
      setAside({ room: name, putBack: back, drop })
    },
    resend: () => joined?.resend(),
  })
  const join = async (): Promise<void> => {
    const link = await deps.link()
    if (isClosed) return
    joined = link.join({ name, doc, awareness, token: deps.token, heard, denied, synced: () => void setSynced(true) })
    local.relayIs(joined.origin)
  }
  void join() // nobody waits for the socket: the document can be read and written now
  const close = async (): Promise<void> => {
    isClosed = true
    conversation.close()
    leave()
    awareness?.destroy()
    await local.close()
  }
  const forget = async (): Promise<void> => {
    isClosed = true
    leave()
    deps.unsent?.lower()
    await kept.clear()
  }
  const stored = durable?.stored ?? (() => true) // the relay's own words are on the relay
  const saved: HeldRoom['saved'] = async () => {
    const result = await kept.saved()
    if (result.ok && deps.unsent) askToPersist()
    return result
  }
  const said = { saved, stored, synced, refused, forget, mayClose: stored, close }
  return { name, doc, awareness, memoryOnly: kept.memoryOnly, ...said }
}

async function openDocument(name: string, isOwn: boolean) {
  const doc = new Y.Doc()
  const unkept = {} // from a tab that could not write it to the disk: this one does
  const elsewhere = new Set<unknown>([unkept])
  const isLocal = (origin: unknown): boolean => !elsewhere.has(origin)
  let relay: unknown = {}
  const tabs = createTabs({ name: `xxg/${name}`, doc, isLocal })
  const kept = await keep(`xxg/${name}`, doc, isOwn)
  elsewhere.add(kept.origin)
  tabs.open({ isKept: !kept.memoryOnly, kept: kept.origin, unkept })
  return {
    doc,
    kept,
    isLocal,
    isRelay: (origin: unknown): boolean => origin === relay,
    relayIs(origin: unknown): void {
      relay = origin
      elsewhere.add(origin)
    },
    async close(): Promise<void> {
      tabs.close()
      await kept.close()
    },
  }
}

/**
 * A draft that is open: its document, who else is there, and what becomes of it here. Whom its owner does not let write any
 * more keeps what he has as a draft of his own, under a name that follows from this one, so that his devices make one copy.
 */
import { createEffect, createRoot, createSignal, on, type Accessor } from 'solid-js'
import * as Y from 'yjs'
import { sha256, toBase64url, utf8 } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import { draftOf } from '#domain/room.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import type { DraftRef } from './address.ts'
import type { ListedDraft, MyDrafts } from './my-drafts.ts'

/** `waiting`: never read, and not to be read yet. `lost`: read once, and not any more. */
export type Standing = 'open' | 'waiting' | { readonly copy: DraftRef }

export interface DraftRoom {
  readonly room: OpenRoom
  readonly standing: Accessor<Standing>
  readonly title: Accessor<string>
  /** The greatest version that anybody who writes here has published, as far as this document tells. */
  readonly published: Accessor<number>
  tellPublished(version: number): void
  close(): void
}

interface Deps {
  readonly session: Session
  readonly drafts: MyDrafts
  readonly did: Did
}

export async function openDraft({ session, drafts, did }: Deps, ref: DraftRef): Promise<DraftRoom> {
  const room = await session.room(draftOf(ref.owner, ref.draft), 'person')
  const meta = room.doc.getMap<unknown>('meta')
  const [standing, setStanding] = createSignal<Standing>('open')
  const [seen, setSeen] = createSignal({ title: titleOf(meta), version: versionOf(meta) })
  const look = () => {
    setSeen({ title: titleOf(meta), version: versionOf(meta) })
    if (standing() === 'open') drafts.keep(listed(ref, meta, session.now(), drafts.all()))
  }
  meta.observe(look)

  const turnedAway = async (): Promise<void> => {
    if (room.doc.store.clients.size === 0) return void setStanding('waiting')
    const copy = await copyOf({ session, drafts, did }, ref, room)
    setStanding({ copy })
  }
  const dispose = createRoot((end) => {
    createEffect(
      on(
        () => room.refused()?.code,
        (code) => {
          if ((code === 'forbidden' || code === 'read-only') && ref.owner !== did) void turnedAway()
        },
      ),
    )
    return end
  })
  return {
    room,
    standing,
    title: () => seen().title,
    published: () => seen().version,
    tellPublished: (version) => void meta.set('version', Math.max(version, versionOf(meta))),
    close() {
      dispose()
      meta.unobserve(look)
      room.release()
    },
  }
}

const titleOf = (meta: Y.Map<unknown>): string => String(meta.get('title') ?? '')
const versionOf = (meta: Y.Map<unknown>): number => {
  const version = Number(meta.get('version') ?? 0)
  return Number.isInteger(version) && version > 0 ? version : 0
}

/** As it stands in the list, at most a minute old: every key would otherwise be a write. */
function listed(ref: DraftRef, meta: Y.Map<unknown>, now: number, all: readonly ListedDraft[]): ListedDraft {
  const before = all.find(({ owner, draft }) => owner === ref.owner && draft === ref.draft)
  const at = before && now - before.at < 60_000 ? before.at : now
  return { ...ref, title: titleOf(meta), at, ...(before?.isCopy && { isCopy: true }) }
}

async function copyOf({ session, drafts, did }: Deps, ref: DraftRef, lost: OpenRoom): Promise<DraftRef> {
  const name = toBase64url((await sha256(utf8(`copy\n${lost.name}`))).slice(0, 16))
  const copy = { owner: did, draft: name }
  const room = await session.room(draftOf(did, name), 'person')
  Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(lost.doc))
  const meta = room.doc.getMap<unknown>('meta')
  meta.delete('version')
  const { ok: isKept } = await room.saved()
  drafts.keep({ ...copy, title: titleOf(meta), at: session.now(), isCopy: true })
  drafts.drop(ref)
  if (isKept) await lost.forget()
  return copy
}

/**
 * A moderator's side: the queue as the portal last told it, and decisions, which are records on the moderator's own shelf. To
 * decide is a local write; the queue is kept for the time without a network.
 */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { tellsContact } from '#domain/contact-in-text.ts'
import type { Did } from '#domain/identity.ts'
import { isKeptLabel, LabelBody } from '#domain/label.ts'
import type { QueuePage } from '#domain/queue.ts'
import { firstRevision } from '#domain/record.ts'
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { inboxOf, shelfOf } from '#domain/room.ts'
import { minuteMs } from '#domain/time.ts'
import { createNotices, createSlots } from '#src/sync/own-shelf.ts'
import { progressOf, type Progress } from '#src/sync/progress.ts'
import type { Session } from '#src/sync/session.ts'
import { createKept, fetchSigned, type Told } from './told.ts'

export interface OwnDecision {
  readonly body: LabelBody
  readonly at: number
  readonly progress: Progress
}

export interface Bench {
  readonly did: Did
  readonly state: Accessor<Told>
  readonly queue: Accessor<QueuePage | undefined>
  /** Mine, the latest first. */
  readonly decisions: Accessor<readonly OwnDecision[]>
  decide(body: LabelBody): Promise<Result<void, readonly Refusal[]>>
  refresh(): Promise<void>
}

/** Undefined where this browser has no key. Call `make` where Solid has an owner. */
export async function openBench(session: Session, portal: string): Promise<{ make(): Bench } | undefined> {
  const did = await session.knownDid('person')
  if (!did) return undefined
  const [signer, device] = await Promise.all([session.signer('person'), session.device('person')])
  const [shelf, inbox] = await Promise.all([session.room(shelfOf(did), 'person'), session.room(inboxOf(did), 'person')])
  const kept = createKept<QueuePage>(`xinxigang/queue/${did}`)

  const make = (): Bench => {
    const { slots, loaded } = createSlots({ shelf, did }, portal)
    const notices = createNotices({ inbox })
    const [queue, setQueue] = createSignal(kept.read())
    const [state, setState] = createSignal<Told>('loading')
    const records = shelf.doc.getMap<string>('records')

    const refresh = async (): Promise<void> => {
      const told = await fetchSigned<QueuePage>('/moderation/queue')
      if (typeof told === 'string') return void setState(told === 'offline' && !queue() ? 'failed' : told)
      kept.write(told)
      setQueue(told)
      setState('ready')
    }
    const decisions = createMemo(() =>
      [...slots().values()]
        .flatMap((found) => found.map(({ record }) => record))
        .filter(({ envelope }) => envelope.kind === 'label')
        .sort((a, b) => b.envelope.updatedAt - a.envelope.updatedAt)
        .flatMap(({ envelope, hash }): readonly OwnDecision[] => {
          const body = LabelBody.safeParse(envelope.body).data
          const progress = progressOf(notices().get(hash), { isSaved: true, isStored: shelf.stored() })
          return body ? [{ body, at: envelope.updatedAt, progress }] : []
        }),
    )
    const decide: Bench['decide'] = async (said) => {
      const parsed = LabelBody.safeParse(said)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      if (tellsContact(parsed.data.reason)) return err([{ rule: 'HR-2', field: 'reason' }])
      await loaded
      const [nonce, now] = [crypto.getRandomValues(new Uint8Array(16)), session.now()]
      const { envelope, text } = await firstRevision(signer, { portal, kind: 'label', body: parsed.data, nonce, now })
      shelf.doc.transact(() => {
        for (const [slot, old] of records.entries()) if (isOldLabel(old, now)) records.delete(slot) // the portal's log has it
        records.set(`${envelope.id}/${device}`, text)
      })
      await shelf.saved()
      return ok(undefined)
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && void refresh(), minuteMs)
    const online = () => void refresh()
    addEventListener('online', online)
    onCleanup(() => {
      clearInterval(timer)
      removeEventListener('online', online)
    })
    void refresh()
    return { did, state, queue, decisions, decide, refresh }
  }
  return { make }
}

function isOldLabel(text: string, now: number): boolean {
  try {
    const { kind, updatedAt } = JSON.parse(text.slice(text.indexOf('.') + 1)) as { kind: string; updatedAt: number }
    return kind === 'label' && !isKeptLabel(updatedAt, now)
  } catch {
    return false
  }
}

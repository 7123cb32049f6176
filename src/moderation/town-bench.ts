/**
 * A moderator's side of the town's own pages: what stands there as the portal last told it and this device has written since, and
 * acts, which are records on his own shelf. To write is a local write; what was told is kept for the time without a network.
 */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Did } from '#domain/identity.ts'
import type { TownAct } from '#domain/read-model.ts'
import { firstRevision } from '#domain/record.ts'
import { inboxOf, shelfOf } from '#domain/room.ts'
import { TownEntryBody, townIdOf } from '#domain/town-entry.ts'
import { itemOf, mergedTown, type TownEdit, type TownItem } from '#domain/town-pages.ts'
import { createNotices, createSlots } from '#src/sync/own-shelf.ts'
import { progressOf, type Progress } from '#src/sync/progress.ts'
import type { Session } from '#src/sync/session.ts'
import { createKept, fetchSigned, type Told } from './told.ts'
import { bodyOfItem } from './town-values.ts'

export interface OwnAct extends TownEdit {
  readonly slot: string
  readonly progress: Progress
}
/** An entry as it stands; `item` is undefined where it was taken off. */
export interface Standing {
  readonly id: string
  readonly body: TownEntryBody
  readonly item: TownItem | undefined
  readonly at: number
  /** What counted before, if anything else ever did. */
  readonly before: TownEntryBody | undefined
  /** My last act about it. */
  readonly mine: OwnAct | undefined
}

export interface TownBench {
  readonly did: Did
  readonly state: Accessor<Told>
  /** When the portal told it, ms. */
  readonly toldAt: Accessor<number>
  readonly standing: Accessor<readonly Standing[]>
  /** Mine, the latest first. */
  readonly acts: Accessor<readonly OwnAct[]>
  /** Resolves with whether it is on the disk of this device. */
  act(body: TownEntryBody): Promise<boolean>
  refresh(): Promise<void>
}

interface ToldActs {
  readonly at: number
  readonly acts: readonly TownAct[]
}

/** Undefined where this browser has no key. Call `make` where Solid has an owner. */
export async function openTownBench(
  session: Session,
  portal: string,
  content: readonly TownItem[],
): Promise<{ make(): TownBench } | undefined> {
  const did = await session.knownDid('person')
  if (!did) return undefined
  const [signer, device] = await Promise.all([session.signer('person'), session.device('person')])
  const [shelf, inbox] = await Promise.all([session.room(shelfOf(did), 'person'), session.room(inboxOf(did), 'person')])
  const kept = createKept<ToldActs>(`xinxigang/town/${did}`)

  const make = (): TownBench => {
    const { slots, loaded } = createSlots({ shelf, did }, portal)
    const notices = createNotices({ inbox })
    const [told, setTold] = createSignal(kept.read())
    const [state, setState] = createSignal<Told>('loading')
    const records = shelf.doc.getMap<string>('records')

    const refresh = async (): Promise<void> => {
      const answer = await fetchSigned<ToldActs>('/moderation/acts')
      if (typeof answer === 'string') return void setState(answer)
      kept.write(answer)
      setTold(answer)
      setState('ready')
    }
    const acts = createMemo(() =>
      [...slots().entries()]
        .flatMap(([id, found]) => found.map(({ record, device: of }) => ({ record, slot: `${id}/${of}` })))
        .filter(({ record }) => record.envelope.kind === 'town-entry')
        .sort((a, b) => b.record.envelope.updatedAt - a.record.envelope.updatedAt)
        .flatMap(({ record: { envelope, hash }, slot }): readonly OwnAct[] => {
          const body = TownEntryBody.safeParse(envelope.body).data
          const progress = progressOf(notices().get(hash), { isSaved: true, isStored: shelf.stored() })
          return body ? [{ body, slot, at: envelope.updatedAt, progress }] : []
        }),
    )
    /** All that is known of each entry, the latest first. */
    const histories = createMemo(() => {
      const mine = acts().filter(({ progress }) => progress.step !== 'refused')
      const all = [...(told()?.acts ?? []), ...mine].map(({ body, at }) => ({ body, at }))
      const byId = new Map<string, TownEdit[]>()
      for (const edit of all.sort((a, b) => b.at - a.at)) {
        const id = townIdOf(edit.body)
        const held = byId.get(id) ?? []
        byId.set(id, [...held, edit])
      }
      return byId
    })
    const standing = createMemo(() => {
      const edits = [...histories().values()].flatMap(([latest]) => latest ?? [])
      const items = new Map(mergedTown(content, edits).map((item) => [townIdOf(item), item] as const))
      const written = new Map(content.map((item) => [townIdOf(item), bodyOfItem(item)] as const))
      const ids = [...new Set([...[...histories().keys()].filter((id) => !written.has(id)), ...written.keys()])]
      return ids.flatMap((id): readonly Standing[] => {
        const [latest, ...older] = histories().get(id) ?? []
        const body = latest?.body ?? written.get(id)
        if (!body) return []
        const spelled = JSON.stringify(body)
        const before = [...older.map((edit) => edit.body), written.get(id)].find(
          (one) => one && JSON.stringify(one) !== spelled,
        )
        const mine = acts().find((act) => townIdOf(act.body) === id)
        return [{ id, body, item: items.get(id) ?? itemOf(body, undefined), at: latest?.at ?? 0, before, mine }]
      })
    })
    const act: TownBench['act'] = async (body) => {
      await loaded
      const [nonce, now] = [crypto.getRandomValues(new Uint8Array(16)), session.now()]
      const { envelope, text } = await firstRevision(signer, { portal, kind: 'town-entry', body, nonce, now })
      const old = acts().filter((one) => townIdOf(one.body) === townIdOf(body) && one.progress.step === 'published')
      shelf.doc.transact(() => {
        for (const { slot } of old.slice(2)) records.delete(slot) // the portal's journal has them
        records.set(`${envelope.id}/${device}`, text)
      })
      return (await shelf.saved()).ok
    }
    const online = () => void refresh()
    addEventListener('online', online)
    onCleanup(() => removeEventListener('online', online))
    void refresh()
    return { did, state, toldAt: () => told()?.at ?? 0, standing, acts, act, refresh }
  }
  return { make }
}

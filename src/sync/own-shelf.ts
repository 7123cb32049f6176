/** What lies on a shelf of mine and what the relay says about it, live, as Solid accessors. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Notice } from '#domain/notice.ts'
import { noticesOf, slotsOf, type OwnRooms, type Slot } from './own-rooms.ts'

export type Slots = ReadonlyMap<string, readonly Slot[]>

/** `loaded` resolves when what this device has was read. Call it where Solid has an owner. */
export function createSlots(
  { shelf, did }: Pick<OwnRooms, 'shelf' | 'did'>,
  portal: string,
): { slots: Accessor<Slots>; loaded: Promise<void> } {
  const [slots, setSlots] = createSignal<Slots>(new Map())
  let turn = 0
  const read = async (): Promise<void> => {
    const mine = ++turn
    const found = await slotsOf(shelf, did, portal)
    if (mine === turn) setSlots(found)
  }
  const changed = () => void read()
  const records = shelf.doc.getMap('records')
  records.observe(changed)
  onCleanup(() => records.unobserve(changed))
  return { slots, loaded: read() }
}

export function createNotices({ inbox }: Pick<OwnRooms, 'inbox'>): Accessor<ReadonlyMap<string, Notice>> {
  const [notices, setNotices] = createSignal(noticesOf(inbox))
  const map = inbox.doc.getMap('notices')
  const changed = () => setNotices(noticesOf(inbox))
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return notices
}

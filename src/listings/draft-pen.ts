/**
 * Writes what is typed into one draft: the first key at once, then a moment after the last one, or every few seconds while
 * somebody types on; and when the window is left or the page is put away. Every writing is sealed and sent, so it has its price.
 */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { OpenRoom } from '#src/sync/session.ts'
import type { DraftValues } from './draft-values.ts'
import type { Drafts } from './drafts.ts'

export type DraftMark = 'saving' | 'saved' | 'failed'

export interface DraftPen {
  readonly id: Accessor<string>
  /** Solid accessor: whether the words are on this device; undefined while nothing was typed. */
  readonly mark: Accessor<DraftMark | undefined>
  /** Goes on with this draft from now on. */
  take(id: string): void
  write(field: string, value: string): void
  flush(): void
}

export interface DraftPenDeps {
  readonly room: Pick<OpenRoom, 'saved'>
  readonly drafts: Drafts
  readonly now: () => number
  /** Another tab wrote into this draft; or this tab did, and then nothing is new to it. */
  readonly heard: (values: DraftValues) => void
  readonly becameRecord: (recordId: string) => void
}

const pauseMs = 1_000
const longestMs = 4_000
const againMs = 5_000 // after the disk was full

/** Call it where Solid has an owner. */
export function createDraftPen({ room, drafts, now, heard, becameRecord }: DraftPenDeps, firstId: string): DraftPen {
  const [id, take] = createSignal(firstId)
  const [mark, setMark] = createSignal<DraftMark>()
  let pending: Record<string, string> = {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let [isBegun, isClosed] = [false, false]
  let since = 0 // when what is pending began, on the page's own clock

  const flush = (): void => {
    clearTimeout(timer)
    const changes = pending
    pending = {}
    if (Object.keys(changes).length === 0) return
    drafts.write(id(), changes, now())
    void save()
  }
  const save = async (): Promise<void> => {
    clearTimeout(again)
    const { ok } = await room.saved()
    if (Object.keys(pending).length === 0) setMark(ok ? 'saved' : 'failed')
    if (!ok && !isClosed) again = setTimeout(() => void save(), againMs)
  }
  const changed = (): void => {
    const recordId = drafts.sentAs(id())
    if (recordId) return becameRecord(recordId)
    const values = Object.entries(drafts.read(id())?.values ?? {}).filter(([field]) => !(field in pending))
    heard(Object.fromEntries(values))
  }
  onCleanup(drafts.watch(changed))
  const leaving = ['visibilitychange', 'blur', 'pagehide'] as const // of the window: a mark that changes under a tap would move the button
  for (const event of leaving) addEventListener(event, flush)
  onCleanup(() => leaving.forEach((event) => removeEventListener(event, flush)))
  onCleanup(flush)
  onCleanup(() => {
    isClosed = true
    clearTimeout(again)
  })
  return {
    id,
    mark,
    take: (next) => {
      flush()
      take(next)
      setMark(undefined)
    },
    write(field, value) {
      if (Object.keys(pending).length === 0) since = performance.now()
      pending[field] = value
      setMark('saving')
      clearTimeout(timer)
      const isFirst = !isBegun
      isBegun = true
      if (isFirst) return flush()
      timer = setTimeout(flush, Math.min(pauseMs, since + longestMs - performance.now()))
    },
    flush,
  }
}

/** Writes what is typed into one draft: a moment after the last key, and at once when the page is put away. */
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

const pauseMs = 400

/** Call it where Solid has an owner. */
export function createDraftPen({ room, drafts, now, heard, becameRecord }: DraftPenDeps, firstId: string): DraftPen {
  const [id, take] = createSignal(firstId)
  const [mark, setMark] = createSignal<DraftMark>()
  let pending: Record<string, string> = {}
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = (): void => {
    clearTimeout(timer)
    const changes = pending
    pending = {}
    if (Object.keys(changes).length === 0) return
    drafts.write(id(), changes, now())
    void room.saved().then(({ ok }) => setMark(ok ? 'saved' : 'failed'))
  }
  const changed = (): void => {
    const recordId = drafts.sentAs(id())
    if (recordId) return becameRecord(recordId)
    const values = Object.entries(drafts.read(id())?.values ?? {}).filter(([field]) => !(field in pending))
    heard(Object.fromEntries(values))
  }
  onCleanup(drafts.watch(changed))
  document.addEventListener('visibilitychange', flush)
  onCleanup(() => document.removeEventListener('visibilitychange', flush))
  onCleanup(flush)
  return {
    id,
    mark,
    take: (next) => {
      flush()
      take(next)
      setMark(undefined)
    },
    write(field, value) {
      pending[field] = value
      setMark('saving')
      clearTimeout(timer)
      timer = setTimeout(flush, pauseMs)
    },
    flush,
  }
}

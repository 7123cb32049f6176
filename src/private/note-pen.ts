/** Writes a note as it is typed, and says whether it is on this device. The room seals it within a second, and when the page is put away. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { OpenRoom } from '#src/sync/session.ts'
import type { Notes } from './notes.ts'

export type NoteMark = 'saving' | 'kept' | 'failed' | 'memory' | 'dropped' | 'drop-failed'

export interface NotePen {
  readonly text: Accessor<string>
  /** Undefined while nothing was done. */
  readonly mark: Accessor<NoteMark | undefined>
  write(text: string): void
  /** Takes the note away until `undo`. */
  drop(): void
  undo(): void
}

export interface NotePenDeps {
  readonly notes: Notes
  readonly room: Pick<OpenRoom, 'saved' | 'memoryOnly'>
  readonly now: () => number
  readonly of: { readonly id: string; readonly title: string }
}

export const isDropped = (mark: NoteMark | undefined): boolean => mark === 'dropped' || mark === 'drop-failed'

const pauseMs = 400
const againMs = 5_000 // after the disk was full

/** Call it where Solid has an owner. */
export function createNotePen({ notes, room, now, of }: NotePenDeps): NotePen {
  const [text, setText] = createSignal(notes.textOf(of.id))
  const [mark, setMark] = createSignal<NoteMark>()
  let dropped = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0

  const save = async (): Promise<void> => {
    const mine = ++round
    const { ok } = await room.saved()
    if (mine !== round) return // written on meanwhile
    const kept = room.memoryOnly ? 'memory' : 'kept'
    if (isDropped(mark())) setMark(ok ? 'dropped' : 'drop-failed')
    else setMark(ok ? kept : 'failed')
    if (!ok) timer = setTimeout(() => void save(), againMs)
  }
  const put = (next: string, told: NoteMark, inMs: number): void => {
    clearTimeout(timer)
    setText(next)
    setMark(told)
    notes.write({ ...of, text: next }, now())
    timer = setTimeout(() => void save(), inMs)
  }
  onCleanup(notes.watch(() => setText(notes.textOf(of.id).trim() === text().trim() ? text() : notes.textOf(of.id))))
  onCleanup(() => clearTimeout(timer))
  return {
    text,
    mark,
    write: (next) => put(next, 'saving', pauseMs),
    drop() {
      dropped = text()
      put('', 'dropped', 0)
    },
    undo: () => put(dropped, 'saving', 0),
  }
}

/** The note of a favourite: its words in the row, and the box when it is opened. */
import { createSignal, onCleanup, Show, type Component } from 'solid-js'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { favouriteRows } from '#src/i18n/favourite-rows.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { NoteFieldProps } from '#src/private/NoteBox.tsx'
import type { Notes } from '#src/private/notes.ts'
import { openSession, type Workspace } from '#src/sync/session.ts'

export interface RowNoteProps {
  readonly locale: Locale
  readonly notes: Notes
  readonly id: string
  readonly title: string
}

interface Opened {
  readonly Field: Component<NoteFieldProps>
  readonly me: Workspace
}

export function RowNote(props: RowNoteProps) {
  const words = () => inLocale(favouriteRows, props.locale)
  const [text, setText] = createSignal(props.notes.textOf(props.id))
  const [opened, setOpened] = createSignal<Opened>()
  const [isFailed, setFailed] = createSignal(false)
  onCleanup(props.notes.watch(() => setText(props.notes.textOf(props.id))))
  const open = async () => {
    if (opened()) return
    try {
      const [{ NoteField }, me] = await Promise.all([import('#src/private/NoteBox.tsx'), openSession().me()])
      setOpened({ Field: NoteField, me })
      setFailed(false)
    } catch {
      setFailed(true) // opened again, it may come
    }
  }
  return (
    <details class="row-note" data-row-note onToggle={({ currentTarget }) => currentTarget.open && void open()}>
      <summary>
        <Show when={text()} fallback={words().addNote}>
          {words().noteIs}
          {gapIn(props.locale)}
          <span lang={peoplesLanguage}>{text()}</span>
        </Show>
      </summary>
      <p role="status" class="quiet" hidden={!isFailed()}>
        {isFailed() ? words().failed : ''}
      </p>
      <Show when={opened()}>{(code) => code().Field({ ...props, me: code().me })}</Show>
    </details>
  )
}

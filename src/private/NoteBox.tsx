/** The box of a private note: it keeps what is typed by itself. Loaded when a note is opened. */
import { createUniqueId, Show } from 'solid-js'
import { render } from 'solid-js/web'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { notes as noteWords } from '#src/i18n/notes.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession, type Workspace } from '#src/sync/session.ts'
import { createNotePen, isDropped } from './note-pen.ts'
import { createNotes, mostNote, type Notes } from './notes.ts'
import './note.css'

export interface NoteFieldProps {
  readonly locale: Locale
  readonly notes: Notes
  readonly me: Pick<Workspace, 'saved' | 'memoryOnly'>
  readonly id: string
  readonly title: string
  readonly now?: () => number
}

export function NoteField(props: NoteFieldProps) {
  const words = () => inLocale(noteWords, props.locale)
  const pen = createNotePen({
    notes: props.notes,
    room: props.me,
    now: props.now ?? (() => openSession().now()),
    of: { id: props.id, title: props.title },
  })
  const id = createUniqueId()
  const over = () => pen.text().length - mostNote
  const saying = () => {
    const mark = pen.mark()
    return mark ? words()[mark] : ''
  }
  let box: HTMLTextAreaElement | undefined
  return (
    <div class="note-field" data-note-mark={pen.mark() ?? 'none'}>
      <label class="hush" for={id}>
        {words().label}
      </label>
      <textarea
        id={id}
        name="note"
        rows="3"
        lang={peoplesLanguage}
        maxlength={mostNote}
        placeholder={words().example}
        aria-describedby={`${id}-told`}
        ref={(element) => (box = element)}
        value={pen.text()}
        onInput={({ currentTarget }) => pen.write(currentTarget.value)}
      />
      <p class="quiet" id={`${id}-told`}>
        <span class="num">{words().count(pen.text().length, mostNote)}</span>{' '}
        <span role="status">
          {over() > 0 ? words().tooLong(over()) : ''} {saying()}
        </span>
      </p>
      <div class="btns">
        <Show when={pen.text() !== ''}>
          <button
            type="button"
            class="btn plain"
            data-act="drop-note"
            onClick={() => {
              pen.drop()
              box?.focus()
            }}
          >
            {words().drop}
          </button>
        </Show>
        <Show when={isDropped(pen.mark())}>
          <button
            type="button"
            class="btn"
            data-act="undo-note"
            onClick={() => {
              pen.undo()
              box?.focus()
            }}
          >
            {words().undo}
          </button>
        </Show>
      </div>
    </div>
  )
}

/** Into a `details` of a page. One that has a note already is opened. */
export async function showNote(slot: HTMLDetailsElement): Promise<void> {
  const body = slot.querySelector<HTMLElement>('[data-note-body]')
  if (!body || body.dataset['shown'] !== undefined) return
  body.dataset['shown'] = ''
  const locale = document.documentElement.lang as Locale
  const session = openSession()
  const { note: id = '', title = '' } = slot.dataset
  try {
    const me = session.readOnly ? undefined : await session.me()
    const notes = me && createNotes(me)
    if (notes?.textOf(id)) slot.open = true
    render(
      () =>
        me && notes ? (
          <NoteField locale={locale} notes={notes} me={me} id={id} title={title} />
        ) : (
          <p class="hint">{inLocale(noteWords, locale).readOnly}</p>
        ),
      body,
    )
  } catch (error) {
    delete body.dataset['shown'] // its code did not come: opened again, it may
    throw error
  }
}

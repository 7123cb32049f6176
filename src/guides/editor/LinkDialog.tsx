/** Asks for the address of a link. What can be no link is told and stays in the field. */
import { createSignal, Show } from 'solid-js'
import type { Editor } from '@tiptap/core'
import type { EditorWords } from '#src/i18n/editor.ts'
import { hrefOf } from './link-href.ts'

interface LinkDialogProps {
  readonly words: EditorWords
  readonly editor: Editor
  readonly ref: (open: () => void) => void
}

export function LinkDialog(props: LinkDialogProps) {
  let dialog: HTMLDialogElement | undefined
  let field: HTMLInputElement | undefined
  const [isBad, setBad] = createSignal(false)
  const [isLink, setIsLink] = createSignal(false)
  const open = (): void => {
    if (!dialog || !field) return
    const href: unknown = props.editor.getAttributes('link')['href']
    field.value = typeof href === 'string' ? href : ''
    setIsLink(field.value !== '')
    setBad(false)
    dialog.showModal()
    field.select()
  }
  props.ref(open)

  const close = (): void => {
    dialog?.close()
    props.editor.commands.focus()
  }
  const set = (event: SubmitEvent): void => {
    event.preventDefault()
    const href = hrefOf(field?.value ?? '')
    setBad(href === undefined)
    if (href === undefined) return
    setLink(props.editor, href)
    close()
  }
  const remove = (): void => {
    props.editor.chain().extendMarkRange('link').unsetLink().run()
    close()
  }
  return (
    <dialog class="link-dialog" aria-label={props.words.linkTitle} ref={(own) => (dialog = own)}>
      <form class="form" novalidate onSubmit={set}>
        <div class="field" classList={{ bad: isBad() }}>
          <label for="link-href">{props.words.linkLabel}</label>
          <input
            id="link-href"
            type="text"
            inputmode="url"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-invalid={isBad() ? 'true' : undefined}
            aria-describedby={isBad() ? 'link-help link-bad' : 'link-help'}
            ref={(own) => (field = own)}
          />
          <p class="help" id="link-help">
            {props.words.linkHelp}
          </p>
          <Show when={isBad()}>
            <p class="err" id="link-bad" role="alert">
              {props.words.linkBad}
            </p>
          </Show>
        </div>
        <p class="btns">
          <button class="btn primary" type="submit">
            {props.words.linkSet}
          </button>
          <Show when={isLink()}>
            <button class="btn" type="button" onClick={remove}>
              {props.words.linkRemove}
            </button>
          </Show>
          <button class="btn plain" type="button" onClick={close}>
            {props.words.cancel}
          </button>
        </p>
      </form>
    </dialog>
  )
}

/** On the words chosen or around the cursor; where there are none the address itself is written. */
function setLink(editor: Editor, href: string): void {
  const chain = editor.chain().focus()
  if (editor.state.selection.empty && !editor.isActive('link'))
    chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
  else chain.extendMarkRange('link').setLink({ href }).run()
}

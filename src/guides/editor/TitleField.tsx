/** A line of the guide beside its text. Where somebody wrote over it, both versions are told and one's own can be put back. */
import { Show } from 'solid-js'
import type { EditorWords } from '#src/i18n/editor.ts'
import type { SharedLine } from './shared-line.ts'

interface TitleFieldProps {
  readonly id: string
  readonly label: string
  readonly help?: string
  readonly most: number
  readonly line: SharedLine
  readonly words: EditorWords
}

export const TitleField = (props: TitleFieldProps) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    <input
      id={props.id}
      type="text"
      autocomplete="off"
      maxlength={props.most}
      aria-describedby={props.help && `${props.id}-help`}
      value={props.line.text()}
      onInput={(event) => props.line.write(event.currentTarget.value)}
    />
    <Show when={props.help}>
      <p class="help" id={`${props.id}-help`}>
        {props.help}
      </p>
    </Show>
    <div role="status">
      <Show when={props.line.overwritten()}>
        {(mine) => (
          <p class="hint">
            {props.words.renamed(props.line.text(), mine())}{' '}
            <button class="btn plain" type="button" data-put-back onClick={() => props.line.putBack()}>
              {props.words.putBack}
            </button>
          </p>
        )}
      </Show>
    </div>
  </div>
)

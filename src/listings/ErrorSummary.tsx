/** After a refused submission: how much is to be changed, each with a link to its control. Takes the focus, so it is read out. */
import { For, Show } from 'solid-js'
import type { Refusal } from '#domain/refusal.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { controlId, type FormView } from './Controls.tsx'
import { controlOf, refusalText } from './refusal-words.ts'

interface ErrorSummaryProps {
  readonly form: FormView
  readonly refusals: readonly Refusal[]
  readonly ref: (element: HTMLElement) => void
}

export function ErrorSummary(props: ErrorSummaryProps) {
  const words = () => inLocale(post, props.form.locale).errors
  return (
    <section class="hint bad summary" tabindex="-1" ref={props.ref} hidden={props.refusals.length === 0}>
      <Show when={props.refusals.length > 0}>
        <h2>{words().summary(props.refusals.length)}</h2>
        <p>{words().lead}</p>
        <ul>
          <For each={props.refusals}>
            {(refusal) => (
              <li>
                <a href={`#${controlId(controlOf(refusal) ?? 'category')}`}>
                  {refusalText(refusal, props.form.category(), props.form.locale).why}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

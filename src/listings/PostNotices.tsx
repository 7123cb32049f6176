/** What a person should know before typing: no key here, nothing is kept here, no network now, an old draft was opened. */
import { For, Show } from 'solid-js'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { PostForm } from './form-state.ts'
import { labelOf } from './refusal-words.ts'
import { valueText } from './value-words.ts'

interface NoticesProps {
  readonly state: PostForm
  readonly locale: Locale
}

export function PostNotices(props: NoticesProps) {
  const words = () => inLocale(post, props.locale)
  return (
    <>
      <Show when={props.state.session()?.readOnly}>
        <p class="hint" role="alert">
          {words().notice.readOnly}
        </p>
      </Show>
      <Show when={props.state.session()?.memoryOnly()}>
        <p class="hint" role="alert">
          {words().draft.memoryOnly}
        </p>
      </Show>
      <Show when={props.state.failure()}>
        {(failure) => (
          <p class="hint bad" role="alert" data-failure={failure()}>
            {words().failure[failure()]}
          </p>
        )}
      </Show>
      <OvertakenNotice {...props} />
      <Show when={props.state.session()?.connection() === 'offline'}>
        <p class="hint calm">{words().notice.offline}</p>
      </Show>
      <Show when={props.state.notFound()}>
        <p class="hint" role="alert">
          {words().after.notFound}
        </p>
      </Show>
      <Show when={props.state.resumed() || props.state.cleared()}>
        <p class="hint calm row" role="status">
          <span>{props.state.cleared() ? words().draft.startedOver : words().draft.resumed}</span>
          <Show
            when={props.state.cleared()}
            fallback={
              <button class="btn" type="button" data-act="start-over" onClick={() => props.state.startOver()}>
                {words().draft.startOver}
              </button>
            }
          >
            <button class="btn" type="button" data-act="undo" onClick={() => props.state.undo()}>
              {words().draft.undo}
            </button>
          </Show>
        </p>
      </Show>
      <Show when={props.state.otherDrafts() > 0}>
        <p class="others">
          <a href={pathTo(props.locale).me}>{words().draft.others(props.state.otherDrafts())}</a>
        </p>
      </Show>
    </>
  )
}

/** Another device changed what is being edited here: its words are shown, and can be taken over with one tap. */
function OvertakenNotice(props: NoticesProps) {
  const words = () => inLocale(post, props.locale).overtaken
  return (
    <Show when={props.state.overtaken().length > 0}>
      <div class="hint" role="alert" data-overtaken>
        <p>{words().lead}</p>
        <ul>
          <For each={props.state.overtaken()}>
            {({ field, now }) => (
              <li data-field={field}>
                {words().says(
                  labelOf(field, props.state.category(), props.locale),
                  valueText(field, now, props.state.category(), props.locale),
                )}
              </li>
            )}
          </For>
        </ul>
        <button class="btn" type="button" data-act="take-newest" onClick={() => props.state.startOver()}>
          {words().take}
        </button>
      </div>
    </Show>
  )
}

/** One has posted nearly the same already; stands where the form is sent. */
export function NearNotice(props: NoticesProps) {
  const words = () => inLocale(post, props.locale).near
  return (
    <Show when={props.state.near()}>
      {(other) => (
        <p class="hint calm" role="status" data-near={other().id}>
          {words().lead}
          <a class="link" href={pathTo(props.locale).listing(other().id)} lang={peoplesLanguage}>
            {other().body.title}
          </a>
          {words().mend}
          <a class="link" href={pathTo(props.locale).me}>
            {words().mine}
          </a>
        </p>
      )}
    </Show>
  )
}

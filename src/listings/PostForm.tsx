/**
 * The form to post or edit a listing. It is complete on the server's page and waits for its code only to submit; what was
 * typed before that is taken over. Submitting signs and saves on this device, so it works without a network.
 */
import { createEffect, createMemo, onMount, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openSession, type Session } from '#src/sync/session.ts'
import { ContactFields } from './ContactFields.tsx'
import type { FormView } from './Controls.tsx'
import { rememberEnd } from './endings.ts'
import { ErrorSummary } from './ErrorSummary.tsx'
import { createPostForm, type PostForm as PostFormState } from './form-state.ts'
import { pageAddress, sharedWords, typedIn } from './page-form.ts'
import { PhotoGroup } from './PhotoGroup.tsx'
import type { PhotoList } from './photos/photo-list.ts'
import { AboutFields, DetailFields, PosterFields, ValidityFields } from './PostFields.tsx'
import { NearNotice, PostNotices } from './PostNotices.tsx'
import { PostStatus } from './PostStatus.tsx'
import { VersionChoice } from './VersionChoice.tsx'
import './post.css'

interface PostFormProps {
  readonly locale: Locale
  /** Another session than the page's own, for tests. */
  readonly session?: () => Session
}

export function PostForm(props: PostFormProps) {
  let form: HTMLFormElement | undefined
  let summary: HTMLElement | undefined
  let status: HTMLDivElement | undefined
  let photos: PhotoList | undefined
  const state = createPostForm({
    town,
    session: () => (props.session ?? openSession)(),
    random: () => crypto.getRandomValues(new Uint8Array(16)),
    address: pageAddress,
  })
  const { values, category, refusals, set } = state
  const view: FormView = { locale: props.locale, values, category, refusals, set }
  const words = () => inLocale(post, props.locale)

  onMount(async () => state.start({ ...(await sharedWords()), ...(form && typedIn(form)) }))
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    await photos?.settled()
    const isSigned = await state.submit()
    const next = isSigned ? status : summary
    next?.scrollIntoView({ block: 'center' })
    next?.focus({ preventScroll: true })
  }
  return (
    <form
      class="form post"
      method="post"
      novalidate
      ref={(element) => (form = element)}
      onSubmit={(event) => void submit(event)}
    >
      <h1>{state.isEdit() ? words().editTitle : words().title}</h1>
      <PostNotices state={state} locale={props.locale} />
      <div class="outcome" tabindex="-1" ref={(element) => (status = element)}>
        <PostStatus locale={props.locale} listing={state.listing()} />
        <Outcome state={state} locale={props.locale} />
      </div>
      <ErrorSummary form={view} refusals={state.unsigned()} ref={(element) => (summary = element)} />
      <AboutFields form={view} keyOf={state.listing()?.use} />
      <PhotoGroup form={view} now={() => state.session()?.now() ?? Date.now()} ready={(list) => (photos = list)} />
      <DetailFields form={view} />
      <PosterFields form={view} />
      <ContactFields form={view} hasContact={state.listing()?.body.contact !== undefined} />
      <ValidityFields form={view} />
      <NearNotice state={state} locale={props.locale} />
      <SubmitBar state={state} locale={props.locale} />
    </form>
  )
}

/** What can be done once it is signed: see it, post another, settle which version counts. */
function Outcome(props: { readonly state: PostFormState; readonly locale: Locale }) {
  const words = () => inLocale(post, props.locale).after
  const choice = createMemo(() => {
    const [listing, publisher] = [props.state.listing(), props.state.publisher()]
    return listing?.choice && publisher ? { own: listing, choice: listing.choice, publisher } : undefined
  })
  createEffect(() => {
    const listing = props.state.listing()
    if (listing?.progress.step === 'published') rememberEnd(listing, props.state.session()?.now() ?? 0)
  })
  return (
    <>
      <Show when={choice()}>{(found) => <VersionChoice locale={props.locale} {...found()} />}</Show>
      <Show when={props.state.listing()}>
        {(listing) => (
          <p class="btns">
            <Show when={listing().progress.step === 'published'}>
              <a class="btn primary" href={pathTo(props.locale).listing(listing().id)}>
                {words().view}
              </a>
            </Show>
            <a class="btn" href={`${pathTo(props.locale).post}?new`}>
              {words().another}
            </a>
            <a class="btn" href={pathTo(props.locale).me}>
              {words().mine}
            </a>
          </p>
        )}
      </Show>
    </>
  )
}

function SubmitBar(props: { readonly state: PostFormState; readonly locale: Locale }) {
  const words = () => inLocale(post, props.locale)
  const mark = () => {
    const told = { saving: words().draft.saving, saved: words().draft.saved, failed: words().draft.memoryOnly }
    const now = props.state.mark()
    return now ? told[now] : ''
  }
  const label = () => {
    const { form } = words()
    if (props.state.busy()) return form.working
    if (!props.state.isEdit()) return form.submit
    return props.state.listing()?.progress.step === 'refused' ? form.resubmit : form.submitEdit
  }
  return (
    <div class="bar">
      <div class="row">
        <span class="chip ok">{words().form.offline}</span>
        <span class="help mark" aria-live="polite" data-draft={props.state.mark()}>
          {mark()}
        </span>
        <button class="cta" type="submit" disabled={!props.state.ready()}>
          {label()}
        </button>
      </div>
    </div>
  )
}

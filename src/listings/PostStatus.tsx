/** How far a listing of mine has come: three steps, one sentence, and what was refused with what to do about it. */
import { createEffect, createMemo, createSignal, For, Show, type Component } from 'solid-js'
import { gapIn, type Locale } from '#domain/locale.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'
import type { OwnListing } from './own-listings.ts'
import type { Step } from '#src/sync/progress.ts'
import type { PhotosWayProps } from './PhotosWay.tsx'
import { refusalText } from './refusal-words.ts'

interface PostStatusProps {
  readonly locale: Locale
  /** Undefined before the first submission. */
  readonly listing: OwnListing | undefined
}

/** Which of the three marks stand behind a step. */
const done: Readonly<Record<Step, readonly ('saved' | 'stored' | 'published')[]>> = {
  draft: [],
  saved: ['saved'],
  stored: ['saved', 'stored'],
  published: ['saved', 'stored', 'published'],
  refused: ['saved', 'stored'],
}

export function PostStatus(props: PostStatusProps) {
  const words = () => inLocale(post, props.locale)
  const step = (): Step => props.listing?.progress.step ?? 'draft'
  const labelOf = (mark: 'saved' | 'stored' | 'published') =>
    words().steps[mark === 'published' && step() === 'refused' ? 'refused' : mark]
  const [PhotosWay, setPhotosWay] = createSignal<Component<PhotosWayProps>>()
  createEffect(() => {
    if (props.listing?.body.photos && !PhotosWay())
      void import('./PhotosWay.tsx').then((loaded) => setPhotosWay(() => loaded.PhotosWay))
  })
  const sentence = createMemo(() => {
    const { state } = words()
    if (!props.listing) return state.draft
    if (props.listing.choice) return state.superseded
    if (step() === 'draft') return props.listing.unsaved ? state.unsaved : state.saving
    return state[step()]
  })
  return (
    <section
      class="status"
      role="status"
      data-state={step()}
      data-record={props.listing?.id}
      data-rule={props.listing?.progress.refusals[0]?.rule}
    >
      <ol class="steps" aria-label={words().steps.label}>
        <For each={done.published}>
          {(mark) => <li classList={{ done: done[step()].includes(mark) }}>{labelOf(mark)}</li>}
        </For>
      </ol>
      <p class="said">{sentence()}</p>
      <Show when={step() !== 'published' && props.listing?.held}>
        {(code) => (
          <p class="err" data-held={code()}>
            {words().held(code())}
          </p>
        )}
      </Show>
      <Show when={PhotosWay() && props.listing?.body.photos}>
        {(photos) => <Show when={PhotosWay()}>{(way) => way()({ locale: props.locale, photos: photos() })}</Show>}
      </Show>
      <Show when={props.listing?.choice === undefined && props.listing}>
        {(listing) => <Refusals locale={props.locale} listing={listing()} />}
      </Show>
    </section>
  )
}

const Refusals = (props: { readonly locale: Locale; readonly listing: OwnListing }) => (
  <ul class="reasons">
    <For each={props.listing.progress.refusals}>
      {(refusal) => {
        const text = () => refusalText(refusal, categoryOf(props.listing.body.category), props.locale)
        return (
          <li class="err" data-rule={refusal.rule}>
            <span>
              <code>{refusal.rule}</code> {text().why}
              {gapIn(props.locale)}
              {text().mend}
            </span>
          </li>
        )
      }}
    </For>
  </ul>
)

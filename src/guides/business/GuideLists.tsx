/** The drafts one writes, and what one has published, with how far it has come. */
import { createSignal, For, Show } from 'solid-js'
import { contentLanguage, peoplesLanguage, type Locale } from '#domain/locale.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import type { Refusal } from '#domain/refusal.ts'
import { business } from '#src/i18n/business.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Session } from '#src/sync/session.ts'
import { hashOf } from './address.ts'
import type { MyOwners } from './draft-list.ts'
import type { ListedDraft, MyDrafts } from './my-drafts.ts'
import type { Office, Own } from './office.ts'
import { RefusalLines } from './RefusalLines.tsx'
import { SharedDrafts } from './SharedDrafts.tsx'

interface ListsProps {
  readonly locale: Locale
  readonly office: Office
  readonly drafts: MyDrafts
}

type DraftListProps = ListsProps & {
  readonly session: Session
  readonly owners: MyOwners
  readonly onFresh: () => void
}

export function DraftList(props: DraftListProps) {
  const words = () => inLocale(business, props.locale).drafts
  return (
    <section class="panel" aria-labelledby="drafts-title">
      <header class="top">
        <h2 id="drafts-title">{words().title}</h2>
        <button class="btn primary" type="button" data-act="fresh" onClick={() => props.onFresh()}>
          {words().fresh}
        </button>
      </header>
      <p class="quiet">{words().lead}</p>
      <Show when={props.drafts.all().length > 0} fallback={<p class="blank">{words().none}</p>}>
        <ul>
          <For each={props.drafts.all()}>{(draft) => <DraftRow {...props} draft={draft} />}</For>
        </ul>
      </Show>
      <SharedDrafts {...props} />
    </section>
  )
}

function DraftRow(props: ListsProps & { readonly draft: ListedDraft }) {
  const words = () => inLocale(business, props.locale).drafts
  const told = () =>
    props.draft.isCopy ? words().copy : props.draft.owner === props.office.did ? undefined : words().shared
  return (
    <li class="row" data-draft={props.draft.draft} data-copy={props.draft.isCopy ? '' : undefined}>
      <span>
        <b lang={props.draft.title ? peoplesLanguage : undefined}>{props.draft.title || words().untitled}</b>
        <Show when={told()}>
          <small class="quiet">{told()}</small>
        </Show>
      </span>
      <a class="btn" href={hashOf({ ...props.draft, kind: 'draft' })}>
        {words().open}
      </a>
      <button
        class="btn plain"
        type="button"
        data-act="drop"
        onClick={() => confirm(words().dropSure) && props.drafts.drop(props.draft)}
      >
        {words().drop}
      </button>
    </li>
  )
}

export function GuideList(
  props: ListsProps & { readonly onWithdraw: (guide: GuideBody) => Promise<readonly Refusal[]> },
) {
  const words = () => inLocale(business, props.locale).guides
  const all = () => props.office.guides()
  return (
    <section class="panel" aria-labelledby="guides-title">
      <h2 id="guides-title">{words().title}</h2>
      <Show when={all().length > 0} fallback={<p class="blank">{words().none}</p>}>
        <ul>
          <For each={all().map(({ id }) => id)}>
            {(id) => (
              <Show when={all().find((own) => own.id === id)}>{(own) => <GuideRow {...props} own={own()} />}</Show>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

type RowProps = Parameters<typeof GuideList>[0] & { readonly own: Own<GuideBody> }

function GuideRow(props: RowProps) {
  const words = () => inLocale(business, props.locale).guides
  const body = () => props.own.body
  const isLive = () => body().state === 'live'
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const withdraw = async (): Promise<void> => {
    if (confirm(words().withdrawSure)) setRefused(await props.onWithdraw(body()))
  }
  const told = () => [
    words().version(body().version),
    isLive() ? inLocale(business, props.locale).steps[props.own.progress.step] : words().withdrawn,
    ...(body().owner === props.office.did ? [] : [words().forOther]),
  ]
  return (
    <li class="row" data-guide={body().guide} data-state={props.own.progress.step} data-version={body().version}>
      <span>
        <b lang={contentLanguage(body().lang)}>{body().title}</b>
        <small class="quiet">{told().join(' · ')}</small>
        <RefusalLines locale={props.locale} refusals={[...refused(), ...props.own.progress.refusals]} />
      </span>
      <Show when={props.own.progress.step === 'published'}>
        <a class="btn" href={pathTo(props.locale).published(body().guide)}>
          {words().view}
        </a>
      </Show>
      <Show when={isLive()}>
        <button class="btn plain" type="button" data-act="withdraw" onClick={() => void withdraw()}>
          {words().withdraw}
        </button>
      </Show>
    </li>
  )
}

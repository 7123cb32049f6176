/** The drafts of the businesses that let me write all of theirs, each business by itself. */
import { For, Show } from 'solid-js'
import { shortDid, type Did } from '#domain/identity.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { business } from '#src/i18n/business.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Session } from '#src/sync/session.ts'
import { hashOf } from './address.ts'
import { openSharedList, type MyOwners } from './draft-list.ts'

interface SharedDraftsProps {
  readonly locale: Locale
  readonly session: Session
  readonly owners: MyOwners
}

export const SharedDrafts = (props: SharedDraftsProps) => (
  <For each={props.owners.all()}>{(owner) => <SharedList {...props} owner={owner} />}</For>
)

function SharedList(props: SharedDraftsProps & { readonly owner: Did }) {
  const words = () => inLocale(business, props.locale).drafts
  const list = openSharedList(props.session, props.owner)
  return (
    <section class="shared-drafts" data-owner={props.owner} data-closed={list.isClosed() ? '' : undefined}>
      <header class="top">
        <h3>
          {words().ofOwner}{' '}
          <span lang={list.name() ? peoplesLanguage : undefined}>{list.name() || shortDid(props.owner)}</span>
        </h3>
        <button class="btn plain" type="button" data-act="leave" onClick={() => props.owners.drop(props.owner)}>
          {words().leave}
        </button>
      </header>
      <Show when={!list.isClosed()} fallback={<p class="blank">{words().closed}</p>}>
        <Show when={list.lines().length > 0} fallback={<p class="blank">{words().noneOfOwner}</p>}>
          <ul>
            <For each={list.lines()}>
              {({ draft, title }) => (
                <li class="row" data-shared-draft={draft}>
                  <b lang={title ? peoplesLanguage : undefined}>{title || words().untitled}</b>
                  <a class="btn" href={hashOf({ kind: 'draft', owner: props.owner, draft })}>
                    {words().open}
                  </a>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Show>
    </section>
  )
}

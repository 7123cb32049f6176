/** Whom the business lets write and publish, until when, and taking it back. */
import { createSignal, For, Show } from 'solid-js'
import { everyDraft, type DelegationBody } from '#domain/delegation.ts'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { civilDateOf } from '#domain/time.ts'
import { business } from '#src/i18n/business.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { InviteForm } from './Invite.tsx'
import type { ListedDraft } from './my-drafts.ts'
import type { Office, Own } from './office.ts'
import { RefusalLines } from './RefusalLines.tsx'

interface MembersProps {
  readonly locale: Locale
  readonly office: Office
  readonly drafts: readonly ListedDraft[]
  readonly now: () => number
}

export function Members(props: MembersProps) {
  const words = () => inLocale(business, props.locale).members
  const all = () => props.office.delegations()
  return (
    <section class="panel members" aria-labelledby="members-title">
      <h2 id="members-title">{words().title}</h2>
      <p class="quiet">{words().lead}</p>
      <Show when={all().length > 0} fallback={<p class="blank">{words().none}</p>}>
        <ul>
          <For each={all().map(({ id }) => id)}>
            {(id) => (
              <Show when={all().find((own) => own.id === id)}>{(own) => <Member {...props} own={own()} />}</Show>
            )}
          </For>
        </ul>
      </Show>
      <InviteForm {...props} />
    </section>
  )
}

function Member(props: MembersProps & { readonly own: Own<DelegationBody> }) {
  const words = () => inLocale(business, props.locale).members
  const body = () => props.own.body
  const isOver = () => body().until <= props.now()
  const scope = () => {
    const { draft } = body()
    if (draft === everyDraft) return words().everyDraft
    return props.drafts.find((one) => one.draft === draft)?.title || words().oneDraft
  }
  const until = () => dateIn(civilDateOf(body().until, town.portal.zone), props.locale)
  const standing = () => (body().revoked ? words().revoked : isOver() ? words().over : words().until(until()))
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const revoke = async (): Promise<void> => {
    if (!confirm(words().revokeSure)) return
    const taken = await props.office.delegate({ ...body(), revoked: true })
    setRefused(taken.ok ? [] : taken.error)
  }
  return (
    <li
      class="row"
      data-member={body().member}
      data-state={props.own.progress.step}
      data-revoked={body().revoked ? '' : undefined}
    >
      <span>
        <b>{words().mark(shortDid(body().member))}</b>
        <small class="quiet">
          {words().roles[body().role]} · {scope()} · {standing()} ·{' '}
          {inLocale(business, props.locale).steps[props.own.progress.step]}
        </small>
        <RefusalLines locale={props.locale} refusals={[...refused(), ...props.own.progress.refusals]} />
      </span>
      <Show when={!body().revoked && !isOver()}>
        <button class="btn plain" type="button" data-act="revoke" onClick={() => void revoke()}>
          {words().revoke}
        </button>
      </Show>
    </li>
  )
}

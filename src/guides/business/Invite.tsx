/** An invitation on its way: the owner makes a link, the member accepts and gets a reply, the owner opens that and agrees. */
import { createSignal, For, Show, type JSX } from 'solid-js'
import { everyDraft, memberRoles } from '#domain/delegation.ts'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { dayMs } from '#domain/time.ts'
import { business } from '#src/i18n/business.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { hashOf, type Asked, type Invitation } from './address.ts'
import type { ListedDraft } from './my-drafts.ts'
import type { Office } from './office.ts'
import { RefusalLines } from './RefusalLines.tsx'

const lengths = [30, 90, 365] as const

interface Invited {
  readonly locale: Locale
  readonly office: Office
}

export function InviteForm(props: Invited & { readonly drafts: readonly ListedDraft[] }) {
  const words = () => inLocale(business, props.locale)
  const [link, setLink] = createSignal('')
  const mine = () => props.drafts.filter(({ owner }) => owner === props.office.did)
  const make = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const role = memberRoles.find((one) => one === said.get('role')) ?? 'editor'
    const draft = String(said.get('draft') ?? everyDraft)
    setLink(linkOf(hashOf({ kind: 'invite', owner: props.office.did, draft, role, days: Number(said.get('days')) })))
  }
  return (
    <form class="invite" onSubmit={make}>
      <h3>{words().invite.title}</h3>
      <p class="quiet">{words().invite.lead}</p>
      <Choice id="invite-draft" name="draft" label={words().invite.what}>
        <For each={mine()}>
          {({ draft, title }) => <option value={draft}>{title || words().drafts.untitled}</option>}
        </For>
        <option value={everyDraft}>{words().invite.all}</option>
      </Choice>
      <div class="pair">
        <Choice id="invite-role" name="role" label={words().invite.role}>
          <For each={memberRoles}>{(role) => <option value={role}>{words().members.roles[role]}</option>}</For>
        </Choice>
        <Choice id="invite-days" name="days" label={words().invite.days}>
          <For each={lengths}>{(days) => <option value={days}>{words().invite.forDays(days)}</option>}</For>
        </Choice>
      </div>
      <p class="btns">
        <button class="btn primary" type="submit" data-act="invite">
          {words().invite.make}
        </button>
      </p>
      <Show when={link()}>
        <LinkField locale={props.locale} id="invite-link" label={words().invite.link} link={link()} />
      </Show>
    </form>
  )
}

/** On the member's side. */
export function InvitedCard(props: Invited & { readonly invitation: Invitation; readonly accepted: () => void }) {
  const words = () => inLocale(business, props.locale).invite
  const [isAccepted, setAccepted] = createSignal(false)
  const reply = () => linkOf(hashOf({ ...props.invitation, kind: 'ask', member: props.office.did }))
  const accept = (): void => {
    props.accepted()
    setAccepted(true)
  }
  return (
    <section class="panel" aria-labelledby="invited-title">
      <h2 id="invited-title">{words().invitedTitle}</h2>
      <Show when={props.invitation.owner !== props.office.did} fallback={<p class="hint">{words().own}</p>}>
        <p>{words().invitedLead(shortDid(props.invitation.owner))}</p>
        <Show
          when={isAccepted()}
          fallback={
            <p class="btns">
              <button class="cta" type="button" data-act="accept" onClick={accept}>
                {words().accept}
              </button>
            </p>
          }
        >
          <p>{words().replyLead(shortDid(props.office.did))}</p>
          <LinkField locale={props.locale} id="reply-link" label={words().reply} link={reply()} />
          <Show when={props.invitation.draft === everyDraft}>
            <p class="quiet">{words().allLead}</p>
          </Show>
          <Show when={props.invitation.draft !== everyDraft}>
            <p class="btns">
              <a class="btn plain" href={hashOf({ ...props.invitation, kind: 'draft' })} data-act="open-draft">
                {words().openDraft}
              </a>
            </p>
          </Show>
        </Show>
      </Show>
    </section>
  )
}

/** On the owner's side again: only his own hand gives anything away. */
export function AskedCard(props: Invited & { readonly asked: Asked; readonly now: () => number }) {
  const words = () => inLocale(business, props.locale)
  const [isAgreed, setAgreed] = createSignal(false)
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const agree = async (): Promise<void> => {
    const { member, role, draft, days } = props.asked
    const until = props.now() + days * dayMs
    const given = await props.office.delegate({ member, role, draft, until, revoked: false })
    setAgreed(given.ok)
    setRefused(given.ok ? [] : given.error)
  }
  return (
    <section class="panel" aria-labelledby="asked-title">
      <h2 id="asked-title">{words().invite.askedTitle}</h2>
      <Show when={props.asked.owner === props.office.did} fallback={<p class="hint bad">{words().invite.notYours}</p>}>
        <p>{words().invite.askedLead(shortDid(props.asked.member))}</p>
        <p>
          <b>{words().members.roles[props.asked.role]}</b> ·{' '}
          {props.asked.draft === everyDraft ? words().members.everyDraft : words().members.oneDraft} ·{' '}
          {words().invite.forDays(props.asked.days)}
        </p>
        <Show
          when={isAgreed()}
          fallback={
            <>
              <p class="btns">
                <button class="cta" type="button" data-act="agree" onClick={() => void agree()}>
                  {words().invite.agree}
                </button>
              </p>
              <div role="alert">
                <RefusalLines locale={props.locale} refusals={refused()} />
              </div>
            </>
          }
        >
          <p class="hint ok" role="status">
            {words().invite.agreed}
          </p>
        </Show>
      </Show>
    </section>
  )
}

const linkOf = (hash: string): string => `${location.origin}${location.pathname}${hash}`

interface LinkFieldProps {
  readonly locale: Locale
  readonly id: string
  readonly label: string
  readonly link: string
}

function LinkField(props: LinkFieldProps) {
  const words = () => inLocale(business, props.locale).invite
  const [said, setSaid] = createSignal('')
  const copy = () =>
    navigator.clipboard.writeText(props.link).then(
      () => setSaid(words().copied),
      () => setSaid(words().copyFailed),
    )
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input id={props.id} readonly value={props.link} onFocus={(event) => event.currentTarget.select()} />
      <p class="btns">
        <button class="btn" type="button" onClick={() => void copy()}>
          {words().copy}
        </button>
        <span role="status">{said()}</span>
      </p>
    </div>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly children: JSX.Element
}

const Choice = (props: ChoiceProps) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    <select id={props.id} name={props.name}>
      {props.children}
    </select>
  </div>
)

/** The business page: everything of a business from this device's own copies, so it works without a network. */
import { createSignal, For, getOwner, Match, onCleanup, onMount, runWithOwner, Show, Switch } from 'solid-js'
import { fromBase64url, toBase64url } from '#domain/bytes.ts'
import { everyDraft } from '#domain/delegation.ts'
import type { Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { minuteMs } from '#domain/time.ts'
import { memberNonceOf, type GuideBody } from '#domain/published-guide.ts'
import { business } from '#src/i18n/business.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { HouseNotice } from '#src/sync/HouseNotice.tsx'
import { openSession, type Session } from '#src/sync/session.ts'
import { hashOf, placeIn, type Invitation } from './address.ts'
import { createMyOwners, keepDraftList, type MyOwners } from './draft-list.ts'
import { DraftPage, fetchEditor } from './DraftPage.tsx'
import { DraftList, GuideList } from './GuideLists.tsx'
import { AskedCard, InvitedCard } from './Invite.tsx'
import { Members } from './Members.tsx'
import { createMyDrafts, type MyDrafts } from './my-drafts.ts'
import { openOffice, type Office } from './office.ts'
import { ProfileForm } from './ProfileForm.tsx'
import './business.css'

interface BusinessDeskProps {
  readonly locale: Locale
  /** Another session than the page's own, for tests. */
  readonly session?: () => Session
}
interface Opened {
  readonly office: Office
  readonly drafts: MyDrafts
  readonly owners: MyOwners
}

export function BusinessDesk(props: BusinessDeskProps) {
  const words = () => inLocale(business, props.locale)
  const session = (props.session ?? openSession)()
  const owner = getOwner()
  const [opened, setOpened] = createSignal<Opened>()
  const [state, setState] = createSignal<'loading' | 'new' | 'failed'>('loading')
  const open = async (): Promise<void> => {
    setState('loading')
    try {
      const [{ make }, me] = await Promise.all([openOffice(session, town.portal.id), session.me()])
      setTimeout(() => void fetchEditor().catch(() => undefined), restMs)
      setOpened(runWithOwner(owner, () => ({ office: make(), drafts: createMyDrafts(me), owners: createMyOwners(me) })))
    } catch {
      setState('failed')
    }
  }
  onMount(async () => {
    if (session.readOnly) return
    if (await session.knownDid('person')) await open()
    else setState('new')
  })
  return (
    <Show when={!session.readOnly} fallback={<p class="hint">{words().readOnly}</p>}>
      <Show
        when={opened()}
        fallback={
          <Switch fallback={<p role="status">{words().loading}</p>}>
            <Match when={state() === 'new'}>
              <section class="panel">
                <p>{words().startLead}</p>
                <p class="btns start">
                  <button class="cta" type="button" data-act="start" onClick={() => void open()}>
                    {words().start}
                  </button>
                </p>
              </section>
            </Match>
            <Match when={state() === 'failed'}>
              <p class="hint bad" role="alert">
                {words().failed}
              </p>
            </Match>
          </Switch>
        }
      >
        {(found) => <Rooms locale={props.locale} session={session} {...found()} />}
      </Show>
    </Show>
  )
}

const restMs = 1500 // then the editor is fetched, so that a page that is open can be written offline

interface RoomsProps extends Opened {
  readonly locale: Locale
  readonly session: Session
}

function Rooms(props: RoomsProps) {
  const place = createPlace()
  const at = <K extends 'draft' | 'invite' | 'ask'>(kind: K) => {
    const found = place()
    return found?.kind === kind ? (found as typeof found & { readonly kind: K }) : undefined
  }
  const now = createNow(props.session)
  keepDraftList(props)
  const accepted = ({ owner, draft }: Invitation): void => {
    if (draft === everyDraft) props.owners.keep(owner)
    else props.drafts.keep({ owner, draft, title: '', at: props.session.now() })
  }
  return (
    <Switch fallback={<Everything {...props} now={now} />}>
      <Match when={at('draft')} keyed>
        {(draft) => <DraftPage {...props} draft={draft} />}
      </Match>
      <Match when={at('invite')}>
        {(invitation) => <InvitedCard {...props} invitation={invitation()} accepted={() => accepted(invitation())} />}
      </Match>
      <Match when={at('ask')}>
        {(asked) => (
          <div class="office">
            <AskedCard {...props} asked={asked()} now={now} />
            <Everything {...props} now={now} />
          </div>
        )}
      </Match>
    </Switch>
  )
}

function Everything(props: RoomsProps & { readonly now: () => number }) {
  const words = () => inLocale(business, props.locale)
  const decided = () => [...props.office.decisions().values()].filter(({ subject }) => subject.kind !== 'listing')
  const fresh = (): void => {
    const draft = toBase64url(crypto.getRandomValues(new Uint8Array(16)))
    const { did } = props.office
    props.drafts.keep({ owner: did, draft, title: '', at: props.session.now() })
    location.hash = hashOf({ kind: 'draft', owner: did, draft })
  }
  const withdraw = async (guide: GuideBody): Promise<readonly Refusal[]> => {
    const { version, ...body } = guide
    const own = body.owner === props.office.did ? fromBase64url(body.draft) : undefined
    const nonce = own ?? (await memberNonceOf(body.owner, body.draft))
    const gone = await props.office.publish({ ...body, state: 'withdrawn' }, nonce, version)
    return gone.ok ? [] : gone.error
  }
  return (
    <div class="office">
      <Show when={props.office.held()}>
        {(code) => (
          <p class="hint bad" role="status" data-held={code()}>
            {words().held}
          </p>
        )}
      </Show>
      <For each={decided()}>
        {(decision) => <HouseNotice locale={props.locale} use="person" decision={decision} isNamed />}
      </For>
      <div class="beside">
        <DraftList {...props} onFresh={fresh} />
        <GuideList {...props} onWithdraw={withdraw} />
      </div>
      <div class="beside">
        <ProfileForm {...props} />
        <Members {...props} drafts={props.drafts.all()} />
      </div>
    </div>
  )
}

function createPlace() {
  const [place, setPlace] = createSignal(placeIn(location.hash))
  const changed = (): void => void setPlace(placeIn(location.hash))
  addEventListener('hashchange', changed)
  onCleanup(() => removeEventListener('hashchange', changed))
  return place
}

/** The time the page shows, a minute exact. */
function createNow(session: Session) {
  const [now, setNow] = createSignal(session.now())
  const timer = setInterval(() => setNow(session.now()), minuteMs)
  onCleanup(() => clearInterval(timer))
  return now
}

/** My listings and unfinished drafts on "me", from this device's own copies: it works without a network. */
import { batch, createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { ListingBody } from '#domain/listing.ts'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { isRecordId } from '#domain/record.ts'
import { minuteMs } from '#domain/time.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { mine } from '#src/i18n/mine.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { HouseNotice } from '#src/sync/HouseNotice.tsx'
import { writeFresh } from '#src/sync/fresh.ts'
import { NotifyButton } from '#src/sync/NotifyButton.tsx'
import { openSession, type Session } from '#src/sync/session.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { createEndings } from './endings.ts'
import { createDrafts, type Draft, type Drafts } from './drafts.ts'
import { MyListing } from './MyListing.tsx'
import { createOwnListings } from './own-listings.ts'
import { createPublisher } from './publish.ts'
import { refusalText } from './refusal-words.ts'
import { ReportAnswers } from './ReportAnswers.tsx'
import { createToaster, type Toaster } from './toast.ts'
import { ToastBar } from './ToastBar.tsx'
import './post.css'

interface MyListingsProps {
  readonly locale: Locale
  /** Another session than the page's own, for tests. */
  readonly session?: () => Session
}

export function MyListings(props: MyListingsProps) {
  const words = () => inLocale(post, props.locale)
  const session = (props.session ?? openSession)()
  return (
    <section class="sect mine" data-ends aria-labelledby="mine">
      <header>
        <h2 id="mine">{inLocale(mine, props.locale).mine.title}</h2>
        <a class="more" href={pathTo(props.locale).post}>
          <Icon name="plus" />
          {inLocale(mine, props.locale).mine.post}
        </a>
      </header>
      <Show when={!session.readOnly} fallback={<p class="hint">{words().notice.readOnly}</p>}>
        <OwnLists locale={props.locale} session={session} />
      </Show>
    </section>
  )
}

function OwnLists(props: { readonly locale: Locale; readonly session: Session }) {
  const words = () => inLocale(mine, props.locale).mine
  const { session } = props
  const publisher = createPublisher(session, town, () => crypto.getRandomValues(new Uint8Array(16)))
  const listings = createOwnListings(session, town, publisher)
  const toaster = createToaster()
  const { now, isAsked } = createNow(session)
  const endings = createEndings({ session, zone: town.portal.zone, listings: listings.all, now })
  createEffect(() => {
    const me = endings.me()
    if (me && listings.ready() && isAsked() && session.clockKnown()) writeFresh(endings.seen(me)) // they stand on this page
  })
  const postAgain = async (body: ListingBody): Promise<void> => {
    const draft = await import('./again.ts').then(({ draftAgain }) => draftAgain(session, body)).catch(() => undefined)
    if (draft) location.assign(`${pathTo(props.locale).post}?draft=${draft}`)
    else toaster.show({ says: words().failed })
  }
  return (
    <>
      <Show when={session.memoryOnly()}>
        <p class="hint">{inLocale(post, props.locale).draft.memoryOnly}</p>
      </Show>
      <For each={listings.nameRefusals()}>
        {(refusal) => (
          <p class="hint bad" data-rule={refusal.rule}>
            {words().nameRefused}
            {refusalText(refusal, undefined, props.locale).why}
            {gapIn(props.locale)}
            {refusalText(refusal, undefined, props.locale).mend}
          </p>
        )}
      </For>
      <For each={listings.decisions()}>
        {({ use, decision }) => <HouseNotice locale={props.locale} use={use} decision={decision} isNamed />}
      </For>
      <DraftList locale={props.locale} session={session} toaster={toaster} />
      <Show
        when={listings.ready() || (listings.failed() && listings.all().length > 0)}
        fallback={
          <p role="status" aria-busy={!listings.failed()}>
            {listings.failed() ? words().unread : words().loading}
          </p>
        }
      >
        <Show when={listings.all().length > 0} fallback={<Blank locale={props.locale} />}>
          <ul class="owns" aria-label={words().labels}>
            <For each={listings.all().map(({ id }) => id)}>
              {(id) => (
                <Show when={listings.all().find((own) => own.id === id)}>
                  {(own) => (
                    <MyListing
                      locale={props.locale}
                      own={own()}
                      ending={endings.stepOf(own())}
                      publisher={publisher}
                      toaster={toaster}
                      postAgain={postAgain}
                      now={now()}
                    />
                  )}
                </Show>
              )}
            </For>
          </ul>
          <NotifyButton says={{ notify: words().notify }} />
        </Show>
      </Show>
      <ReportAnswers locale={props.locale} answers={listings.answers()} />
      <ToastBar locale={props.locale} toaster={toaster} />
    </>
  )
}

const Blank = (props: { readonly locale: Locale }) => {
  const words = () => inLocale(mine, props.locale).mine
  return (
    <div class="blank">
      <Icon name="empty" />
      <b>{words().empty}</b>
      <p>{words().emptyLead}</p>
      <a class="cta" href={pathTo(props.locale).post}>
        {words().post}
      </a>
    </div>
  )
}

function DraftList(props: { readonly locale: Locale; readonly session: Session; readonly toaster: Toaster }) {
  const words = () => inLocale(mine, props.locale).mine
  const [drafts, setDrafts] = createSignal<Drafts>()
  const [list, setList] = createSignal<readonly Draft[]>([])
  onMount(async () => {
    const opened = createDrafts(await props.session.me(), props.session.now())
    const read = () => setList(opened.list())
    opened.watch(read)
    setDrafts(opened)
    read()
  })
  const discard = ({ id, values }: Draft): void => {
    drafts()?.drop(id)
    const undo = () => {
      drafts()?.write(id, values, props.session.now())
      props.toaster.dismiss()
    }
    props.toaster.show({ says: words().discarded, undo })
  }
  const hrefOf = (id: string) => `${pathTo(props.locale).post}?${isRecordId(id) ? 'edit' : 'draft'}=${id}`
  return (
    <Show when={list().length > 0}>
      <section class="panel drafts" aria-labelledby="drafts">
        <h3 id="drafts">{words().drafts}</h3>
        <ul>
          <For each={list()}>
            {(draft) => (
              <li class="row" data-draft={draft.id}>
                <span class="name" lang={draft.values['title'] ? peoplesLanguage : undefined}>
                  {draft.values['title'] || words().untitled}
                </span>
                <a class="btn" href={hrefOf(draft.id)}>
                  {words().continue}
                </a>
                <button class="btn plain" type="button" data-act="discard" onClick={() => discard(draft)}>
                  {words().discard}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

/** The time the page shows, a minute exact; `isAsked` when the relay was asked for it, since this device's clock may have been changed. */
function createNow(session: Session) {
  const [now, setNow] = createSignal(session.now())
  const [isAsked, setAsked] = createSignal(false)
  void session.clockAsked().then(() => batch(() => (setNow(session.now()), setAsked(true))))
  const timer = setInterval(() => setNow(session.now()), minuteMs)
  onCleanup(() => clearInterval(timer))
  return { now, isAsked }
}

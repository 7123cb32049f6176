/** One listing of mine on "me": how it stands, what can be done, and which version counts when two devices disagree. */
import { createMemo, createSignal, Show } from 'solid-js'
import type { EndingStep } from '#domain/ending.ts'
import { endOf, renewableAt } from '#domain/life.ts'
import type { ListingBody, ListingState } from '#domain/listing.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { dayMs, hourMs } from '#domain/time.ts'
import { priceOf } from '#src/i18n/card.ts'
import { house } from '#src/i18n/house.ts'
import { listing as listingArea } from '#src/i18n/listing.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { mine } from '#src/i18n/mine.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'
import { HouseNotice } from '#src/sync/HouseNotice.tsx'
import { Icon } from '#src/ui/Icon.tsx'
import { ownLifeOf, type OwnListing } from './own-listings.ts'
import { PostStatus } from './PostStatus.tsx'
import type { Publisher } from './publish.ts'
import type { Toaster } from './toast.ts'
import { VersionChoice } from './VersionChoice.tsx'

export interface MyListingProps {
  readonly locale: Locale
  readonly own: OwnListing
  /** How near its end is, when that is to be told. */
  readonly ending: EndingStep | undefined
  readonly publisher: Publisher
  readonly toaster: Toaster
  /** Opens the form with a new draft of the same words. */
  readonly postAgain: (body: ListingBody) => Promise<void>
  /** ms, the relay's time as far as it is known */
  readonly now: number
}

export function MyListing(props: MyListingProps) {
  const words = () => inLocale(listingArea, props.locale)
  const life = createMemo(() => ownLifeOf(props.own, props.now))
  const daysLeft = () => Math.floor((endOf(props.own.span) - props.now) / dayMs)
  const price = createMemo(() => {
    const category = categoryOf(props.own.body.category)
    return category && priceOf(category, { ...props.own.body, fields: { ...props.own.body.fields } }, props.locale)
  })
  const isHidden = () => props.own.decision?.action === 'hide'
  const isPublished = () => props.own.progress.step === 'published'
  return (
    <li class="panel own" data-record={props.own.id} data-life={life()}>
      <h3 lang={peoplesLanguage}>
        <Show when={isPublished()} fallback={props.own.body.title}>
          <a href={pathTo(props.locale).listing(props.own.id)}>{props.own.body.title}</a>
        </Show>
      </h3>
      <p class="chips">
        <Show when={price()}>{(told) => <b class="price">{`${told().amount}${told().unit}`}</b>}</Show>
        <Show when={isHidden()}>
          <span class="chip bad">{inLocale(house, props.locale).hidden}</span>
        </Show>
        <Show when={isPublished() || props.own.body.state !== 'live'}>
          <Show when={life() !== 'live' || !isHidden()}>
            <span class="chip" classList={{ ok: life() === 'live', warn: life() === 'expired' }}>
              {props.own.body.state === 'live' ? words().life[life()] : words().state[props.own.body.state]}
            </span>
          </Show>
          <Show when={life() === 'live'}>
            <span class="chip" classList={{ warn: daysLeft() < 7 }}>
              {words().daysLeft(daysLeft())}
            </span>
          </Show>
        </Show>
        <Show when={life() === 'live' && !props.own.body.contact}>
          <span class="chip warn" data-no-contact>
            {inLocale(mine, props.locale).mine.noContact}
          </span>
        </Show>
        <Show when={props.own.use === 'friends'}>
          <span class="chip">{inLocale(mine, props.locale).mine.friends}</span>
        </Show>
      </p>
      <Show when={props.own.decision}>
        {(decision) => <HouseNotice locale={props.locale} use={props.own.use} decision={decision()} />}
      </Show>
      <Show when={isPublished() && props.ending}>
        {(step) => (
          <p class="hint calm" data-ending={step()}>
            {inLocale(mine, props.locale).ending[life() === 'expired' ? 'over' : step()](props.own.body.validDays)}
          </p>
        )}
      </Show>
      <Show when={!isPublished() || props.own.choice}>
        <PostStatus locale={props.locale} listing={props.own} />
      </Show>
      <Show when={props.own.choice}>
        {(choice) => (
          <VersionChoice locale={props.locale} own={props.own} choice={choice()} publisher={props.publisher} />
        )}
      </Show>
      <Actions {...props} isLive={props.own.body.state === 'live'} />
    </li>
  )
}

function Actions(props: MyListingProps & { readonly isLive: boolean }) {
  const words = () => inLocale(mine, props.locale).mine
  const [busy, setBusy] = createSignal(false)
  const waitHours = () => Math.ceil((renewableAt(props.own.span.renewedAt) - props.now) / hourMs)
  const act = async (work: () => Promise<boolean>, says: string, undo?: () => Promise<void>): Promise<void> => {
    setBusy(true)
    const done = await work().finally(() => setBusy(false))
    props.toaster.show(done ? { says, undo } : { says: words().failed })
  }
  const postAgain = async (): Promise<void> => {
    setBusy(true) // one tap, one draft
    await props.postAgain(props.own.body).finally(() => setBusy(false))
  }
  const own = () => ({ use: props.own.use, id: props.own.id })
  const end = (state: ListingState) => {
    const [ended, { publisher, toaster }] = [own(), props]
    const undo = async (): Promise<void> => {
      const done = await publisher.setState(ended, 'live')
      toaster.show({ says: done ? words().undone : words().failed })
    }
    return act(() => publisher.setState(ended, state), words().ended, undo)
  }
  const ways = () =>
    [
      ['sold-here', words().soldHere],
      ['sold-elsewhere', words().soldElsewhere],
      ['changed-mind', words().changedMind],
    ] as const
  return (
    <Show
      when={props.isLive}
      fallback={
        <p class="btns">
          <button
            class="btn"
            type="button"
            data-act="restore"
            disabled={busy()}
            onClick={() => void act(() => props.publisher.setState(own(), 'live'), words().restored)}
          >
            {words().restore}
          </button>
          <button class="btn plain" type="button" data-act="again" disabled={busy()} onClick={() => void postAgain()}>
            {words().again}
          </button>
        </p>
      }
    >
      <div class="btns">
        <a class="btn" data-act="edit" href={`${pathTo(props.locale).post}?edit=${props.own.id}`}>
          <Icon name="edit" />
          {words().edit}
        </a>
        <button
          class="btn"
          type="button"
          data-act="renew"
          disabled={busy() || waitHours() > 0}
          aria-describedby={waitHours() > 0 ? `wait-${props.own.id}` : undefined}
          onClick={() => void act(() => props.publisher.renew(own()), words().renewed)}
        >
          <Icon name="renew" />
          {words().renew}
        </button>
        <details class="end">
          <summary class="btn">{words().endMenu}</summary>
          <div class="btns">
            {ways().map(([state, label]) => (
              <button class="btn" type="button" data-act={state} disabled={busy()} onClick={() => void end(state)}>
                {label}
              </button>
            ))}
          </div>
        </details>
      </div>
      <Show when={waitHours() > 0}>
        <p class="help" id={`wait-${props.own.id}`}>
          {words().renewFrom(waitHours())}
        </p>
      </Show>
    </Show>
  )
}

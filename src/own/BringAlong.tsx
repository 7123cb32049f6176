/** The file from "take along", brought in: looked at first, then brought, then perhaps taken back. */
import { Match, Show, Switch, onMount, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { ownBundle } from '#src/i18n/own-bundle.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import type { createBringing } from './bringing.ts'
import { FileDrop } from './FileDrop.tsx'
import { createLater, stageOf } from './later.ts'
import { PlanView } from './PlanView.tsx'
import { TakeBack, TakeBackButton } from './TakeBack.tsx'

type Desk = ReturnType<typeof createBringing>

export function BringAlong(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).bring
  const { desk, isLost, ask } = createLater(async () => {
    const { createBringing } = await import('./bringing.ts')
    return () => createBringing(openSession())
  })
  onMount(() => void ask((at) => at.resume(), { isQuiet: true }))
  return (
    <section class="box bring" aria-labelledby="bring-title" data-bring={desk()?.state().kind ?? ''}>
      <h2 id="bring-title">{words().title}</h2>
      <p>{words().lead}</p>
      <FileDrop
        id="bring-file"
        label={words().choose}
        accept="application/json,.json"
        given={(file) => void ask((at) => at.open(file))}
      />
      <Show when={isLost()}>
        <p role="alert" class="hint bad" data-lost>
          {words().lost}
        </p>
      </Show>
      <Show when={desk()}>{(at) => <Stage locale={props.locale} desk={at()} />}</Show>
    </section>
  )
}

function Stage(props: { readonly locale: Locale; readonly desk: Desk }): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).bring
  const as = stageOf(() => props.desk.state())
  const undo = () => void props.desk.undo()
  const step = (name: 'published' | 'refused') =>
    props.desk.standing().filter(({ progress }) => progress.step === name).length
  return (
    <Switch>
      <Match when={as('reading')}>
        <p role="status">{words().reading}</p>
      </Match>
      <Match when={as('fault')}>
        {(now) => (
          <p role="alert" data-fault={now().fault}>
            {words().faults[now().fault]}
          </p>
        )}
      </Match>
      <Match when={as('plan')}>
        {(now) => <PlanView locale={props.locale} plan={now().plan} accept={() => void props.desk.bring(now().plan)} />}
      </Match>
      <Match when={as('under-way')}>
        {(now) => (
          <p role="status">
            <progress max={now().all} value={now().done} aria-label={words().title} />{' '}
            {words().progress(now().done, now().all)}
          </p>
        )}
      </Match>
      <Match when={as('brought')}>
        {(now) => (
          <div class="brought">
            <p role="status" data-published={step('published')}>
              {words().done(now().brought.listings.length)}{' '}
              {openSession().connection() === 'online'
                ? words().published(step('published'), now().brought.listings.length)
                : words().waiting}
            </p>
            <Show when={step('refused') > 0}>
              <p class="hint">{words().refusedHere(step('refused'))}</p>
            </Show>
            <Show when={now().brought.failed.length > 0}>
              <p class="hint bad">{words().failed(now().brought.failed.join(', '))}</p>
            </Show>
            <Show when={now().brought.photosLost > 0}>
              <p class="hint bad">{words().photosLost(now().brought.photosLost)}</p>
            </Show>
            <Show when={now().isNoted}>
              <TakeBackButton locale={props.locale} act="undo-import" undo={undo} />
            </Show>
          </div>
        )}
      </Match>
      <Match when={as('broken')}>
        {(now) => (
          <div class="brought">
            <p role="alert" class="hint bad">
              {words().broken}
            </p>
            <Show when={now().isNoted}>
              <TakeBackButton locale={props.locale} act="undo-import" undo={undo} />
            </Show>
          </div>
        )}
      </Match>
      <Match when={as('noted') ?? as('undone') ?? as('undo-broken')}>
        {(now) => (
          <TakeBack
            locale={props.locale}
            act="undo-import"
            state={now()}
            noted={words().noted}
            undone={words().undone}
            undo={undo}
          />
        )}
      </Match>
    </Switch>
  )
}

/** Whatever came in can be taken back: the button, and what became of it. */
import { Match, Show, Switch, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { takeBackWords } from '#src/i18n/take-back.ts'
import { dayIn } from './day.ts'
import { stageOf } from './later.ts'
import type { TakingBack } from './taking-back.ts'

interface ButtonProps {
  readonly locale: Locale
  readonly act: 'undo-import' | 'undo-table'
  readonly undo: () => void
}

interface TakeBackProps extends ButtonProps {
  readonly state: TakingBack
  readonly noted: (day: string, listings: number) => string
  readonly undone: (listings: number) => string
}

export function TakeBack(props: TakeBackProps): JSX.Element {
  const words = () => inLocale(takeBackWords, props.locale)
  const as = stageOf(() => props.state)
  const button = () => <TakeBackButton locale={props.locale} act={props.act} undo={props.undo} />
  return (
    <div class="brought">
      <Switch>
        <Match when={as('noted')}>
          {(now) => (
            <>
              <p role="status">{props.noted(dayIn(now().note.at, props.locale), now().note.listings.length)}</p>
              {button()}
            </>
          )}
        </Match>
        <Match when={as('undone')}>
          {(now) => (
            <>
              <p role="status">{now().left > 0 ? words().left(now().left) : props.undone(now().count)}</p>
              <Show when={!now().isKept}>
                <p class="hint bad" data-unkept>
                  {words().unkept}
                </p>
              </Show>
              <Show when={now().left > 0 || !now().isKept}>{button()}</Show>
            </>
          )}
        </Match>
        <Match when={as('undo-broken')}>
          <p role="alert" class="hint bad">
            {words().broken}
          </p>
          {button()}
        </Match>
      </Switch>
    </div>
  )
}

export function TakeBackButton(props: ButtonProps): JSX.Element {
  const words = () => inLocale(takeBackWords, props.locale)
  return (
    <>
      <p class="quiet">{words().limits}</p>
      <button type="button" class="btn" data-act={props.act} onClick={() => props.undo()}>
        {words().act}
      </button>
    </>
  )
}

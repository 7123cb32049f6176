/** One entry as it stands, and what can be done with it. */
import { createSignal, Show } from 'solid-js'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import type { TownEntryBody } from '#domain/town-entry.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import type { Standing, TownBench } from './town-bench.ts'
import { hasDraft, type Opened } from './TownForm.tsx'

interface TownRowProps {
  readonly locale: Locale
  readonly bench: TownBench
  readonly standing: Standing
  readonly open: (opened: Opened) => void
}

export const calledIn = ({ kind, name, entry }: TownEntryBody): string =>
  !entry ? name : kind === 'notice' ? (entry as { title: { zh: string } }).title.zh : (entry as { name: { zh: string } }).name.zh // prettier-ignore

const besideIn = ({ entry }: TownEntryBody, locale: Locale): string => {
  const { postedOn, number, url } = (entry ?? {}) as { postedOn?: string; number?: string; url?: string | null }
  return postedOn ? dateIn(postedOn, locale) : (number ?? url ?? '')
}

export function TownRow(props: TownRowProps) {
  const words = () => inLocale(townDesk, props.locale)
  const body = () => props.standing.body
  const told = () => (body().entry ? body() : (props.standing.before ?? body()))
  const isOff = () => body().entry === null
  const off = (): TownEntryBody => ({ kind: body().kind, name: body().name, entry: null })
  const [isFailed, setFailed] = createSignal(false)
  const act = async (said: TownEntryBody) => setFailed(!(await props.bench.act(said).catch(() => false)))
  const isOverruled = () => {
    const { mine, at } = props.standing
    return mine?.progress.step === 'published' && at > mine.at
  }
  return (
    <li data-entry={props.standing.id} data-off={isOff() ? '' : undefined}>
      <p>
        <span class="chip">{words().kinds[body().kind]}</span> <b lang={peoplesLanguage}>{calledIn(told())}</b>{' '}
        <small>{besideIn(told(), props.locale)}</small>{' '}
        <Show when={isOff()}>
          <span class="chip bad">{words().off}</span>
        </Show>
        <Show when={props.standing.mine}>
          {(mine) => (
            <span class="chip" data-step={mine().progress.step}>
              {inLocale(moderator, props.locale).steps[mine().progress.step]}
            </span>
          )}
        </Show>
        <Show when={hasDraft(props.bench.did, props.standing.id)}>
          <span class="chip warn">{words().waiting}</span>
        </Show>
      </p>
      <Show when={isOverruled()}>
        <p class="quiet">{words().later}</p>
      </Show>
      <p class="btns">
        <Show
          when={!isOff()}
          fallback={
            <Show when={props.standing.before}>
              {(before) => (
                <button class="btn" type="button" data-act="put-back" onClick={() => void act(before())}>
                  {words().putBack}
                </button>
              )}
            </Show>
          }
        >
          <button
            class="btn"
            type="button"
            data-act="edit"
            onClick={() => props.open({ kind: body().kind, name: body().name, body: body() })}
          >
            {words().edit}
          </button>
          <button class="btn plain" type="button" data-act="take-off" onClick={() => void act(off())}>
            {words().takeOff}
          </button>
          <Show when={props.standing.at > 0 && props.standing.before?.entry && props.standing.before}>
            {(before) => (
              <button class="btn plain" type="button" data-act="undo" onClick={() => void act(before())}>
                {words().undo}
              </button>
            )}
          </Show>
        </Show>
      </p>
      <p role="status">{isFailed() ? words().notKept : ''}</p>
    </li>
  )
}

/** What can be done with a verdict: print it, put its days into a calendar, pass its link on. They need a script, so they appear with it. */
import { createSignal, onMount, Show } from 'solid-js'
import { calendarFile, type CalendarDay } from '#domain/calendar-file.ts'
import { wordIn } from '#domain/locale.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { download } from '#src/ui/download.ts'
import type { VerdictViewProps } from './VerdictView.tsx'

const maker = 'xinxigang'

export function VerdictActions(props: VerdictViewProps) {
  const [isAwake, setAwake] = createSignal(false)
  const [isCopied, setCopied] = createSignal(false)
  const words = () => inLocale(verdictWords, props.locale)
  onMount(() => setAwake(true))
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(new URL(props.link, location.href).href)
    setCopied(true)
  }
  return (
    <Show when={isAwake()}>
      <p class="btns noprint">
        <button class="btn" type="button" onClick={() => window.print()}>
          <Icon name="print" />
          {words().print}
        </button>
        <Show when={daysOf(props).length > 0}>
          <button class="btn" type="button" onClick={() => saveDays(daysOf(props), `${words().file}.ics`)}>
            <Icon name="calendar" />
            {words().calendar}
          </button>
        </Show>
        <button class="btn" type="button" onClick={() => void copy().catch(() => setCopied(false))}>
          <Icon name="copy" />
          <span aria-live="polite">{isCopied() ? words().copied : words().copy}</span>
        </button>
      </p>
    </Show>
  )
}

/** The last day of the right itself, then every due day. */
export function daysOf({ judged: { verdict }, locale }: VerdictViewProps): readonly CalendarDay[] {
  const words = inLocale(verdictWords, locale)
  const layer = verdict.layers[verdict.decidedBy] ?? verdict.layers[0]
  const rights = layer.granted.flatMap(({ article, until, remedies }) => {
    const [remedy] = remedies
    return until && remedy
      ? [{ id: article, on: until, title: `${words.lastDayOf(words.short[remedy])} (${article})` }]
      : []
  })
  const dues = verdict.dues.map(({ id, on, text, article }) => ({
    id,
    on,
    title: `${wordIn(text, locale)} (${article})`,
  }))
  return [...rights, ...dues]
}

const saveDays = (days: readonly CalendarDay[], name: string): void =>
  download(calendarFile(days, { stamp: Date.now(), maker }), { name, type: 'text/calendar' })

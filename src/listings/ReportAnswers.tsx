/** What became of what I have reported: the answer to a report. */
import { For, Show } from 'solid-js'
import type { Decision } from '#domain/label.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { house } from '#src/i18n/house.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'

interface ReportAnswersProps {
  readonly locale: Locale
  readonly answers: readonly Decision[]
}

const mostShown = 10

export function ReportAnswers(props: ReportAnswersProps) {
  const words = () => inLocale(house, props.locale).answered
  const href = ({ subject: { kind, id } }: Decision) =>
    kind === 'guide' ? pathTo(props.locale).published(id) : pathTo(props.locale).listing(id)
  return (
    <Show when={props.answers.length > 0}>
      <details class="panel" data-answers>
        <summary>{words().title(props.answers.length)}</summary>
        <ul>
          <For each={props.answers.slice(0, mostShown)}>
            {(decision) => (
              <li data-answered={decision.action} data-of={decision.subject.id}>
                <a class="link" href={href(decision)}>
                  {words().number} {decision.subject.id.slice(0, 6)}
                </a>{' '}
                {words().says[decision.action]} {decision.rule} <span lang={peoplesLanguage}>{decision.reason}</span>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  )
}

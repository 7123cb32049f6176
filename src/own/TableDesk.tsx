/** Listings out of a table: chosen, dropped or pasted, looked at row by row, published, and taken back. */
import { For, Match, Show, Switch, createSignal, onMount, type JSX } from 'solid-js'
import { toCsv } from '#domain/csv.ts'
import { gapIn, peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { table } from '#src/i18n/table.ts'
import { categoryOf, town } from '#src/i18n/town.ts'
import { refusalText } from '#src/listings/refusal-words.ts'
import { openSession } from '#src/sync/session.ts'
import { download } from '#src/ui/download.ts'
import { FileDrop } from './FileDrop.tsx'
import { createLater, stageOf } from './later.ts'
import { TakeBack, TakeBackButton } from './TakeBack.tsx'
import type { Importing, createImporting } from './table-import.ts'
import type { TablePlan, TableRow } from './table-plan.ts'
import './own.css'

type Desk = ReturnType<typeof createImporting>

export function TableDesk(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(table, props.locale)
  const session = openSession()
  const { desk, isLost, ask } = createLater(async () => {
    const code = [import('./table-import.ts'), import('#src/sync/me.ts')] as const
    const [{ createImporting }] = await Promise.all(code)
    return () => createImporting(session)
  })
  onMount(() => void ask((at) => at.resume(), { isQuiet: true }))
  const [pasted, setPasted] = createSignal('')
  const sample = (): void => {
    const [goods] = town.categories
    const names = [goods?.name, goods?.kinds[2]?.name, town.portal.districts[0]?.name]
    const [category = '', sub = '', district = ''] = names.map((name) => (name ? wordIn(name, props.locale) : ''))
    const rows = [words().sampleHead, words().sampleRow(category, sub, district)]
    download(`\uFEFF${toCsv(rows)}`, { name: words().sampleName, type: 'text/csv' })
  }
  return (
    <Show when={!session.readOnly} fallback={<p class="hint">{words().readOnly}</p>}>
      <section class="box own-data" aria-label={words().title} data-table={desk()?.state().kind ?? ''}>
        <p>{words().how}</p>
        <p>{words().rowId}</p>
        <button type="button" class="btn" data-act="sample" onClick={sample}>
          {words().sample}
        </button>
        <FileDrop
          id="table-file"
          label={words().choose}
          accept=".csv,text/csv"
          given={(file) => void ask((at) => at.openFile(file))}
        />
        <div class="field">
          <label for="table-text">{words().paste}</label>
          <textarea
            id="table-text"
            rows="4"
            spellcheck={false}
            onInput={({ currentTarget }) => setPasted(currentTarget.value)}
          />
        </div>
        <button
          type="button"
          class="btn"
          data-act="look"
          disabled={pasted() === ''}
          onClick={() => void ask((at) => at.open(pasted()))}
        >
          {words().look}
        </button>
        <Show when={isLost()}>
          <p role="alert" class="hint bad">
            {words().faults.failed}
          </p>
        </Show>
        <Show when={desk()}>{(at) => <Stage locale={props.locale} desk={at()} />}</Show>
      </section>
    </Show>
  )
}

function Stage(props: { readonly locale: Locale; readonly desk: Desk }): JSX.Element {
  const words = () => inLocale(table, props.locale)
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
          <p role="alert" class="hint bad" data-fault={now().fault.kind}>
            {faultIn(now().fault, words())}
          </p>
        )}
      </Match>
      <Match when={as('plan')}>
        {(now) => (
          <PlanTable locale={props.locale} plan={now().plan} accept={() => void props.desk.publish(now().plan)} />
        )}
      </Match>
      <Match when={as('under-way')}>
        {(now) => (
          <p role="status">
            <progress max={now().all} value={now().done} aria-label={words().title} />{' '}
            {words().progress(now().done, now().all)}
          </p>
        )}
      </Match>
      <Match when={as('published')}>
        {(now) => (
          <div class="brought">
            <p role="status" data-published={step('published')}>
              {openSession().connection() === 'online'
                ? words().stored(step('published'), now().own.length)
                : words().waiting}
            </p>
            <Show when={step('refused') > 0}>
              <p class="hint">{words().refusedLater(step('refused'))}</p>
            </Show>
            <Show when={now().failed.length > 0}>
              <p class="hint bad">{words().failedHere(now().failed.join(', '))}</p>
            </Show>
            <TakeBackButton locale={props.locale} act="undo-table" undo={undo} />
          </div>
        )}
      </Match>
      <Match when={as('broken')}>
        <p role="alert" class="hint bad">
          {words().broken}
        </p>
      </Match>
      <Match when={as('noted') ?? as('undone') ?? as('undo-broken')}>
        {(now) => (
          <TakeBack
            locale={props.locale}
            act="undo-table"
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

function faultIn(fault: Extract<Importing, { kind: 'fault' }>['fault'], { faults }: (typeof table)['zh-Hans']): string {
  if (fault.kind === 'too-many') return faults['too-many'](fault.most)
  return 'line' in fault ? faults[fault.kind](fault.line) : faults[fault.kind]
}

interface PlanTableProps {
  readonly locale: Locale
  readonly plan: TablePlan
  readonly accept: () => void
}

function PlanTable(props: PlanTableProps): JSX.Element {
  const words = () => inLocale(table, props.locale)
  const count = () => props.plan.rows.filter(({ action }) => action === 'publish').length
  return (
    <div class="plan" data-rows={count()}>
      <p role="status">{words().quota(props.plan.room)}</p>
      <Show when={props.plan.unknown.length > 0}>
        <p class="hint" data-unknown>
          {words().unknown(props.plan.unknown.join(', '))}
        </p>
      </Show>
      <table>
        <thead>
          <tr>
            <th scope="col">{words().line}</th>
            <th scope="col">{words().row}</th>
            <th scope="col">{words().result}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.plan.rows}>{(row) => <Row locale={props.locale} row={row} />}</For>
        </tbody>
      </table>
      <Show when={count() > 0} fallback={<p>{words().nothing}</p>}>
        <button type="button" class="btn primary" data-act="publish-table" onClick={() => props.accept()}>
          {words().publish(count())}
        </button>
      </Show>
    </div>
  )
}

function Row(props: { readonly locale: Locale; readonly row: TableRow }): JSX.Element {
  const words = () => inLocale(table, props.locale)
  const category = () => categoryOf(props.row.values['category'] ?? '')
  return (
    <tr data-line={props.row.line} data-action={props.row.action}>
      <td class="num">{props.row.line}</td>
      <td lang={peoplesLanguage}>{props.row.values['title']}</td>
      <td>
        {words().actions[props.row.action]}
        <For each={props.row.refusals}>
          {(refusal) => {
            const says = () => refusalText(refusal, category(), props.locale)
            return (
              <p class="err" data-rule={refusal.rule}>
                {says().why}
                {gapIn(props.locale)}
                {says().mend}
              </p>
            )
          }}
        </For>
      </td>
    </tr>
  )
}

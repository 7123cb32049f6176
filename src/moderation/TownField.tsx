/** A control of the form: label, help and refusals tied to it, its name the schema's. */
import { For, Show } from 'solid-js'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { refusals } from '#src/i18n/refusals.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import type { TownField as Field } from './town-values.ts'

interface TownFieldProps {
  readonly locale: Locale
  readonly field: Field
  readonly value: string
  readonly refusals: readonly Refusal[]
  readonly groups: readonly string[]
  readonly set: (value: string) => void
}

/** What a control is called. */
export function townLabelIn({ label, isIn }: Field, locale: Locale): string {
  const words = inLocale(townDesk, locale)
  const said = words.fields[label]
  return isIn === 'en' ? words.inEnglish(said) : said
}

export function TownField(props: TownFieldProps) {
  const words = () => inLocale(townDesk, props.locale)
  const label = () => townLabelIn(props.field, props.locale)
  const id = () => `town-${props.field.name}`
  const isBad = () => props.refusals.length > 0
  const lang = () => (props.field.isIn === 'zh' ? peoplesLanguage : props.field.isIn === 'en' ? 'en' : undefined)
  const ties = () =>
    [isBad() && `${id()}-bad`, props.field.most && `${id()}-help`].filter(Boolean).join(' ') || undefined
  const inputType = () => (props.field.type === 'line' ? 'text' : props.field.type)
  const hasGroups = () => props.field.label === 'group' && props.field.isIn === 'zh'
  return (
    <div class="field" classList={{ bad: isBad() }}>
      <label for={id()}>{label()}</label>
      <Show
        when={props.field.type === 'text'}
        fallback={
          <input
            id={id()}
            name={props.field.name}
            type={inputType()}
            lang={lang()}
            list={hasGroups() ? 'town-groups' : undefined}
            autocomplete="off"
            aria-invalid={isBad()}
            aria-describedby={ties()}
            value={props.value}
            onInput={({ target }) => props.set(target.value)}
          />
        }
      >
        <textarea
          id={id()}
          name={props.field.name}
          rows="6"
          lang={lang()}
          aria-invalid={isBad()}
          aria-describedby={ties()}
          value={props.value}
          onInput={({ target }) => props.set(target.value)}
        />
      </Show>
      <Show when={hasGroups()}>
        <datalist id="town-groups">
          <For each={props.groups}>{(group) => <option value={group} />}</For>
        </datalist>
      </Show>
      <Show when={isBad()}>
        <div id={`${id()}-bad`}>
          <For each={props.refusals}>
            {(refusal) => <RefusalLine locale={props.locale} refusal={refusal} label={label} />}
          </For>
        </div>
      </Show>
      <Show when={props.field.most}>
        {(most) => (
          <p class="help" id={`${id()}-help`}>
            {words().most(most())}
          </p>
        )}
      </Show>
    </div>
  )
}

interface RefusalLineProps {
  readonly locale: Locale
  readonly refusal: Refusal
  readonly label: () => string
}

export function RefusalLine(props: RefusalLineProps) {
  const speech = () => inLocale(refusals, props.locale)[props.refusal.rule]
  const facts = () => ({ ...props.refusal, field: props.label() || (props.refusal.field ?? '') })
  return (
    <p class="err" data-rule={props.refusal.rule}>
      {speech().why(facts())}
      {gapIn(props.locale)}
      {speech().mend(facts())}
    </p>
  )
}

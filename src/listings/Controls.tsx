/** The form's controls: label, help and error tied to the control, its name the schema's field name. */
import { createMemo, For, Show, type JSX } from 'solid-js'
import type { Category, Field } from '#domain/category.ts'
import { gapIn, wordIn, type Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { DraftValues } from './draft-values.ts'
import { controlOf, refusalText } from './refusal-words.ts'

/** What every control reads from the form. */
export interface FormView {
  readonly locale: Locale
  readonly values: DraftValues
  readonly category: () => Category | undefined
  readonly refusals: () => readonly Refusal[]
  set(field: string, value: string): void
}
export interface ControlProps {
  readonly form: FormView
  readonly name: string
  readonly label: string
  readonly help?: string | undefined
  readonly required?: boolean | undefined
}

export const controlId = (name: string): string => `post-${name}`

interface Ties {
  readonly id: string
  readonly invalid: () => 'true' | undefined
  readonly describedBy: () => string | undefined
}

/** Label above, help and errors below, all tied to the control that `children` makes. */
function Labelled(props: ControlProps & { readonly children: (ties: Ties) => JSX.Element }) {
  const id = controlId(props.name)
  const words = () => inLocale(post, props.form.locale).form
  const errors = createMemo(() => props.form.refusals().filter((refusal) => controlOf(refusal) === props.name))
  const ties: Ties = {
    id,
    invalid: () => (errors().length > 0 ? 'true' : undefined),
    describedBy: () =>
      [props.help && `${id}-help`, errors().length > 0 && `${id}-error`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <div class="field" classList={{ bad: errors().length > 0 }}>
      <label for={id}>
        {props.label}
        <Show when={props.required}>
          <small class="must">{words().required}</small>
        </Show>
      </label>
      {props.children(ties)}
      <Show when={errors().length > 0}>
        <div id={`${id}-error`}>
          <For each={errors()}>{(refusal) => <ErrorLine form={props.form} refusal={refusal} />}</For>
        </div>
      </Show>
      <Show when={props.help}>
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      </Show>
    </div>
  )
}

function ErrorLine(props: { readonly form: FormView; readonly refusal: Refusal }) {
  const text = createMemo(() => refusalText(props.refusal, props.form.category(), props.form.locale))
  return (
    <p class="err" data-rule={props.refusal.rule}>
      <Icon name="alert" />
      <span>
        {text().why}
        {gapIn(props.form.locale)}
        {text().mend}
      </span>
    </p>
  )
}

interface TextProps extends ControlProps {
  readonly type?: 'text' | 'date' | 'month' | 'tel'
  readonly inputMode?: 'decimal' | 'text'
  readonly autocomplete?: string
  readonly disabled?: boolean
  readonly placeholder?: string
}

export const TextControl = (props: TextProps) => (
  <Labelled {...props}>
    {({ id, invalid, describedBy }) => (
      <input
        id={id}
        name={props.name}
        type={props.type ?? 'text'}
        inputmode={props.inputMode}
        autocomplete={props.autocomplete ?? 'off'}
        placeholder={props.placeholder}
        disabled={props.disabled}
        required={props.required}
        aria-invalid={invalid()}
        aria-describedby={describedBy()}
        value={props.form.values[props.name] ?? ''}
        onInput={(event) => props.form.set(props.name, event.currentTarget.value)}
      />
    )}
  </Labelled>
)

export const LongTextControl = (props: ControlProps) => (
  <Labelled {...props}>
    {({ id, invalid, describedBy }) => (
      <textarea
        id={id}
        name={props.name}
        rows="7"
        required={props.required}
        aria-invalid={invalid()}
        aria-describedby={describedBy()}
        value={props.form.values[props.name] ?? ''}
        onInput={(event) => props.form.set(props.name, event.currentTarget.value)}
      />
    )}
  </Labelled>
)

export interface Option {
  readonly id: string
  readonly name: string
}

export const SelectControl = (
  props: ControlProps & { readonly options: readonly Option[]; readonly choose?: string },
) => (
  <Labelled {...props}>
    {({ id, invalid, describedBy }) => (
      <select
        id={id}
        name={props.name}
        required={props.required}
        aria-invalid={invalid()}
        aria-describedby={describedBy()}
        onChange={(event) => props.form.set(props.name, event.currentTarget.value)}
      >
        <Show when={props.choose}>
          <option value="" selected={!props.form.values[props.name]}>
            {props.choose}
          </option>
        </Show>
        <For each={props.options}>
          {(option) => (
            <option value={option.id} selected={props.form.values[props.name] === option.id}>
              {option.name}
            </option>
          )}
        </For>
      </select>
    )}
  </Labelled>
)

export const TickControl = (props: Pick<ControlProps, 'form' | 'name' | 'label'>) => (
  <label class="tick">
    <input
      id={controlId(props.name)}
      type="checkbox"
      name={props.name}
      value="yes"
      checked={props.form.values[props.name] === 'yes'}
      onChange={(event) => props.form.set(props.name, event.currentTarget.checked ? 'yes' : '')}
    />
    {props.label}
  </label>
)

/** A few choices side by side, one tap each. */
export const RadioControl = (props: ControlProps & { readonly options: readonly Option[] }) => (
  <fieldset class="field choice">
    <legend class="legend">{props.label}</legend>
    <div class="btns">
      <For each={props.options}>
        {(option) => (
          <label class="tick">
            <input
              type="radio"
              name={props.name}
              value={option.id}
              checked={props.form.values[props.name] === option.id}
              onChange={() => props.form.set(props.name, option.id)}
            />
            {option.name}
          </label>
        )}
      </For>
    </div>
    <Show when={props.help}>
      <p class="help">{props.help}</p>
    </Show>
  </fieldset>
)

/** The control of a category's typed field. */
export function TypedControl(props: { readonly form: FormView; readonly field: Field }) {
  const { form, field } = props // a field stands for one control; another category brings other fields
  const words = inLocale(post, form.locale).form
  const label = wordIn(field.label, form.locale)
  const base = { form, name: field.id, label, required: field.required === true }
  switch (field.type) {
    case 'choice':
      return <SelectControl {...base} choose={words.choose} options={optionsOf(field.options, form.locale)} />
    case 'flag':
      return <TickControl {...base} />
    case 'number':
      return <TextControl {...base} label={words.price(label, wordIn(field.unit, form.locale))} inputMode="decimal" />
    default:
      return <TextControl {...base} type={field.type} placeholder={field.type === 'month' ? words.monthForm : ''} />
  }
}

export const optionsOf = (
  rows: readonly { readonly id: string; readonly name: Category['name'] }[],
  locale: Locale,
): readonly Option[] => rows.map(({ id, name }) => ({ id, name: wordIn(name, locale) }))

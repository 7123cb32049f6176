/** The form's fields in their order; which ones there are follows from the category's row in `content/categories.json`. */
import { createMemo, For, Show } from 'solid-js'
import type { KeyUse } from '#domain/identity.ts'
import { validDaysChoices } from '#domain/listing.ts'
import { wordIn } from '#domain/locale.ts'
import { lengthOf, tidied } from '#domain/plain-text.ts'
import { posterKinds } from '#domain/poster.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import {
  LongTextControl,
  optionsOf,
  RadioControl,
  SelectControl,
  TextControl,
  TickControl,
  TypedControl,
  type FormView,
} from './Controls.tsx'

interface FieldsProps {
  readonly form: FormView
}
const wordsOf = ({ form }: FieldsProps) => inLocale(post, form.locale).form

/** @param props.keyOf the key that signed it already; a listing cannot move to a category of another key */
export function AboutFields(props: FieldsProps & { readonly keyOf: KeyUse | undefined }) {
  const { form } = props
  const words = wordsOf(props)
  const open = createMemo(() =>
    town.categories.filter(({ ownKey }) => !props.keyOf || ownKey === (props.keyOf === 'friends')),
  )
  const chosen = form.category
  const base = { form, required: true, choose: words.choose }
  return (
    <>
      <SelectControl
        {...base}
        name="category"
        label={words.category}
        choose={words.chooseCategory}
        options={optionsOf(open(), form.locale)}
        help={chosen()?.adultsOnly ? words.adultsOnly : undefined}
      />
      <Show when={chosen()}>
        {(category) => (
          <div class="pair">
            <Show when={category().intents.length > 1}>
              <SelectControl
                {...base}
                name="intent"
                label={words.intent}
                options={optionsOf(category().intents, form.locale)}
              />
            </Show>
            <SelectControl {...base} name="sub" label={words.sub} options={optionsOf(category().kinds, form.locale)} />
          </div>
        )}
      </Show>
      <TextControl {...base} name="title" label={words.title} help={words.titleHelp(lengthIn(form, 'title'))} />
      <LongTextControl {...base} name="text" label={words.text} help={words.textHelp(lengthIn(form, 'text'))} />
      <div class="pair">
        <Show when={!chosen() || chosen()?.price}>
          <PriceField form={form} />
        </Show>
        <SelectControl
          {...base}
          name="district"
          label={words.district}
          options={optionsOf(town.portal.districts, form.locale)}
        />
      </div>
    </>
  )
}

const lengthIn = ({ values }: FormView, name: 'title' | 'text'): number =>
  lengthOf(tidied(values[name] ?? '', name === 'text' ? 'many' : 'one'))

function PriceField(props: FieldsProps) {
  const { form } = props
  const words = wordsOf(props)
  const label = createMemo(() => {
    const price = form.category()?.price ?? town.categories[0]?.price
    const unit = form.category()?.intents.find(({ id }) => id === form.values['intent'])?.unit ?? price?.unit
    return price && unit ? words.price(wordIn(price.label, form.locale), wordIn(unit, form.locale)) : ''
  })
  return (
    <div class="price-field">
      <TextControl
        form={form}
        name="priceFen"
        label={label()}
        inputMode="decimal"
        disabled={form.values['byAgreement'] === 'yes'}
      />
      <TickControl form={form} name="byAgreement" label={words.byAgreement} />
    </div>
  )
}

export function DetailFields(props: FieldsProps) {
  const words = wordsOf(props)
  return (
    <Show when={props.form.category()?.fields.length}>
      <fieldset class="group">
        <legend class="legend">{words.details}</legend>
        <p class="help">{words.detailsHelp}</p>
        <div class="pair">
          <For each={props.form.category()?.fields}>{(field) => <TypedControl form={props.form} field={field} />}</For>
        </div>
      </fieldset>
    </Show>
  )
}

export function PosterFields(props: FieldsProps) {
  const { form } = props
  const words = wordsOf(props)
  const needsFirm = createMemo(
    () => form.values['poster'] === 'company' && !form.category()?.fields.some(({ id }) => id === 'firm'),
  )
  return (
    <>
      <RadioControl
        form={form}
        name="poster"
        label={words.poster}
        options={posterKinds.map((id) => ({ id, name: words.posterKind[id] }))}
      />
      <div class="pair">
        <Show when={needsFirm()}>
          <TextControl form={form} name="firm" label={words.firm} required autocomplete="organization" />
        </Show>
        <TextControl
          form={form}
          name="name"
          label={words.name}
          autocomplete="nickname"
          help={form.category()?.ownKey ? words.nameFriendsHelp : words.nameHelp}
        />
      </div>
    </>
  )
}

export function ValidityFields(props: FieldsProps) {
  const words = wordsOf(props)
  return (
    <RadioControl
      form={props.form}
      name="validDays"
      label={words.validDays}
      options={validDaysChoices.map((days) => ({ id: String(days), name: words.days(days) }))}
    />
  )
}

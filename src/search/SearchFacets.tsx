/** What narrows an answer: a form whose names are those of an address (address.ts), and what is chosen as chips that a tap takes away. */
import { For, Show } from 'solid-js'
import type { Category, Field, Named } from '#domain/category.ts'
import { filterFieldsOf, isRange } from '#domain/filters.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { posterKinds } from '#domain/poster.ts'
import { browse } from '#src/i18n/browse.ts'
import { listing } from '#src/i18n/listing.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf, town } from '#src/i18n/town.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { readAddress } from './address.ts'
import { sorts, type Chips } from './asked.ts'
import type { Box } from './box.ts'
import { chosenIn } from './chosen.ts'

interface FacetsProps {
  readonly locale: Locale
  readonly box: Box
}

export function SearchFacets(props: FacetsProps) {
  const words = () => inLocale(search, props.locale).facets
  const common = () => inLocale(browse, props.locale).category
  const chips = () => props.box.chips()
  const category = () => (chips().category === undefined ? undefined : categoryOf(chips().category ?? ''))
  const read = (form: HTMLFormElement) => {
    const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value)])
    const looked = readAddress(new URLSearchParams(pairs))
    props.box.choose(looked.chips)
    props.box.order(looked.sort)
  }
  const isWide = matchMedia('(min-width: 861px)').matches // on a phone what was found comes first
  return (
    <form
      class="narrow"
      aria-label={words().label}
      onSubmit={(event) => event.preventDefault()}
      onChange={(event) => read(event.currentTarget)}
      onPointerEnter={() => isWide && props.box.count()}
      onFocusIn={() => isWide && props.box.count()}
    >
      <details open={isWide} onToggle={(event) => event.currentTarget.open && !isWide && props.box.count()}>
        <summary class="btn">
          <Icon name="filter" />
          {common().filters}
          <Show when={chosenIn(chips(), props.locale).length}>{(n) => <span class="chip">{n()}</span>}</Show>
        </summary>
        <div class="facets">
          <Choice
            {...props}
            name="category"
            label={words().category}
            rows={named(town.categories, props.locale)}
            chosen={chips().category}
            counts={props.box.facets()?.category}
          />
          <Choice
            {...props}
            name="district"
            label={common().district}
            rows={named(town.portal.districts, props.locale)}
            chosen={chips().district}
            counts={props.box.facets()?.district}
          />
          <Show when={category()} keyed>
            {(one) => <CategoryFacets locale={props.locale} category={one} chips={chips()} />}
          </Show>
        </div>
      </details>
      <Choice
        {...props}
        name="sort"
        label={common().sort}
        rows={sorts.map((id) => ({ id, name: id === 'best' ? words().best : common().sorts[id] }))}
        chosen={props.box.sort()}
        isRequired
      />
      <Chosen {...props} />
    </form>
  )
}

const named = (rows: readonly Named[], locale: Locale) =>
  rows.map(({ id, name }) => ({ id, name: wordIn(name, locale) }))

interface CategoryFacetsProps {
  readonly locale: Locale
  readonly category: Category
  readonly chips: Chips
}

function CategoryFacets(props: CategoryFacetsProps) {
  const words = () => inLocale(browse, props.locale).category
  const { price, intents, kinds } = props.category
  const yuan = (fen: number | undefined) => (fen === undefined ? undefined : fen / 100)
  const by = () => posterKinds.map((id) => ({ id, name: inLocale(listing, props.locale).posterLong[id] }))
  return (
    <>
      <Show when={intents.length > 1}>
        <Choice
          locale={props.locale}
          name="intent"
          label={words().intent}
          rows={named(intents, props.locale)}
          chosen={props.chips.intent}
        />
      </Show>
      <Choice
        locale={props.locale}
        name="sub"
        label={words().sub}
        rows={named(kinds, props.locale)}
        chosen={props.chips.sub}
      />
      <Show when={price}>
        {(priced) => (
          <Ends
            locale={props.locale}
            name="price"
            label={words().ranged(wordIn(priced().label, props.locale), wordIn(priced().unit, props.locale))}
            min={yuan(props.chips.minFen)}
            max={yuan(props.chips.maxFen)}
          />
        )}
      </Show>
      <For each={filterFieldsOf(props.category)}>
        {(field) => <FieldFacet locale={props.locale} field={field} value={props.chips.fields?.[field.id]} />}
      </For>
      <Choice locale={props.locale} name="by" label={words().by} rows={by()} chosen={props.chips.by} />
    </>
  )
}

interface FieldFacetProps {
  readonly locale: Locale
  readonly field: Field
  readonly value: NonNullable<Chips['fields']>[string] | undefined
}

function FieldFacet(props: FieldFacetProps) {
  const { field, locale } = props
  const label = wordIn(field.label, locale)
  if (field.type === 'choice')
    return (
      <Choice
        locale={locale}
        name={field.id}
        label={label}
        rows={named(field.options, locale)}
        chosen={typeof props.value === 'string' ? props.value : undefined}
      />
    )
  if (field.type === 'number') {
    const range = () => (props.value !== undefined && isRange(props.value) ? props.value : {})
    const words = inLocale(browse, locale).category
    return (
      <Ends
        locale={locale}
        name={field.id}
        label={words.ranged(label, wordIn(field.unit, locale))}
        min={range().min}
        max={range().max}
      />
    )
  }
  return (
    <label class="tick">
      <input type="checkbox" name={field.id} value="yes" checked={props.value === true} />
      {label}
    </label>
  )
}

interface ChoiceProps {
  readonly locale: Locale
  readonly name: string
  readonly label: string
  readonly rows: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: string | undefined
  readonly counts?: Readonly<Record<string, number>> | undefined
  readonly isRequired?: boolean
}

/** Counts are told beside the answer, once they are there. */
function Choice(props: ChoiceProps) {
  const counted = (id: string) => (props.counts ? ` (${props.counts[id] ?? 0})` : '')
  return (
    <label>
      <span>{props.label}</span>
      <select name={props.name}>
        <Show when={!props.isRequired}>
          <option value="" selected={props.chosen === undefined}>
            {inLocale(browse, props.locale).category.any}
          </option>
        </Show>
        <For each={props.rows}>
          {({ id, name }) => (
            <option value={id} selected={id === props.chosen}>
              {name}
              {counted(id)}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}

interface EndsProps {
  readonly locale: Locale
  readonly name: string
  readonly label: string
  readonly min: number | undefined
  readonly max: number | undefined
}

function Ends(props: EndsProps) {
  const words = () => inLocale(browse, props.locale).category
  return (
    <fieldset>
      <legend>{props.label}</legend>
      <input
        name={`${props.name}-min`}
        inputmode="decimal"
        aria-label={words().from}
        placeholder={words().from}
        value={props.min ?? ''}
      />
      <span>{words().between}</span>
      <input
        name={`${props.name}-max`}
        inputmode="decimal"
        aria-label={words().to}
        placeholder={words().to}
        value={props.max ?? ''}
      />
    </fieldset>
  )
}

function Chosen(props: FacetsProps) {
  const words = () => inLocale(browse, props.locale).category
  return (
    <Show when={chosenIn(props.box.chips(), props.locale).length > 0}>
      <ul class="chosen" aria-label={words().active}>
        <For each={chosenIn(props.box.chips(), props.locale)}>
          {({ says, rest }) => (
            <li>
              <button
                type="button"
                class="btn"
                data-chip
                aria-label={words().remove(says)}
                onClick={() => props.box.choose(rest)}
              >
                {says} <span aria-hidden="true">×</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** What narrows an answer: a form whose names are those of an address (address.ts), and what is chosen as chips that a tap takes away. */
import { createSignal, For, Show, type JSX } from 'solid-js'
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
import { Choice, Ends } from './FacetControls.tsx'

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
  const [bars, setBars] = createSignal<typeof import('./FacetBars.tsx')>()
  const below =
    (category: Category): Below =>
    (id, label) => <Show when={bars()}>{(code) => code().FacetBars({ ...props, category, id, label })}</Show>
  const count = () => {
    props.box.count()
    if (!bars()) void import('./FacetBars.tsx').then(setBars).catch(() => undefined) // without them there are the ends to type into
  }
  const isWide = matchMedia('(min-width: 861px)').matches // on a phone what was found comes first
  return (
    <form
      class="narrow"
      aria-label={words().label}
      onSubmit={(event) => event.preventDefault()}
      onChange={(event) => read(event.currentTarget)}
      onPointerEnter={() => isWide && count()}
      onFocusIn={() => isWide && count()}
    >
      <details open={isWide} onToggle={(event) => event.currentTarget.open && !isWide && count()}>
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
            {(one) => <CategoryFacets locale={props.locale} category={one} chips={chips()} below={below(one)} />}
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

/** What stands below the ends of a number. */
type Below = (id: string, label: string) => JSX.Element

interface CategoryFacetsProps {
  readonly locale: Locale
  readonly category: Category
  readonly chips: Chips
  readonly below: Below
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
            below={props.below}
          />
        )}
      </Show>
      <For each={filterFieldsOf(props.category)}>
        {(field) => (
          <FieldFacet locale={props.locale} field={field} value={props.chips.fields?.[field.id]} below={props.below} />
        )}
      </For>
      <Choice locale={props.locale} name="by" label={words().by} rows={by()} chosen={props.chips.by} />
    </>
  )
}

interface FieldFacetProps {
  readonly locale: Locale
  readonly below: Below
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
        below={props.below}
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

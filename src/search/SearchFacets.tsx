/** What narrows an answer: category, district, price and order; what is chosen is a chip that a tap takes away. */
import { For, Show } from 'solid-js'
import { wordIn, type Locale } from '#domain/locale.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf, districtOf, town } from '#src/i18n/town.ts'
import type { Named } from '#domain/category.ts'
import { sorts, type Chips, type Sort } from './asked.ts'
import type { Box } from './box.ts'

interface FacetsProps {
  readonly locale: Locale
  readonly box: Box
}

export function SearchFacets(props: FacetsProps) {
  const words = () => inLocale(search, props.locale).facets
  const chips = () => props.box.chips()
  const choose = (change: Partial<Record<keyof Chips, string | number | undefined>>) =>
    props.box.choose({ ...chips(), ...change } as Chips)
  const fen = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) * 100 : undefined)
  return (
    <div class="facets" role="group" aria-label={words().label}>
      <Choice
        {...props}
        label={words().category}
        chosen={chips().category}
        rows={town.categories}
        counts={props.box.facets()?.category}
        choose={(category) => choose({ category })}
      />
      <Choice
        {...props}
        label={words().district}
        chosen={chips().district}
        rows={town.portal.districts}
        counts={props.box.facets()?.district}
        choose={(district) => choose({ district })}
      />
      <label class="range">
        <span>{words().price}</span>
        <input
          inputmode="numeric"
          aria-label={words().priceFrom}
          placeholder={words().priceFrom}
          value={chips().minFen === undefined ? '' : String((chips().minFen ?? 0) / 100)}
          onChange={(event) => choose({ minFen: fen(event.currentTarget.value) })}
        />
        <input
          inputmode="numeric"
          aria-label={words().priceTo}
          placeholder={words().priceTo}
          value={chips().maxFen === undefined ? '' : String((chips().maxFen ?? 0) / 100)}
          onChange={(event) => choose({ maxFen: fen(event.currentTarget.value) })}
        />
      </label>
      <label>
        <span>{words().sort}</span>
        <select onChange={(event) => props.box.order(event.currentTarget.value as Sort)}>
          <For each={sorts}>
            {(sort) => (
              <option value={sort} selected={sort === props.box.sort()}>
                {words().sorts[sort]}
              </option>
            )}
          </For>
        </select>
      </label>
      <Chosen {...props} />
    </div>
  )
}

interface ChoiceProps extends FacetsProps {
  readonly label: string
  readonly chosen: string | undefined
  readonly rows: readonly Named[]
  readonly counts: Readonly<Record<string, number>> | undefined
  readonly choose: (id: string | undefined) => void
}

/** With the counts of the answer, once they are there. */
function Choice(props: ChoiceProps) {
  const words = () => inLocale(search, props.locale).facets
  const counted = (id: string) => (props.counts ? ` (${props.counts[id] ?? 0})` : '')
  return (
    <label>
      <span>{props.label}</span>
      <select onChange={(event) => props.choose(event.currentTarget.value || undefined)}>
        <option value="" selected={props.chosen === undefined}>
          {words().all}
        </option>
        <For each={props.rows}>
          {({ id, name }) => (
            <option value={id} selected={id === props.chosen}>
              {wordIn(name, props.locale)}
              {counted(id)}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}

function Chosen(props: FacetsProps) {
  const words = () => inLocale(search, props.locale).facets
  const without = (...names: readonly (keyof Chips)[]) =>
    Object.fromEntries(
      Object.entries(props.box.chips()).filter(([name]) => !names.includes(name as keyof Chips)),
    ) as Chips
  const nameOf = (row: Named | undefined) => (row ? wordIn(row.name, props.locale) : '')
  const chosen = () => {
    const { category, district, minFen, maxFen } = props.box.chips()
    const price = [minFen, maxFen].map((fen) => (fen === undefined ? '' : String(fen / 100))).join('–')
    return [
      ...(category ? [{ text: nameOf(categoryOf(category)) || category, rest: without('category') }] : []),
      ...(district ? [{ text: nameOf(districtOf(district)) || district, rest: without('district') }] : []),
      ...(price === '–' ? [] : [{ text: price, rest: without('minFen', 'maxFen') }]),
    ]
  }
  return (
    <Show when={chosen().length > 0}>
      <ul class="chosen" aria-label={words().chosen}>
        <For each={chosen()}>
          {({ text, rest }) => (
            <li>
              <button
                type="button"
                class="btn"
                data-chip
                aria-label={words().remove(text)}
                onClick={() => props.box.choose(rest)}
              >
                {text} <span aria-hidden="true">×</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

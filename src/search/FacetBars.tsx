/** How the numbers of what was found lie, beside a filter from and to. Loaded when somebody begins to narrow. */
import { createMemo, Show } from 'solid-js'
import type { Category } from '#domain/category.ts'
import type { Locale } from '#domain/locale.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { bars, spreadOf } from '#src/i18n/bar-words.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Bars } from '#src/ui/Bars.tsx'
import { addressOf } from './address.ts'
import type { Box } from './box.ts'

interface FacetBarsProps {
  readonly locale: Locale
  readonly box: Box
  readonly category: Category
  /** Of the number, or `price`. */
  readonly id: string
  readonly label: string
}

export function FacetBars(props: FacetBarsProps) {
  const hrefOf = (chips: ListQuery) =>
    `${pathTo(props.locale).search}?${addressOf({ query: props.box.typed().trim(), chips, sort: props.box.sort() })}`
  const spread = createMemo(() => {
    const numbers = props.box.facets()?.numbers
    const histogram = numbers?.category === props.category.id ? numbers.histograms[props.id] : undefined // not that of the category before
    const query = { ...props.box.chips(), category: props.category.id }
    return histogram && spreadOf(props.category, props.id, histogram, query, props.locale, hrefOf)
  })
  return (
    <Show when={spread()}>
      {(drawn) => (
        <Bars
          label={inLocale(bars, props.locale).spread(props.label)}
          bars={drawn().bars}
          unsaid={drawn().unsaid}
          onPick={(i) => props.box.choose(drawn().bars[i]?.to ?? {})}
        />
      )}
    </Show>
  )
}

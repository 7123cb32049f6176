/** What was found, in groups: rows with the words marked. */
import { For, Show, type Component } from 'solid-js'
import { endOfDid } from '#domain/hidden-seller.ts'
import { localePath, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { cardOf } from '#src/i18n/card.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { groups, type Group } from '#domain/group.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { partsOf } from './marking.ts'
import type { Found, Hit } from './asked.ts'
import type { HeartProps } from './Heart.tsx'
import type { Likes } from './likes.ts'

export interface SearchResultsProps {
  readonly locale: Locale
  readonly query: string
  readonly found: Found
  /** ms; ages are counted from it */
  readonly now: number
  readonly hasMore: boolean
  /** Hearts beside listings, once they are loaded. */
  readonly extras: { readonly Heart: Component<HeartProps>; readonly likes: Likes } | undefined
  readonly onMore: (group: Group) => void
  readonly onFollow: () => void
}

const moreAtOnce = 20

export function SearchResults(props: SearchResultsProps) {
  const words = () => inLocale(search, props.locale)
  const hitsOf = (group: Group) => props.found.hits.filter((hit) => hit.group === group)
  const left = (group: Group) => props.found.counts[group] - hitsOf(group).length
  return (
    <For each={groups.filter((group) => hitsOf(group).length > 0)}>
      {(group) => (
        <section class="sect found" aria-labelledby={`found-${group}`}>
          <header>
            <h2 id={`found-${group}`}>{words().groups[group]}</h2>
            <span class="quiet num">{words().count(props.found.counts[group])}</span>
          </header>
          <ul class="rows">
            <For each={hitsOf(group)}>
              {(hit) => (
                <li data-by={'author' in hit.entry ? endOfDid(hit.entry.author) : undefined}>
                  <Row {...props} hit={hit} />
                  <Show when={'category' in hit.entry && props.extras}>
                    {(loaded) =>
                      loaded().Heart({
                        locale: props.locale,
                        likes: loaded().likes,
                        listing: hit.entry as HeartProps['listing'],
                      })
                    }
                  </Show>
                </li>
              )}
            </For>
          </ul>
          <Show when={props.hasMore && left(group) > 0}>
            <button type="button" class="btn plain wide" onClick={() => props.onMore(group)}>
              {words().more(Math.min(left(group), moreAtOnce))}
            </button>
          </Show>
        </section>
      )}
    </For>
  )
}

type RowProps = SearchResultsProps & { readonly hit: Hit }

function Row(props: RowProps) {
  const listed = () => ('category' in props.hit.entry ? props.hit.entry : undefined)
  return (
    <Show when={listed()} fallback={<PrintedRow {...props} />}>
      {(line) => {
        const card = () => cardOf(line(), props)
        const filed = () => [card().tag, card().price ? card().kind : '', card().district, card().sample]
        return (
          <a class="hit pictured" href={card().href} data-record={props.hit.id} onClick={() => props.onFollow()}>
            <span class="photo" data-icon={card().icon}>
              <Show when={card().cover} fallback={<Icon name={card().icon ?? 'bag'} />}>
                {(cover) => <img src={cover().src} width="320" height="200" loading="lazy" alt="" />}
              </Show>
            </span>
            <Marked class="name" lang={peoplesLanguage} text={props.hit.title} marks={props.found.marks} />
            <Show when={card().price} fallback={<Marked class="kind" text={card().kind} marks={props.found.marks} />}>
              {(price) => (
                <span class="price">
                  {price().amount}
                  <small>{price().unit}</small>
                </span>
              )}
            </Show>
            <Marked class="excerpt" lang={peoplesLanguage} text={props.hit.excerpt} marks={props.found.marks} />
            <Marked class="filed" text={filed().filter(Boolean).join(' · ')} marks={props.found.marks} />
            <small>
              <time datetime={card().at}>{card().age}</time>
            </small>
          </a>
        )
      }}
    </Show>
  )
}

function PrintedRow(props: RowProps) {
  const shown = () => ('href' in props.hit.entry ? props.hit.entry : { href: '', note: undefined, by: undefined })
  const note = () => shown().note?.replace(/^\d{4}-\d\d-\d\d$/, (day) => dateIn(day, props.locale)) // of a notice
  const lang = () => shown().by && peoplesLanguage
  const outside = () => /^https?:/.test(shown().href)
  const href = () => (shown().href.startsWith('/') ? localePath(props.locale, shown().href) : shown().href)
  return (
    <a class="hit" href={href()} rel={outside() ? 'external noopener' : undefined} onClick={() => props.onFollow()}>
      <Marked class="name" lang={lang()} text={props.hit.title} marks={props.found.marks} />
      <span class="note num">{note()}</span>
      <Marked class="excerpt" lang={lang()} text={props.hit.excerpt} marks={props.found.marks} />
      <Show when={shown().by}>
        {(by) => <span class="filed">{inLocale(search, props.locale).unchecked(by())}</span>}
      </Show>
    </a>
  )
}

const Marked = (props: {
  readonly class: string
  readonly lang?: string | undefined
  readonly text: string
  readonly marks: readonly string[]
}) => (
  <span class={props.class} lang={props.lang}>
    <For each={partsOf(props.text, props.marks)}>{(part) => (part.hit ? <mark>{part.text}</mark> : part.text)}</For>
  </span>
)

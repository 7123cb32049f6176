/** On the offline page, when the page that is missing is a listing's: the listing from the kept town, if it is there and not over. */
import { createEffect, createSignal, For, onMount, Show } from 'solid-js'
import type { Entry } from '#domain/entry.ts'
import { instantWords } from '#domain/instant.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { cardOf } from '#src/i18n/card.ts'
import { factsOf } from '#src/i18n/facts.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'
import { hiddenIds } from '#src/sync/labels.ts'
import { createFinder, type FinderDeps } from './finder.ts'
import { finderDeps } from './page-deps.ts'

export interface KeptListingProps {
  readonly locale: Locale
  /** Another worker, wire and clock: for tests. */
  readonly deps?: FinderDeps
}

export function KeptListing(props: KeptListingProps) {
  const deps = props.deps ?? finderDeps
  const finder = createFinder(deps)
  const [entry, setEntry] = createSignal<Entry>()
  const [isRemoved, setRemoved] = createSignal(false)
  const words = inLocale(saved, props.locale)
  const keptAt = () => {
    const pack = finder.pack()
    return pack?.kind === 'kept' ? instantWords(pack.at, props.locale) : undefined
  }
  onMount(async () => {
    const [, id] = /\/l\/([a-z2-7]{26})\/?$/.exec(location.pathname) ?? []
    if (!id) return
    if ((await hiddenIds()).has(id)) return void setRemoved(true)
    const matched = await finder.match({ searches: [], listings: [{ id }] }, props.locale)
    setEntry(matched?.listings.find((found) => found.id === id && deps.now() <= found.until))
  })
  createEffect(() => {
    const found = entry()
    const missing = document.querySelector<HTMLElement>('[data-not-kept]')
    if ((!found && !isRemoved()) || !missing) return
    missing.hidden = true
    if (found) document.title = found.title
  })
  return (
    <Show
      when={entry()}
      fallback={
        <Show when={isRemoved()}>
          <p class="hint calm" role="status" data-removed>
            {words.removed}
          </p>
        </Show>
      }
    >
      {(found) => (
        <article class="kept-listing panel" data-record={found().id}>
          <p class="hint calm" role="status">
            {words.keptListing(keptAt())}
          </p>
          <Listing locale={props.locale} entry={found()} now={deps.now()} />
          <p class="hint">{words.contactOnline}</p>
          <p class="btns">
            <a class="btn primary" href="">
              {words.tryOnline}
            </a>
          </p>
        </article>
      )}
    </Show>
  )
}

function Listing(props: { readonly locale: Locale; readonly entry: Entry; readonly now: number }) {
  const card = () => cardOf(props.entry, props)
  const category = () => categoryOf(props.entry.category)
  const facts = () => {
    const found = category()
    return found ? factsOf(found, props.entry.fields, props.locale) : []
  }
  return (
    <>
      <h1 lang={peoplesLanguage}>{props.entry.title}</h1>
      <Show when={card().price}>
        {(price) => (
          <p class="price">
            {price().amount}
            <small>{price().unit}</small>
          </p>
        )}
      </Show>
      <p class="chips">
        <For each={[card().tag, card().kind, card().district, card().by, card().age, card().sample].filter(Boolean)}>
          {(text) => <span class="chip">{text}</span>}
        </For>
      </p>
      <Show when={facts().length > 0}>
        <dl class="facts">
          <For each={facts()}>
            {({ label, value, lang }) => (
              <div>
                <dt>{label}</dt>
                <dd lang={lang}>{value}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <div class="prose" lang={peoplesLanguage}>
        <For each={props.entry.text.split(/\n+/)}>{(line) => <p>{line}</p>}</For>
      </div>
    </>
  )
}

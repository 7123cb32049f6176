/** The box itself: a form that works without a script, and where scripts run a combobox whose list offers searches and categories. */
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { maxQueryLength } from '#domain/query.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { Box } from './box.ts'
import type { Suggestion } from './suggestions.ts'

export interface SearchFieldProps {
  readonly locale: Locale
  readonly box: Box
}

const listId = 'search-offers'
const optionId = (n: number): string => `search-offer-${n}`

export function SearchField(props: SearchFieldProps) {
  const words = () => inLocale(search, props.locale)
  const [active, setActive] = createSignal(-1)
  const [isClosed, setClosed] = createSignal(false)
  const [isAwake, setAwake] = createSignal(false) // without a script it is no combobox
  const offers = () => (isClosed() ? [] : props.box.suggestions())
  let input: HTMLInputElement | undefined
  createEffect(on([props.box.typed, props.box.chips], () => (setActive(-1), setClosed(false)), { defer: true }))
  onMount(() => {
    setAwake(true)
    props.box.wake(input?.value ?? '')
  })

  const pick = (offer: Suggestion) => {
    props.box.take(offer)
    input?.focus()
  }
  /** What is done with a key here does not reach the hits (hit-keys.ts). */
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return // an input method owns its keys
    const last = offers().length - 1
    const [at, offer] = [active(), offers()[active()]]
    if (event.key === 'ArrowDown' && at < last) setActive(at + 1)
    else if (event.key === 'ArrowUp' && at >= 0) setActive(at - 1)
    else if (event.key === 'Escape' && last >= 0 && props.box.typed() !== '') setClosed(true)
    else if (event.key === 'Enter' && offer) pick(offer)
    else return void (event.key === 'ArrowDown' && setActive(-1))
    event.preventDefault()
    event.stopPropagation()
  }
  const submit = (event: SubmitEvent) => {
    if (props.box.state() === 'preparing') return // the server's own search answers
    event.preventDefault()
    props.box.keep()
    props.box.ask(props.box.typed())
  }
  return (
    <>
      <form class="search" role="search" action={pathTo(props.locale).search} onSubmit={submit}>
        <Icon name="find" />
        <input
          ref={(element) => (input = element)}
          type="search"
          name="q"
          value={props.box.typed()}
          maxlength={maxQueryLength}
          placeholder={words().placeholder}
          aria-label={words().label}
          aria-describedby="search-keys"
          role={isAwake() ? 'combobox' : undefined}
          aria-autocomplete={isAwake() ? 'list' : undefined}
          aria-expanded={isAwake() ? offers().length > 0 : undefined}
          aria-controls={isAwake() ? listId : undefined}
          aria-activedescendant={active() >= 0 ? optionId(active()) : undefined}
          autocomplete="off"
          enterkeyhint="search"
          onFocus={() => props.box.start()}
          onKeyDown={onKey}
          onInput={(event) => event.isComposing || props.box.type(event.currentTarget.value)}
          onCompositionEnd={(event) => props.box.type(event.currentTarget.value)}
        />
        <button>{words().submit}</button>
        <span id="search-keys" class="hush">
          {words().keys}
        </span>
      </form>
      <Show when={isAwake()}>
        <div class="offers" classList={{ all: props.box.typed() === '', none: offers().length === 0 }}>
          <Show when={offers().length > 0 && props.box.typed() === ''}>
            <header>
              <h2>{words().recent}</h2>
              <span class="quiet">{words().recentNote}</span>
              <button type="button" class="btn plain" data-act="forget" onClick={() => props.box.forget()}>
                {words().clearRecent}
              </button>
            </header>
          </Show>
          <div id={listId} class="chips" role="listbox" aria-label={words().offers}>
            <For each={offers()}>
              {(offer, n) => (
                <div
                  id={optionId(n())}
                  role="option"
                  class="btn"
                  aria-selected={n() === active()}
                  onClick={() => pick(offer)}
                >
                  <Icon name={offer.kind === 'recent' ? 'renew' : 'filter'} />
                  {offer.kind === 'category' ? words().within(offer.text) : offer.text}
                </div>
              )}
            </For>
          </div>
        </div>
      </Show>
    </>
  )
}

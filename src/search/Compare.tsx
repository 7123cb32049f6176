/** Favourites side by side: a table that scrolls within itself, with what differs marked in words. Loaded when it is asked for. */
import { createMemo, createResource, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { instantWords } from '#domain/instant.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { compare } from '#src/i18n/compare.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Notes } from '#src/private/notes.ts'
import { Icon } from '#src/ui/Icon.tsx'
import './compare.css'
import { rowsOf, type Compared } from './comparing.ts'
import type { Favourite } from './favourites.ts'
import { keptLine } from './kept-line.ts'
import type { Watch } from './watch.ts'

export interface CompareProps {
  readonly locale: Locale
  readonly watch: Pick<Watch, 'entriesOf'>
  readonly notes: Notes
  /** Two to four. */
  readonly chosen: readonly Favourite[]
  readonly now: () => number
  readonly onRemove: (id: string) => void
  readonly onClose: () => void
}

export function Compare(props: CompareProps) {
  const words = () => inLocale(compare, props.locale)
  const [onlyDifferent, setOnly] = createSignal(false)
  const [found] = createResource(
    () => props.chosen,
    (chosen) => compared(chosen, props),
  )
  const [noted, hear] = createSignal(0)
  onCleanup(props.notes.watch(() => hear((n) => n + 1)))
  const columns = createMemo(
    () => (noted(), (found.latest ?? []).map((one) => ({ ...one, note: props.notes.textOf(one.id) }))),
  )
  const rows = createMemo(() => rowsOf(columns(), props.locale, props.now()))
  const shown = () => rows().filter(({ differs }) => differs || !onlyDifferent())
  let title: HTMLHeadingElement | undefined
  onMount(() => {
    document.documentElement.dataset['comparing'] = '' // printed then is the table
    onCleanup(() => delete document.documentElement.dataset['comparing'])
    title?.focus()
  })
  const told = ({ source }: Compared) =>
    source.kind === 'copy'
      ? words().copy(instantWords(source.at, props.locale))
      : source.kind === 'seen'
        ? words().seenCopy
        : source.kind === 'name'
          ? words().nameOnly
          : ''
  return (
    <section class="compare" data-compare={columns().length} aria-labelledby="compare-title">
      <h3 id="compare-title" tabindex="-1" ref={(element) => (title = element)}>
        {words().title(props.chosen.length)}
      </h3>
      <div class="btns noprint">
        <label class="switch">
          <input
            type="checkbox"
            name="only-different"
            onChange={({ currentTarget }) => setOnly(currentTarget.checked)}
          />
          {words().only}
        </label>
        <button type="button" class="btn" data-act="print-compare" onClick={() => print()}>
          <Icon name="print" />
          {words().print}
        </button>
        <button type="button" class="btn plain" data-act="close-compare" onClick={() => props.onClose()}>
          {words().close}
        </button>
      </div>
      <Show when={columns().length > 0} fallback={<p role="status">{words().loading}</p>}>
        <div class="scroll" role="group" aria-labelledby="compare-title" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">{words().about}</th>
                <For each={columns()}>
                  {(one) => (
                    <th scope="col" data-column={one.id}>
                      <a class="link" lang={peoplesLanguage} href={pathTo(props.locale).listing(one.id)}>
                        {one.line?.title ?? one.title}
                      </a>
                      <Show when={told(one)}>{(source) => <small class="quiet">{source()}</small>}</Show>
                      <button
                        type="button"
                        class="btn plain noprint"
                        data-act="remove-compared"
                        aria-label={words().remove(one.title)}
                        onClick={() => props.onRemove(one.id)}
                      >
                        <Icon name="close" />
                      </button>
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={shown()}>
                {(row) => (
                  <tr data-row={row.id} classList={{ differs: row.differs }}>
                    <th scope="row">
                      {row.label} <Show when={row.differs}>{<small>{words().differs}</small>}</Show>
                    </th>
                    <For each={row.cells}>{({ text, lang }) => <td lang={lang}>{text}</td>}</For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={shown().length === 0}>
          <p class="quiet">{words().same}</p>
        </Show>
      </Show>
    </section>
  )
}

/** What is known now counts; where that is not at hand, what this device kept. */
async function compared(chosen: readonly Favourite[], { watch, now }: CompareProps): Promise<readonly Compared[]> {
  const current = await watch.entriesOf(chosen).catch(() => undefined)
  return Promise.all(
    chosen.map(async ({ id, title, priceFen }): Promise<Compared> => {
      const base = { id, title, priceFen, note: '' }
      const entry = current?.find((one) => one.id === id)
      if (entry) return { ...base, line: entry, source: { kind: 'now' }, isOver: entry.until < now() }
      const kept = await keptLine(id).catch(() => undefined)
      if (!kept) return { ...base, line: undefined, source: { kind: 'name' }, isOver: undefined }
      const { line, over, source } = kept
      return { ...base, line, source, isOver: over || line.until < now() ? true : current ? false : undefined }
    }),
  )
}

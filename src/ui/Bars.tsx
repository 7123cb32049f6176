/** A histogram as links: a bar leads to the list of its range, and says how many are in it. Its style sheet, bars.css, is with whoever shows it. */
import { For, Show } from 'solid-js'

export interface DrawnBar {
  /** Its range, and how many are in it. */
  readonly says: string
  /** What stands below its left edge; often nothing. */
  readonly edge: string
  /** Of a hundred. */
  readonly height: number
  /** None where it leads nowhere. */
  readonly href: string | undefined
  readonly isChosen: boolean
  /** Whether it is one value and no range. */
  readonly isEach: boolean
}

interface BarsProps {
  readonly label: string
  readonly bars: readonly DrawnBar[]
  readonly unsaid: string
  /** For a page that need not be left: takes the place of following the link. */
  readonly onPick?: (i: number) => void
}

const none: DrawnBar = { says: '', edge: '', height: 0, href: undefined, isChosen: false, isEach: false }

/** Bars that change stay the elements they are, so whoever steps through them by key keeps his place. */
export function Bars(props: BarsProps) {
  const bar = (i: number) => props.bars[i] ?? none
  const follow = (event: MouseEvent, i: number) => {
    if (!props.onPick || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (bar(i).href) props.onPick(i)
  }
  return (
    <>
      <ol class="bars" aria-label={props.label}>
        <For each={[...props.bars.keys()]}>
          {(i) => (
            <li classList={{ each: bar(i).isEach }}>
              <a
                href={bar(i).href}
                role={bar(i).href ? undefined : 'img'}
                title={bar(i).says}
                aria-label={bar(i).says}
                aria-current={bar(i).isChosen ? 'true' : undefined}
                rel="nofollow"
                onClick={(event) => follow(event, i)}
              >
                <svg viewBox="0 0 8 100" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="8" y={100 - bar(i).height} height={bar(i).height} />
                </svg>
              </a>
              <small aria-hidden="true">{bar(i).edge}</small>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.unsaid}>
        <p class="quiet">{props.unsaid}</p>
      </Show>
    </>
  )
}

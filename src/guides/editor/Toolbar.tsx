/** The tools in one row, one of them in the tab order and the others by arrow keys, as a toolbar is used. */
import { createEffect, createSignal, For, on, type JSX } from 'solid-js'
import type { EditorWords, Tool } from '#src/i18n/editor.ts'
import { glyphs } from './glyphs.ts'
import { tableTools, toolGroups, type ToolRow } from './tools.ts'
import type { Writing } from './writing.ts'

interface ToolbarProps {
  readonly words: EditorWords
  readonly writing: Writing
  readonly onLink: () => void
}

export function Toolbar(props: ToolbarProps) {
  let bar: HTMLDivElement | undefined
  const [current, setCurrent] = createSignal<Tool>('undo')
  const now = <T,>(read: () => T): T => (props.writing.step(), read())
  const isInTable = () => now(() => props.writing.editor.isActive('table'))
  createEffect(on(isInTable, (inside) => void (!inside && isTableTool(current()) && setCurrent('undo'))))

  const link: ToolRow = {
    id: 'link',
    keys: 'Mod-K',
    isOn: (editor) => editor.isActive('link'),
    use: () => props.onLink(),
  }
  const groups = () => [...toolGroups.slice(0, 3), [link], ...toolGroups.slice(3), ...(isInTable() ? [tableTools] : [])]

  const move = (event: KeyboardEvent): void => {
    const buttons = [...(bar?.querySelectorAll('button') ?? [])]
    const place = buttons.findIndex((button) => button === document.activeElement)
    const to = nextPlace(event.key, place, buttons.length)
    if (to === undefined) return
    event.preventDefault()
    buttons[to]?.focus()
  }
  return (
    <div class="tools" role="toolbar" aria-label={props.words.tools} ref={(own) => (bar = own)} onKeyDown={move}>
      <For each={groups()}>
        {(group) => (
          <span class="tool-group">
            <For each={group}>
              {(tool) => (
                <button
                  type="button"
                  data-tool={tool.id}
                  title={titleOf(tool, props.words)}
                  aria-label={titleOf(tool, props.words)}
                  aria-keyshortcuts={tool.keys && ariaKeys(tool.keys)}
                  aria-pressed={tool.isOn && now(() => (tool.isOn?.(props.writing.editor) ? 'true' : 'false'))}
                  aria-disabled={now(() => ((tool.can?.(props.writing.editor) ?? true) ? undefined : 'true'))}
                  tabindex={current() === tool.id ? 0 : -1}
                  onFocus={() => setCurrent(tool.id)}
                  onMouseDown={(event) => event.preventDefault() /* the selection stays where it is */}
                  onClick={() => tool.use(props.writing.editor)}
                >
                  <Glyph tool={tool.id} />
                </button>
              )}
            </For>
          </span>
        )}
      </For>
    </div>
  )
}

const isTableTool = (id: Tool): boolean => tableTools.some((tool) => tool.id === id)

export const Glyph = (props: { readonly tool: Tool }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={glyphs[props.tool]} />
  </svg>
)

function nextPlace(key: string, place: number, length: number): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  if (key === 'ArrowRight') return (place + 1) % length
  return key === 'ArrowLeft' ? (place - 1 + length) % length : undefined
}

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)
const ariaKeys = (keys: string): string => keys.replace('Mod', isApple() ? 'Meta' : 'Control').replaceAll('-', '+')
const titleOf = ({ id, keys }: ToolRow, words: EditorWords): string =>
  keys ? words.keys(words.tool[id], keys.replace('Mod', isApple() ? '⌘' : 'Ctrl').replaceAll('-', '+')) : words.tool[id]

/** Who else is in the text: carets with names, in colours of the style sheet, and a list of them. */
import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'

const tints = 6
const tintOf = (client: number): string => `tint-${client % tints}`
const longestName = 20

/** Names come from other browsers: a text, and not a long one. */
const nameOf = (user: unknown, somebody: string): string => {
  const name = typeof user === 'object' && user !== null && 'name' in user ? user.name : undefined
  return typeof name === 'string' && name.trim() ? [...name.trim()].slice(0, longestName).join('') : somebody
}

export interface PresenceOptions {
  readonly awareness: Awareness
  readonly somebody: string
}

export const Presence = Extension.create<PresenceOptions>({
  name: 'presence',
  addProseMirrorPlugins() {
    const { awareness, somebody } = this.options
    return [
      yCursorPlugin(awareness, {
        awarenessStateFilter: (own: number, client: number, state: unknown) => own !== client && isSeen(state),
        cursorBuilder: (user: unknown, client: number) => caretOf(nameOf(user, somebody), tintOf(client)),
        selectionBuilder: (_: unknown, client: number) => ({ class: `others-selection ${tintOf(client)}` }),
      }),
    ]
  },
})

/** The plugin writes into `user`, so what is no object would break it. */
const isSeen = (state: unknown): boolean =>
  typeof state === 'object' &&
  state !== null &&
  (!('user' in state) || (typeof state.user === 'object' && state.user !== null))

function caretOf(name: string, tint: string): HTMLElement {
  const caret = document.createElement('span')
  caret.className = `others-caret ${tint}`
  const label = document.createElement('span')
  label.className = 'others-name'
  label.textContent = name
  caret.append('\u2060', label, '\u2060') // joiners keep the line as high as it is
  return caret
}

export interface Other {
  readonly client: number
  readonly name: string
  readonly tint: string
}

export function createOthers(awareness: Awareness | undefined, somebody: string): Accessor<readonly Other[]> {
  const others = (): readonly Other[] =>
    [...(awareness?.getStates() ?? [])]
      .filter(([client]) => client !== awareness?.clientID)
      .map(([client, state]) => ({ client, name: nameOf(state['user'], somebody), tint: tintOf(client) }))
  const [found, setFound] = createSignal(others(), {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b), // carets move with every key
  })
  const look = () => void setFound(others())
  awareness?.on('change', look)
  onCleanup(() => awareness?.off('change', look))
  return found
}

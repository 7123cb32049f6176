/**
 * A line several people write: title or summary, one value of a shared map. Whoever writes later wins everywhere; who was
 * overwritten is told, with his own words still at hand.
 */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Map as SharedMap } from 'yjs'

export interface SharedLine {
  readonly text: Accessor<string>
  /** One's own words, where somebody has written others over them. */
  readonly overwritten: Accessor<string | undefined>
  write(text: string): void
  putBack(): void
}

export function createSharedLine(map: SharedMap<unknown>, key: string): SharedLine {
  const read = (): string => {
    const value = map.get(key)
    return typeof value === 'string' ? value : ''
  }
  const [text, setText] = createSignal(read())
  const [own, setOwn] = createSignal<string>()
  const look = () => void setText(read())
  map.observe(look)
  onCleanup(() => map.unobserve(look))
  const write = (written: string): void => {
    setOwn(written)
    map.set(key, written)
  }
  return {
    text,
    overwritten: () => {
      const mine = own()
      return mine && mine !== text() ? mine : undefined
    },
    write,
    putBack: () => write(own() ?? ''),
  }
}

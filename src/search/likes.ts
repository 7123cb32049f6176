/** Favourites as hearts on rows: the workspace is opened by the first tap, or at once where something is watched already. */
import { createSignal, type Accessor } from 'solid-js'
import type { Entry } from '#domain/entry.ts'
import type { Locale } from '#domain/locale.ts'
import type { Finder } from './finder.ts'
import { readFresh } from './fresh.ts'
import type { Watch } from './watch.ts'

export interface Likes {
  has(id: string): boolean
  toggle(entry: Pick<Entry, 'id' | 'title' | 'priceFen'>): Promise<void>
  /** Called in the browser, when the finder has started. */
  wake(): void
  open(): Promise<Watch>
  readonly watch: Accessor<Watch | undefined>
}

/** @param finder of the page, which then watches too; without one the watch brings its own */
export function createLikes(locale: Locale, finder?: Finder): Likes {
  const [watch, setWatch] = createSignal<Watch>()
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set())
  const open = async (): Promise<Watch> => {
    const known = watch()
    if (known) return known
    const opened = await (await import('./watching.ts')).openWatch(locale, finder)
    const read = () => setIds(new Set(opened.favourites.list().map(({ id }) => id)))
    if (!watch()) opened.favourites.watch(read) // for as long as the page lives, as the watch itself
    read()
    setWatch(opened)
    return opened
  }
  return {
    watch,
    open,
    has: (id) => ids().has(id),
    async toggle({ id, title, priceFen }) {
      const { favourites } = await open()
      if (favourites.has(id)) favourites.drop(id)
      else favourites.keep({ id, title, priceFen })
    },
    wake: () => void (readFresh().watched > 0 && open().catch(() => undefined)),
  }
}

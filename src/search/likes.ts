/** Favourites as hearts: the workspace is opened by the first tap, or at once where something is watched already. */
import { createSignal, type Accessor } from 'solid-js'
import { blobPath } from '#domain/blob-path.ts'
import type { Entry } from '#domain/entry.ts'
import type { Favourites } from './favourites.ts'
import { keepTurned } from '#src/private/kept.ts'
import { readFresh, writeFresh } from '#src/sync/fresh.ts'

type Likable = Pick<Entry, 'id' | 'title' | 'priceFen' | 'cover'>

export interface Likes<Opened = unknown> {
  readonly opened: Accessor<Opened | undefined>
  open(): Promise<Opened>
  has(id: string): boolean
  toggle(listing: Likable): Promise<void>
  /** Called in the browser: opens what somebody has already begun. */
  wake(): void
}

interface Kept {
  readonly favourites: Favourites
  /** Resolves when what was said until now is on the disk (`ok`), or cannot be. */
  saved(): Promise<{ readonly ok: boolean }>
}

export function createLikes<Opened extends Kept>(load: () => Promise<Opened>): Likes<Opened> {
  const [opened, setOpened] = createSignal<Opened>()
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set())
  let opening: Promise<Opened> | undefined

  const read = ({ favourites }: Kept) => setIds(new Set(favourites.list().map(({ id }) => id)))
  const openNow = async (): Promise<Opened> => {
    const found = await load()
    const readWhenKept = async () => {
      await Promise.resolve() // a change is due to be saved only when all who observe it have heard of it
      if ((await found.saved()).ok) read(found)
    }
    found.favourites.watch(() => void readWhenKept()) // for as long as the page lives; a heart says only what stays
    read(found)
    setOpened(() => found)
    return found
  }
  const open = () => {
    opening ??= openNow().catch((error: unknown) => {
      opening = undefined // its code did not come: asked again, it may
      throw error
    })
    return opening
  }
  return {
    opened,
    open,
    has: (id) => ids().has(id),
    async toggle({ id, title, priceFen, cover }) {
      const found = await open()
      const { favourites } = found
      const kept = favourites.list().find((one) => one.id === id) ?? { id, title, priceFen, cover } // as it was, if it cannot go
      const ways = [() => favourites.keep(kept), () => favourites.drop(id)] as const
      if (!(await keepTurned(found, !favourites.has(id), ways))) return // the page says everywhere that nothing can be kept
      read(found)
      if (!favourites.has(id)) return
      if (cover) new Image().src = blobPath(cover, 320) // from now on it is on this device
      const known = readFresh()
      if (known.watched === 0) writeFresh({ watched: 1 }) // from now on pages look
    },
    wake: () => void (readFresh().watched > 0 && open().catch(() => undefined)),
  }
}

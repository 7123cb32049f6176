/** The little that every page must know without opening a room: whether something is watched, how much is new, and when one's own listings come near their end. */
const key = 'xinxigang/watched'
const changed = 'xinxigang:watched'

/**
 * @property watched saved searches and favourites @property fresh how many new things nobody has looked at @property at ms, when
 * that was found out @property due notices of endings that nobody has seen @property look ms of the relay, from when on there may
 * be more of them; null when no listing runs @property notes on listings, of one's own
 */
export interface Fresh {
  readonly watched: number
  readonly fresh: number
  readonly at: number
  readonly due: number
  readonly look: number | null
  readonly notes: number
}

const nothing: Fresh = { watched: 0, fresh: 0, at: 0, due: 0, look: null, notes: 0 }

export function readFresh(): Fresh {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Fresh>) } // only we write it
  } catch {
    return nothing
  }
}

/** The rest stays as it is. */
export function writeFresh(change: Partial<Fresh>): void {
  const fresh = { ...readFresh(), ...change }
  try {
    localStorage.setItem(key, JSON.stringify(fresh))
  } catch {
    // full or closed: the badge of this page still knows
  }
  dispatchEvent(new CustomEvent<Fresh>(changed, { detail: fresh }))
}

/** Also when another tab has found something. */
export function onFresh(hear: (fresh: Fresh) => void): void {
  addEventListener(changed, (event) => hear((event as CustomEvent<Fresh>).detail))
  addEventListener('storage', (event) => event.key === key && hear(readFresh()))
}

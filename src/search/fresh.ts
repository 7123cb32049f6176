/** The little that every page must know about what is watched, without opening the workspace: whether, how much is new, when it was looked at. */
const key = 'xinxigang/watched'
const changed = 'xinxigang:watched'

/** @property watched saved searches and favourites @property fresh how many new things nobody has looked at @property at ms, when that was found out */
export interface Fresh {
  readonly watched: number
  readonly fresh: number
  readonly at: number
}

const nothing: Fresh = { watched: 0, fresh: 0, at: 0 }

export function readFresh(): Fresh {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Fresh>) } // only we write it
  } catch {
    return nothing
  }
}

export function writeFresh(fresh: Fresh): void {
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

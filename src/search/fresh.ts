/** The little that every page must know about what is watched, without opening the workspace: whether, how much is new, when it was looked at. */
const key = 'xinxigang/watched'
const changed = 'xinxigang:watched'

/** @property watched saved searches and favourites @property fresh how many new things nobody has looked at @property at ms, when that was found out */
export interface Fresh {
  readonly watched: number
  readonly fresh: number
  readonly at: number
}

export function readFresh(): Fresh {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const number = (name: keyof Fresh) => Number((held as Partial<Fresh> | null)?.[name]) || 0
    return { watched: number('watched'), fresh: number('fresh'), at: number('at') }
  } catch {
    return { watched: 0, fresh: 0, at: 0 }
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

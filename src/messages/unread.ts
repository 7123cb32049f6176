/** The little that every page must know of messages without opening the workspace: how many nobody has read, and whether some wait to be sent. */
/** In localStorage once this browser has looked at messages. The frame of every page (`Page.astro`) looks for it. */
const key = 'xxg-mail'
const changed = 'xinxigang:messages'

/** @property isUsed whether this browser ever looked at messages @property at ms, when that was found out */
export interface Unread {
  readonly isUsed: boolean
  readonly unread: number
  readonly waiting: number
  readonly at: number
}

const nothing: Unread = { isUsed: false, unread: 0, waiting: 0, at: 0 }

export function readUnread(): Unread {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Unread>) } // only we write it
  } catch {
    return nothing
  }
}

export function writeUnread(unread: Unread): void {
  try {
    localStorage.setItem(key, JSON.stringify(unread))
  } catch {
    // full or closed: the badge of this page still knows
  }
  dispatchEvent(new CustomEvent<Unread>(changed, { detail: unread }))
}

/** Also when another tab has found something. */
export function onUnread(hear: (unread: Unread) => void): void {
  addEventListener(changed, (event) => hear((event as CustomEvent<Unread>).detail))
  addEventListener('storage', (event) => event.key === key && hear(readUnread()))
}

/** Fills the time into the mark of a saved copy; the service worker wrote it on the page's root. */
export function showSavedAt(mark: HTMLElement): void {
  const savedAt = Number(document.documentElement.dataset['savedAt'])
  const time = mark.querySelector('time')
  if (!savedAt || !time) return
  time.dateTime = new Date(savedAt).toISOString()
  time.textContent = new Date(savedAt)
    .toLocaleString(`${document.documentElement.lang.slice(0, 2)}-GB`, timeStyle)
    .replace(/(\p{sc=Han}) ?/gu, '\u00a0$1\u00a0')
  if (time.parentElement) time.parentElement.hidden = false
}

/** By this device's clock and zone, since it is this device that saved it. `-GB`: English with the day first; without its script, since Chinese dates are the same in both. */
const timeStyle = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const

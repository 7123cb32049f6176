/** Keys of the search page: focus itself moves from the box through the hits, so a screen reader reads each and Enter is the link's own. */
export function stepThroughHits(event: KeyboardEvent, root: HTMLElement, clear: () => void): void {
  const box = root.querySelector('input')
  const stops: readonly (HTMLElement | null)[] = [box, ...root.querySelectorAll<HTMLElement>('a.hit')]
  const here = stops.indexOf(document.activeElement as HTMLElement | null)
  if (here < 0 || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return // an input method owns its arrows
  if (event.key === 'Escape') {
    if (here === 0) clear()
    box?.focus()
  } else if (event.key === 'ArrowDown') stops[Math.min(here + 1, stops.length - 1)]?.focus()
  else if (event.key === 'ArrowUp') stops[Math.max(here - 1, 0)]?.focus()
  else return
  event.preventDefault()
}

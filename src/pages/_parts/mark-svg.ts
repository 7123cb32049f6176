/** The portal's mark as a file of its own, in the town's colours: round for a browser's tab, full for a launcher that cuts its own shape. */
import { town } from '#src/i18n/town.ts'
import { tintsOf } from '#src/ui/tints.ts'

export function markSvg(shape: 'round' | 'full'): string {
  const { 'sea-600': sea, 'buoy-500': buoy } = tintsOf(town.portal.colour)
  const ground =
    shape === 'round' ? `<circle cx="16" cy="16" r="16" fill="${sea}"/>` : `<path d="M-8-8h48v48h-48z" fill="${sea}"/>`
  const box = shape === 'round' ? '0 0 32 32' : '-4 -4 40 40' // a launcher shows the inner four fifths at least
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${ground}<path d="M13.5 25h5l-1-12h-3z" fill="#fff"/><path d="M13 12.5h6L18 9h-4z" fill="${buoy}"/><path d="M19.5 10.5 27 7.5v6zM12.5 10.5 5 7.5v6z" fill="#f3b562"/><path d="M6 25.5c2-1.5 4-1.5 6 0s4 1.5 6 0 4-1.5 6 0" stroke="#fff" stroke-width="1.6" fill="none"/></svg>`
}

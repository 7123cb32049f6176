/** What the tap on "load the new version" does. Fetched by that tap, so that every other page loads nothing of it. */
import type { Ask } from '#domain/asking.ts'
import { workerRests } from '#src/ui/old-worker.ts'

/** Only the page that was tapped loads again, and not with words in its forms. */
export function load(
  container: ServiceWorkerContainer,
  { waiting }: ServiceWorkerRegistration,
  bar: HTMLElement,
): void {
  if (hasTypedText()) {
    bar.dataset['held'] = ''
    return
  }
  if (!waiting) return location.reload() // another tab was quicker
  container.addEventListener('controllerchange', () => location.reload(), { once: true })
  // one that is told to go while a message is on its way to it never ends
  void workerRests(container.controller).then(() => waiting.postMessage({ kind: 'take-over' } satisfies Ask, []))
}

const hasTypedText = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('main input, main textarea')].some(
    ({ type, value, defaultValue }) => !/x$|^[rsh]/.test(type) && value !== defaultValue, // boxes, radios, ranges, search, hidden
  )

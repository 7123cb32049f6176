/**
 * What every page does for the time without a network: registers the service worker once the page is at rest, lets it
 * fetch what should be readable later, and offers a new version. Without service workers nothing happens.
 */
import type { Ask } from '#domain/asking.ts'

/** `bar` is the element of OfflineBar.astro that offers a new version. */
export function register(bar: HTMLElement): void {
  const { serviceWorker } = navigator
  if (!isSecureContext || !serviceWorker) return
  const start = () => whenIdle(() => void startWorker(serviceWorker, bar).catch(() => undefined)) // private windows refuse
  if (document.readyState === 'complete') start()
  else addEventListener('load', start, { once: true })
}

const whenIdle = (run: () => void): unknown =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(run) : setTimeout(run, 500)

async function startWorker(container: ServiceWorkerContainer, bar: HTMLElement): Promise<void> {
  const registration = await container.register('/sw.js', { updateViaCache: 'none' })
  const offer = () => {
    if (registration.waiting && container.controller) bar.hidden = false
  }
  offer()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer))
  bar.addEventListener('click', ({ target }) => {
    const act = target instanceof HTMLElement ? target.dataset['act'] : undefined
    if (act === 'later') bar.hidden = true
    if (act === 'load')
      void import('./take-over.ts').then(
        ({ load }) => load(container, registration, bar),
        () => undefined,
      ) // tapped again, it is asked again
  })
  const { active } = await container.ready
  await import('./drop-hidden.ts').then((code) => code.dropHidden()).catch(() => undefined) // no network: the next page tries again
  active?.postMessage({ kind: 'fill', page: location.href } satisfies Ask, [])
}

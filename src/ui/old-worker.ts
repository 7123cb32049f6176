import type { Ask } from '#domain/asking.ts'

const mostRestMs = 3000

/** Until it has nothing under way: what it fetches in the background would put back what is being removed, and hold up the next version. */
export function workerRests(worker: ServiceWorker | null | undefined): Promise<unknown> {
  if (!worker) return Promise.resolve()
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise((resolve) => port1.addEventListener('message', resolve, { once: true }))
  port1.start()
  worker.postMessage({ kind: 'rest' } satisfies Ask, [port2])
  return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, mostRestMs))]) // an older worker does not know the word
}

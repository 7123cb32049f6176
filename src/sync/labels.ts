/** The ids of what moderators have hidden: from the portal, and where that does not answer the last that was known here. */
import { labelsCache, labelsPath } from '#domain/hidden.ts'

const waitMs = 3000

export async function hiddenIds(): Promise<ReadonlySet<string>> {
  const cache = 'caches' in globalThis ? await caches.open(labelsCache).catch(() => undefined) : undefined
  try {
    const answer = await fetch(labelsPath, { cache: 'no-cache', signal: AbortSignal.timeout(waitMs) })
    if (answer.ok) {
      await cache?.put(labelsPath, answer.clone())
      return await idsIn(answer)
    }
  } catch {
    // no network, or nowhere to keep it: what is known counts
  }
  const known = await cache?.match(labelsPath)
  return known ? idsIn(known) : new Set()
}

const idsIn = async (answer: Response): Promise<ReadonlySet<string>> =>
  new Set(((await answer.json()) as { readonly hidden: readonly string[] }).hidden) // only the portal writes it

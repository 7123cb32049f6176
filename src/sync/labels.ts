/** The ids of what is hidden: from the portal, and where that does not answer, or says what does not check out, the last that was known here. */
import { labelsCache, labelsPath, openHidden, type Hidden } from '#domain/hidden.ts'

const waitMs = 3000

export async function hiddenIds(): Promise<ReadonlySet<string>> {
  return (await loadHidden())?.ids ?? new Set()
}

export async function loadHidden(): Promise<Hidden | undefined> {
  const cache = 'caches' in globalThis ? await caches.open(labelsCache).catch(() => undefined) : undefined
  const kept = await cache?.match(labelsPath)
  const last = kept && (await openHidden(await kept.text(), undefined))
  const known = typeof last === 'string' ? undefined : last
  try {
    const answer = await fetch(labelsPath, { cache: 'no-cache', signal: AbortSignal.timeout(waitMs) })
    if (!answer.ok) return known
    const text = await answer.text()
    const hidden = await openHidden(text, known)
    if (typeof hidden !== 'string') {
      for (const label of hidden.wrong) console.error(`${labelsPath}: not a moderator's: ${label}`)
      await cache?.put(labelsPath, new Response(text))
      return hidden
    }
    console.error(`${labelsPath}: ${hidden}`)
  } catch {
    // no network, or nowhere to keep it: what is known counts
  }
  return known
}

/**
 * The relay's time, as far as this device can know it: its own clock plus an offset measured from /healthz, with half the
 * round trip taken off, or heard from the relay. The offset is remembered, so that what is signed offline is dated right.
 */
export interface Clock {
  now(): number
  /** Whether the offset was measured or heard in this page, or is remembered from an earlier one. */
  known(): boolean
  /** Asks the relay. False when nobody answered; the offset then stays as it was. Calls at one time share one question. */
  measure(): Promise<boolean>
  /** Asks only when this page has not been told yet. */
  measureOnce(): Promise<void>
  /** The relay said what time it is; it was said some time ago, so a small difference is no news. */
  heard(relayNow: number): void
}

export interface ClockDeps {
  /** The relay's time, ms; undefined when it does not answer. */
  readonly ask: () => Promise<number | undefined>
  readonly deviceNow: () => number
  readonly recall: () => string | null
  readonly remember: (offset: string) => void
}

const smallMs = 1_500

/** The reading was taken about half way between question and answer. */
export const offsetOf = (askedAt: number, answeredAt: number, relayNow: number): number =>
  Math.round(relayNow - (askedAt + answeredAt) / 2)

export function createClock({ ask, deviceNow, recall, remember }: ClockDeps): Clock {
  const remembered = Number.parseInt(recall() ?? '', 10)
  let offset = Number.isFinite(remembered) ? remembered : undefined
  let isFresh = false
  let asking: Promise<boolean> | undefined

  const set = (next: number): void => {
    isFresh = true
    offset = next
    remember(String(next))
  }
  const measureNow = async (): Promise<boolean> => {
    const askedAt = deviceNow()
    const relayNow = await ask()
    if (relayNow !== undefined) set(offsetOf(askedAt, deviceNow(), relayNow))
    asking = undefined
    return relayNow !== undefined
  }
  const measure = (): Promise<boolean> => (asking ??= measureNow())
  return {
    now: () => deviceNow() + (offset ?? 0),
    known: () => offset !== undefined,
    measure,
    measureOnce: async () => {
      if (!isFresh) await measure()
    },
    heard(relayNow) {
      const next = relayNow - deviceNow()
      if (!isFresh || Math.abs(next - (offset ?? 0)) > smallMs) set(next)
    },
  }
}

const offsetKey = 'xxg-clock'
const patienceMs = 4_000

/** One per page: the connection mark and the session read the same. */
export const pageClock: Clock = createClock({ ask: askHealth, deviceNow: Date.now, recall, remember })

async function askHealth(): Promise<number | undefined> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    const health: unknown = answer.ok ? await answer.json() : undefined
    const hasNow = typeof health === 'object' && health !== null && 'now' in health
    return hasNow && typeof health.now === 'number' ? health.now : undefined
  } catch {
    return undefined // no network, no relay, or not our relay
  }
}

function recall(): string | null {
  if (typeof window === 'undefined') return null // rendered on the server
  try {
    return localStorage.getItem(offsetKey)
  } catch {
    return null // storage is blocked
  }
}

function remember(offset: string): void {
  try {
    localStorage.setItem(offsetKey, offset)
  } catch {
    // storage is blocked: the offset is measured again on the next page
  }
}

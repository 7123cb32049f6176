/** How often a network may ask for something: `most` within `windowMs`, forgotten afterwards. */
export interface Limiter {
  /** False when this one is too many. */
  allows(network: string, now: number): boolean
}

const capacity = 20_000 // networks remembered at once; over that the oldest go first

export function createLimiter({ most, windowMs }: { readonly most: number; readonly windowMs: number }): Limiter {
  const seen = new Map<string, { count: number; readonly until: number }>()
  return {
    allows(network, now) {
      const known = seen.get(network)
      if (known && now < known.until) return ++known.count <= most
      seen.delete(network)
      seen.set(network, { count: 1, until: now + windowMs })
      if (seen.size > capacity) seen.delete(seen.keys().next().value ?? '')
      return most >= 1
    },
  }
}

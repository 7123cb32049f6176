/** Bytes that somebody has sent in the last day, of the names that sent something; in memory, so a restart forgets them. */
export interface Quota {
  /** Counts them where they fit. */
  take(name: string, bytes: number, now: number): boolean
}

const dayMs = 24 * 3_600_000
const capacity = 20_000 // names remembered at once; over that the oldest go first

/** @param most bytes; 0 = no limit */
export function createQuota(most: number): Quota {
  const sent = new Map<string, { bytes: number; readonly until: number }>()
  return {
    take(name, bytes, now) {
      if (most === 0) return true
      const known = sent.get(name)
      const entry = known && now < known.until ? known : { bytes: 0, until: now + dayMs }
      if (entry.bytes + bytes > most) return false
      entry.bytes += bytes
      if (entry !== known) {
        sent.delete(name)
        sent.set(name, entry)
        if (sent.size > capacity) sent.delete(sent.keys().next().value ?? '')
      }
      return true
    },
  }
}

/** A token bucket: so many a second over time, and ten seconds' worth at once. */
export interface Pace {
  /** Takes one if there is one. */
  take(now: number): boolean
  /** Whether there is one to take. */
  hasOne(now: number): boolean
  /** Nothing was taken for so long that it may be forgotten. */
  isFull(now: number): boolean
}

const burstSeconds = 10

/** @param perSecond 0 = as many as come */
export function createPace(perSecond: number, now: number): Pace {
  const most = perSecond * burstSeconds
  let left = most
  let at = now
  const fill = (time: number) => {
    left = Math.min(most, left + (Math.max(0, time - at) / 1000) * perSecond)
    at = time
  }
  return {
    take(time) {
      if (perSecond === 0) return true
      fill(time)
      if (left < 1) return false
      left--
      return true
    },
    hasOne(time) {
      fill(time)
      return perSecond === 0 || left >= 1
    },
    isFull(time) {
      fill(time)
      return left >= most
    },
  }
}

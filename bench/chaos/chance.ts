/** Chance that can be had again: a run names its seed. */
export function createChance(seed: number) {
  let state = seed >>> 0
  /** mulberry32: in [0, 1). */
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  return {
    random,
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    bytes: (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256)),
  }
}
export type Chance = ReturnType<typeof createChance>

/** Sets of clock ranges per Yjs client: what a room knows as deleted. Ranges are sorted, disjoint and never touch. */
export interface Range {
  readonly clock: number
  readonly len: number
}
export type Ranges = Map<number, Range[]>

export function covers(ranges: Ranges, client: number, { clock, len }: Range): boolean {
  const own = ranges.get(client)
  const before = own?.[indexAfter(own, clock) - 1]
  return before !== undefined && before.clock + before.len >= clock + len
}

/** Joins the range with all it overlaps or touches. */
export function addRange(ranges: Ranges, client: number, { clock, len }: Range): void {
  const own = ranges.get(client)
  if (!own) return void ranges.set(client, [{ clock, len }])
  let from = indexAfter(own, clock)
  const before = own[from - 1]
  if (before && before.clock + before.len >= clock) from--
  let start = clock
  let end = clock + len
  let to = from
  for (let next = own[to]; next && next.clock <= end; next = own[++to]) {
    start = Math.min(start, next.clock)
    end = Math.max(end, next.clock + next.len)
  }
  own.splice(from, to - from, { clock: start, len: end - start })
}

/** The index of the first range that starts after `clock`. */
function indexAfter(own: readonly Range[], clock: number): number {
  let low = 0
  let high = own.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (own[middle]!.clock <= clock) low = middle + 1
    else high = middle
  }
  return low
}

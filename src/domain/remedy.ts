/** What a policy can give, and which of two gifts is worth more to the buyer. */

/** From the best to the least. An exchange and a new device are worth the same, and so on: see `worth`. */
export const remedies = [
  'refund',
  'exchange',
  'new-device',
  'free-repair',
  'new-part',
  'paid-repair',
  'paid-swap',
] as const
export type Remedy = (typeof remedies)[number]
export type FeeClass = 'free' | 'paid'

// prettier-ignore
const worth: Readonly<Record<Remedy, number>> = {
  'refund':      4,
  'exchange':    3,
  'new-device':  3,
  'free-repair': 2,
  'new-part':    2,
  'paid-repair': 1,
  'paid-swap':   1,
}

/** Inside the guarantee everything is free; what is worth least is done for a fee. */
export const feeOf = (remedy: Remedy): FeeClass => (worth[remedy] > 1 ? 'free' : 'paid')

const worthsOf = (options: readonly Remedy[]): readonly number[] =>
  options.map((remedy) => worth[remedy]).sort((a, b) => b - a)

/**
 * Above 0 where `a` is the better choice for the buyer: first by the best thing in it, then by the next; of two that begin
 * alike the one with more to choose from.
 */
export function compareOptions(a: readonly Remedy[], b: readonly Remedy[]): number {
  const [left, right] = [worthsOf(a), worthsOf(b)]
  const at = left.findIndex((value, place) => value !== (right[place] ?? 0))
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? 0)
}

export const bestFirst = (options: readonly Remedy[]): readonly Remedy[] =>
  [...options].sort((a, b) => worth[b] - worth[a])

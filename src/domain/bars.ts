/**
 * Where the bars of a histogram begin and end: at round numbers, or one for each value where there are few whole ones.
 * They follow from the values alone, so the same town gives every reader the same bars.
 */
import type { Range } from './filters.ts'

const mostBars = 8
const mostSteps = mostBars - 1
/** So many times the small values, the great ones are: steps of equal width would put nearly all into one of them. */
const wideRatio = 12
const smallestStep = 0.01 // of what an address can say

/** @param values ascending; the outermost bars are open, and none of them was empty when the bars were made */
export function barsOf(values: readonly number[]): readonly Range[] {
  const [least = 0, greatest = 0] = [values[0], values.at(-1)]
  if (least === greatest) return []
  if (greatest - least < mostBars && values.every(Number.isInteger)) return eachOf(least, greatest)
  const edges = edgesOf(values).filter((edge) => edge > least && edge < greatest)
  return edges.length === 0 ? [] : [{ max: edges[0] as number }, ...edges.map((min, i) => betweenOf(min, edges[i + 1]))]
}

const betweenOf = (min: number, max: number | undefined): Range => (max === undefined ? { min } : { min, max })

const eachOf = (least: number, greatest: number): readonly Range[] =>
  Array.from({ length: greatest - least + 1 }, (_, i) => ({ min: least + i, max: least + i }))

/** The few smallest and greatest values say nothing about where the others lie. */
function edgesOf(values: readonly number[]): readonly number[] {
  const at = (share: number) => values[Math.round(share * (values.length - 1))] as number
  const [low, high] = at(0.05) === at(0.95) ? [at(0), at(1)] : [at(0.05), at(0.95)]
  const small = low > 0 ? low : (values.find((value) => value > 0) ?? high)
  return high / small > wideRatio ? growing(small, high) : even(low, high)
}

/** 1, 2, 5, 10 … between the two; where that is too many, 1, 5, 10 …, or the powers of ten. */
function growing(low: number, high: number): readonly number[] {
  const powers = Array.from({ length: 14 }, (_, i) => i - 2)
  const [all = [], ...fewer] = [[1, 2, 5], [1, 5], [1]].map((mantissas) =>
    powers
      .flatMap((power) => mantissas.map((mantissa) => exact(mantissa * 10 ** power)))
      .filter((edge) => edge >= low && edge <= high),
  )
  return [all, ...fewer].find(({ length }) => length <= mostSteps) ?? all.slice(0, mostSteps)
}

/** Multiples of the smallest of 1, 2, 5, 10 … that is not too many steps. */
function even(low: number, high: number): readonly number[] {
  for (let power = Math.floor(Math.log10(high - low)) - 2; ; power++)
    for (const mantissa of [1, 2, 5]) {
      const step = exact(mantissa * 10 ** power)
      const [first, last] = [Math.ceil(low / step), Math.floor(high / step)]
      if (step < smallestStep || last - first >= mostSteps) continue
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => exact((first + i) * step))
    }
}

/** 3 * 0.1 is not 0.3, and an address says 0.3. */
const exact = (value: number): number => Number(value.toPrecision(12))

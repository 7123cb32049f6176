/** What a job pays, read from its typed fields; undefined when the listing does not say. Yuan, not fen: pay is typed in round numbers. */
import type { FieldValue } from './category.ts'

export const payFields = ['payMin', 'payMax', 'payUnit'] as const

export interface Pay {
  readonly min: number | undefined
  readonly max: number | undefined
  readonly unit: string
}

export function payOf(fields: Readonly<Record<string, FieldValue>>): Pay | undefined {
  const { payMin, payMax, payUnit } = fields
  const min = typeof payMin === 'number' ? payMin : undefined
  const max = typeof payMax === 'number' ? payMax : undefined
  if (min === undefined && max === undefined) return undefined
  return { min, max, unit: typeof payUnit === 'string' ? payUnit : 'month' }
}

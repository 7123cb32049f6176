/** The files of a segment that listings are filtered by number and sorted by. JSON in columns: brotli makes little of it, and a person can read it. */
import * as z from 'zod/mini'
import type { Entry } from './entry.ts'

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

const Value = z.union([z.string(), z.number(), z.boolean()])

/** Listings of one category, in order of their ordinals; all arrays have a value for each, null where there is none. `ordinal` holds steps from the one before. */
export const Columns = z.strictObject({
  ordinal: z.array(z.int()),
  district: z.array(z.string()),
  intent: z.array(z.string()),
  sub: z.array(z.string()),
  by: z.array(z.string()),
  priceFen: z.array(z.nullable(z.number())),
  at: z.array(z.number()),
  until: z.array(z.number()),
  fields: z.record(z.string(), z.array(z.nullable(Value))),
})
export type Columns = z.infer<typeof Columns>

export type ColumnRow = Omit<Entry, 'id' | 'title' | 'text' | 'author' | 'sample'> & { readonly ordinal: number }

export function columnsOf(rows: readonly ColumnRow[]): Columns {
  const names = distinct(rows.flatMap(({ fields }) => Object.keys(fields)))
  return {
    ordinal: rows.map(({ ordinal }, i) => ordinal - (rows[i - 1]?.ordinal ?? 0)),
    district: rows.map(({ district }) => district),
    intent: rows.map(({ intent }) => intent),
    sub: rows.map(({ sub }) => sub),
    by: rows.map(({ by }) => by),
    priceFen: rows.map(({ priceFen }) => priceFen),
    at: rows.map(({ at }) => at),
    until: rows.map(({ until }) => until),
    fields: Object.fromEntries(names.map((name) => [name, rows.map(({ fields }) => fields[name] ?? null)])),
  }
}

/** @param category it is not repeated in every row of the file */
export function rowsOf(columns: Columns, category: string): readonly ColumnRow[] {
  let ordinal = 0
  return columns.ordinal.map((step, i) => ({
    ordinal: (ordinal += step),
    category,
    district: columns.district[i] ?? '',
    intent: columns.intent[i] ?? '',
    sub: columns.sub[i] ?? '',
    by: columns.by[i] ?? '',
    priceFen: columns.priceFen[i] ?? null,
    at: columns.at[i] ?? 0,
    until: columns.until[i] ?? 0,
    fields: Object.fromEntries(
      Object.entries(columns.fields).flatMap(([name, values]) => {
        const value = values[i]
        return value === null || value === undefined ? [] : [[name, value]]
      }),
    ),
  }))
}

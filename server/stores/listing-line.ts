/** A line as the listings table holds it: the columns, and the way back. */
import type { SQLOutputValue } from 'node:sqlite'
import type { Line } from '#domain/entry.ts'
import { validDaysChoices } from '#domain/listing.ts'
import { dayMs } from '#domain/time.ts'

export const lineColumns = `id, category, intent, sub, title, price_fen, district, "by", author, at, until, sample,
  body -> '$.fields' AS fields, body ->> '$.photos[0].hash' AS cover`

export const lineOfRow = (row: Record<string, SQLOutputValue>): Line => ({
  id: String(row['id']),
  category: String(row['category']),
  intent: String(row['intent']),
  sub: String(row['sub']),
  title: String(row['title']),
  priceFen: row['price_fen'] as number | null,
  district: String(row['district']),
  by: String(row['by']),
  author: String(row['author']),
  at: Number(row['at']),
  until: Number(row['until']),
  sample: row['sample'] === 1,
  fields: JSON.parse(String(row['fields'])) as NonNullable<Line['fields']>,
  ...(typeof row['cover'] === 'string' && { cover: row['cover'] }),
})

/** A live listing starts at most this long before now (the longest validity), so queries need not walk what is older. */
export const longestLifeMs = Math.max(...validDaysChoices) * dayMs

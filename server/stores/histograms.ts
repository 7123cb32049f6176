/**
 * Histograms of a category out of its columns, which are read from the listings when something has changed, and then held for a
 * hundred times as long as reading them took, five minutes at most: however often something is published and however many look,
 * a category costs about a hundredth of one processor. In a small town they are as new as the list beside them.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Category, FieldValue } from '#domain/category.ts'
import type { Columns } from '#domain/columns.ts'
import { filterFieldsOf } from '#domain/filters.ts'
import { histogramsOf, measuresOf, type Histograms } from '#domain/histogram.ts'
import type { Town } from '#domain/listing.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { minuteMs } from '#domain/time.ts'
import { createJournalVersion } from './journal-version.ts'
import { longestLifeMs } from './listing-line.ts'

interface Held {
  readonly columns: Columns
  readonly version: number
  readonly until: number
  readonly answers: Map<string, Histograms>
}

const restsPerRead = 100
const mostRestMs = 5 * minuteMs
const mostAnswers = 200

/** @param clock ms that pass; one that stands still has every question read anew what has changed */
export function createHistograms(db: DatabaseSync, { categories }: Town, clock: () => number) {
  const version = createJournalVersion(db)
  const read = createReading(db)
  const held = new Map<string, Held>()
  const heldOf = (category: Category, now: number): Held => {
    const known = held.get(category.id)
    const [startedAt, newest] = [clock(), version()]
    if (known && (known.version === newest || startedAt < known.until)) return known
    const columns = read(category, now)
    const endedAt = clock()
    const until = endedAt + Math.min(mostRestMs, restsPerRead * (endedAt - startedAt))
    const made = { columns, version: newest, until, answers: new Map<string, Histograms>() }
    held.set(category.id, made)
    return made
  }
  return ({ category: id, sort: _sort, page: _page, ...narrowing }: ListQuery, now: number): Histograms => {
    const category = categories.find((one) => one.id === id)
    if (!category || measuresOf(category).length === 0) return {}
    const { columns, answers } = heldOf(category, now)
    const key = `${Math.floor(now / minuteMs)} ${JSON.stringify(narrowing)}` // to the minute of their end
    const answer = answers.get(key) ?? histogramsOf(category, narrowing, [columns], (_, until) => until >= now)
    if (answers.size >= mostAnswers) answers.clear()
    answers.set(key, answer)
    return answer
  }
}

function createReading(db: DatabaseSync) {
  const live = db.prepare(`
    SELECT intent, sub, district, "by", price_fen, at, until, body -> '$.fields' AS fields FROM listings
    WHERE category = ? AND live = 1 AND until >= ? AND at >= ?`)
  return (category: Category, now: number): Columns => {
    const ids = filterFieldsOf(category).map((field) => field.id)
    const fields = Object.fromEntries(ids.map((id) => [id, [] as (FieldValue | null)[]]))
    const columns = { ordinal: [], district: [], intent: [], sub: [], by: [], priceFen: [], at: [], until: [], fields }
    const all: Columns = columns
    const one = createOne()
    for (const row of live.iterate(category.id, now, now - longestLifeMs)) {
      all.ordinal.push(1)
      all.district.push(one(row['district']))
      all.intent.push(one(row['intent']))
      all.sub.push(one(row['sub']))
      all.by.push(one(row['by']))
      all.priceFen.push(row['price_fen'] as number | null)
      all.at.push(Number(row['at']))
      all.until.push(Number(row['until']))
      const said = JSON.parse(String(row['fields'])) as Record<string, FieldValue>
      for (const id of ids) fields[id]?.push(typeof said[id] === 'string' ? one(said[id]) : (said[id] ?? null))
    }
    return all
  }
}

/** Equal texts are one text: there are few of them in very many rows. */
function createOne() {
  const known = new Map<string, string>()
  return (value: SQLOutputValue | undefined): string => {
    const text = String(value)
    const same = known.get(text)
    if (same === undefined) known.set(text, text)
    return same ?? text
  }
}

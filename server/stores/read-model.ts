/** What pages read, answered by plain SQL over a read-only connection. Nothing here changes anything or reads a clock. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import type { Line } from '#domain/entry.ts'
import { lifeOf } from '#domain/life.ts'
import type { ListingBody, Town } from '#domain/listing.ts'
import type { PosterKind } from '#domain/poster.ts'
import { pageSize, type ListPage, type ListQuery, type ListingView, type PosterView } from '#domain/read-model.ts'
import type { Address, CategoryCount, ReadModel } from '#domain/read-model.ts'
import type { Envelope } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'
import { createSameNumber } from './contacts.ts'
import { createEdits } from './edits.ts'
import { createKeyEnding } from './ends.ts'
import { businessOf, createGuideModel } from './guide-model.ts'
import { createHistograms } from './histograms.ts'
import { filterOf, orders, type Filter } from './list-query.ts'
import { lineColumns, lineOfRow, longestLifeMs } from './listing-line.ts'
import { notHeld } from './label-table.ts'
import { dayOf } from './listing-table.ts'
import { createDecisions } from './moderation.ts'
import { createPlainFind } from './plain-find.ts'
import { createTownActs } from './town-table.ts'

/** @param elsewhere what another thread answers, where that is worth it */
export function createReadModel(
  db: DatabaseSync,
  town: Town,
  elsewhere: Partial<Pick<ReadModel, 'search' | 'histograms'>> = {},
): ReadModel {
  const counts = createCounts(db)
  const latest = createLatest(db)
  const list = createList(db, town, counts)
  const addresses = createAddresses(db)
  const listing = createListing(db)
  const guides = createGuideModel(db)
  const poster = createPoster(db, guides.ofOwner)
  const find = createPlainFind(db)
  const count = createHistograms(db, town, () => 0)
  const decided = createDecisions(db)
  const written = createTownActs(db)
  return {
    counts: async (now) => counts(now),
    latest: async (query, now) => latest(query, now),
    list: async (query, now) => list(query, now),
    addresses: async (query, now) => addresses(query, now),
    listing: async (id, now) => listing(id, now),
    poster: async (did, now) => poster(did, now),
    guides: async () => guides.newest(),
    guide: async (id, version) => guides.one(id, version),
    removed: async (id) => decided.removed(id),
    decisions: async (page) => decided.page(page),
    townEdits: async () => written.edits(),
    townActs: async (limit) => written.acts(limit),
    search: async (query, limit, now) => find(query, limit, now),
    histograms: async (query, now) => count(query, now),
    ...elsewhere,
  }
}

/** Whole days from the tallies, the listings of the last day one by one: the cost does not grow with the town's age. */
function createCounts(db: DatabaseSync) {
  const rows = db.prepare(`
    SELECT category, sub, sum(n) AS n FROM (
      SELECT category, sub, live AS n FROM tallies WHERE day > :day
      UNION ALL
      SELECT category, sub, 1 AS n FROM listings WHERE live = 1 AND until >= :now AND until < :end
    ) GROUP BY category, sub`)
  return (now: number): Readonly<Record<string, CategoryCount>> => {
    const day = dayOf(now)
    const all: Record<string, { live: number; subs: Record<string, number> }> = {}
    for (const row of rows.all({ day, now, end: startOfDay(day + 1) })) {
      const count = (all[String(row['category'])] ??= { live: 0, subs: {} })
      count.live += Number(row['n'])
      count.subs[String(row['sub'])] = Number(row['n'])
    }
    return all
  }
}

function createLatest(db: DatabaseSync) {
  const live = 'live = 1 AND until >= ? AND at >= ? ORDER BY at DESC, id LIMIT ?'
  const all = db.prepare(`SELECT ${lineColumns} FROM listings WHERE ${live}`)
  const some = db.prepare(`SELECT ${lineColumns} FROM listings WHERE category = ? AND ${live}`)
  return ({ category, limit }: { category?: string; limit: number }, now: number): readonly Line[] => {
    const bounds = [now, now - longestLifeMs, limit] as const
    return (category === undefined ? all.all(...bounds) : some.all(category, ...bounds)).map(lineOfRow)
  }
}

/** The filters differ from page to page, so these statements are made when asked. */
function createList(db: DatabaseSync, { categories }: Town, counts: ReturnType<typeof createCounts>) {
  const countOf = ({ where, values }: Filter): number =>
    Number(db.prepare(`SELECT count(*) AS n FROM listings WHERE ${where}`).get(...values)?.['n'])
  const tallyOf = ({ category, sub }: ListQuery, now: number): number => {
    const count = counts(now)[category]
    if (!count || sub === undefined) return count?.live ?? 0
    return Object.hasOwn(count.subs, sub) ? (count.subs[sub] ?? 0) : 0
  }
  return (query: ListQuery, now: number): ListPage => {
    const category = categories.find(({ id }) => id === query.category)
    if (!category) return { lines: [], total: 0, page: 1, pages: 1 }
    const filter = filterOf(query, category, now)
    const { where, values } = filter
    const total = filter.isTallied ? tallyOf(query, now) : countOf(filter)
    const pages = Math.max(1, Math.ceil(total / pageSize))
    const page = Math.min(pages, Math.max(1, Math.floor(query.page ?? 1) || 1))
    const order = orders[query.sort ?? 'newest']
    const lines = db
      .prepare(`SELECT ${lineColumns} FROM listings WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
      .all(...values, pageSize, (page - 1) * pageSize)
      .map(lineOfRow)
    return { lines, total, page, pages }
  }
}

function createAddresses(db: DatabaseSync) {
  const some = db.prepare(`
    SELECT id, category, at FROM listings WHERE live = 1 AND until >= ? ORDER BY id LIMIT ? OFFSET ?`)
  return ({ from, limit }: { from: number; limit: number }, now: number): readonly Address[] =>
    some
      .all(now, limit, from)
      .map(({ id, category, at }) => ({ id: String(id), category: String(category), at: Number(at) }))
}

const earlierPrices = 20

function createListing(db: DatabaseSync) {
  const get = db.prepare(`
    SELECT l.until, l.ended_at, l.body, h.rev, h.updated_at, h.received_at, j.body AS record, p.name
    FROM listings AS l JOIN heads AS h ON h.id = l.id JOIN journal AS j ON j.seq = h.seq
    LEFT JOIN profiles AS p ON p.did = l.author WHERE l.id = ? AND ${notHeld('l.id')}`)
  const prices = db.prepare(`
    SELECT price_fen AS price, at FROM prices WHERE id = ? ORDER BY seq DESC LIMIT ${earlierPrices}`)
  const sameNumber = createSameNumber(db)
  const edits = createEdits(db)
  const endOf = createKeyEnding(db)
  return (id: string, now: number): ListingView | undefined => {
    const row = get.get(id)
    if (!row) return undefined
    const record = textOf(row['record'] as Uint8Array) ?? ''
    const { author, createdAt, updatedAt, renewedAt } = JSON.parse(record.slice(record.indexOf('.') + 1)) as Envelope
    const body = JSON.parse(String(row['body'])) as ListingBody
    const receivedAt = Number(row['received_at'])
    const until = Number(row['until'])
    const said = lifeOf({ renewedAt, receivedAt, validDays: body.validDays, state: body.state }, now)
    const ended = endOf(author)
    const isCut = ended !== undefined && body.state === 'live' && ended.at <= until
    const life = isCut ? 'withdrawn' : said
    return {
      id,
      author,
      name: nameOf(row),
      body,
      rev: Number(row['rev']),
      life,
      createdAt,
      updatedAt,
      renewedAt,
      receivedAt,
      until,
      record,
      overAt: life === 'live' ? undefined : life === 'expired' ? until : isCut ? ended.at : Number(row['ended_at']),
      prices: prices
        .all(id)
        .toReversed()
        .map(({ price, at }) => ({ priceFen: price as number | null, at: Number(at) })),
      sameNumber: sameNumber(id, now),
      edits: edits(id),
      ended,
    }
  }
}

const nameOf = (row: Record<string, SQLOutputValue>): string | undefined =>
  (row['name'] as string | null | undefined) ?? undefined

function createPoster(db: DatabaseSync, guidesOf: ReturnType<typeof createGuideModel>['ofOwner']) {
  const heads = db.prepare(`
    SELECT min(first_at) AS since, count(*) FILTER (WHERE kind = 'listing') AS published FROM heads WHERE author = ?`)
  const profile = db.prepare('SELECT name, poster, sample, business FROM profiles WHERE did = ?')
  const endOf = createKeyEnding(db)
  const newest = db.prepare('SELECT "by", sample FROM listings WHERE author = ? ORDER BY at DESC, id LIMIT 1')
  const lines = db.prepare(`
    SELECT ${lineColumns} FROM listings WHERE author = ? AND live = 1 AND until >= ? ORDER BY at DESC, id`)
  return (did: string, now: number): PosterView | undefined => {
    const head = heads.get(did)
    if (typeof head?.['since'] !== 'number') return undefined
    const known = profile.get(did)
    const said = known ?? newest.get(did)
    return {
      did,
      name: known && nameOf(known),
      poster: String((known ? known['poster'] : said?.['by']) ?? 'person') as PosterKind,
      since: head['since'],
      published: Number(head['published']),
      lines: lines.all(did, now).map(lineOfRow),
      sample: said?.['sample'] === 1,
      business: businessOf(known?.['business']),
      guides: guidesOf(did),
      ended: endOf(did),
    }
  }
}

const startOfDay = (day: number): number => day * dayMs

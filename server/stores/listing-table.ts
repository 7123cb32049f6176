/** The listings of the read model as they are written: the row, the earlier prices, and how many are live per day of their end. */
import type { DatabaseSync } from 'node:sqlite'
import type { Line } from '#domain/entry.ts'
import type { ListingBody } from '#domain/listing.ts'
import { dayMs } from '#domain/time.ts'
import { createPhotoWriter } from './photos.ts'
import { createSketchTable } from './sketch-table.ts'
import type { createLabelTable } from './label-table.ts'

export interface WrittenAt {
  readonly seq: number
  readonly receivedAt: number
  readonly updatedAt: number
}

export function createListingTable(db: DatabaseSync, labels: ReturnType<typeof createLabelTable>) {
  const get = db.prepare(`
    SELECT category, sub, live, until, at, price_fen AS priceFen, priced_at AS pricedAt, ended_at AS endedAt
    FROM listings WHERE id = ?`)
  const put = createPut(db)
  const keepPrice = db.prepare('INSERT INTO prices (id, at, seq, price_fen) VALUES (?, ?, ?, ?)')
  const tally = createTally(db)
  const keepPhotos = createPhotoWriter(db)
  const sketches = createSketchTable(db)
  const state = db.prepare(`SELECT body ->> '$.state' AS state FROM listings WHERE id = ?`)
  const show = db.prepare('UPDATE listings SET live = ? WHERE id = ?')
  const dropPrices = db.prepare('DELETE FROM prices WHERE id = ?')
  const drop = db.prepare('DELETE FROM listings WHERE id = ?')

  return {
    /** Puts the revision that counts; tells the categories that show it, before and after. */
    put(line: Line, body: ListingBody, written: WrittenAt): readonly string[] {
      const before = get.get(line.id) as unknown as Before | undefined
      const isOn = body.state === 'live'
      const live = isOn && !labels.isHidden(line.id, line.author, written.seq)
      if (before?.live === 1) tally(before, -1)
      if (live) tally(line, 1)
      const repriced = before === undefined || before.priceFen !== line.priceFen
      if (before && repriced) keepPrice.run(line.id, before.pricedAt, written.seq, before.priceFen)
      put(line, body, {
        live,
        endedAt: isOn ? null : (before?.endedAt ?? endOf(line, written)),
        pricedAt: repriced ? said(written) : before.pricedAt,
      })
      keepPhotos(line.id, body, written.receivedAt)
      if (isOn) sketches.put(line.id, body)
      else sketches.drop(line.id)
      return [...new Set([line.category, ...(before ? [before.category] : [])])]
    },
    /** After a label; tells the category that shows it, or did. */
    shown(id: string, isHidden: boolean): readonly string[] {
      const before = get.get(id) as unknown as Before | undefined
      if (!before) return []
      const live = !isHidden && state.get(id)?.['state'] === 'live'
      if (live !== (before.live === 1)) {
        tally(before, live ? 1 : -1)
        show.run(live ? 1 : 0, id)
      }
      return [before.category]
    },
    /** @returns the categories that showed it */
    drop(id: string): readonly string[] {
      const before = get.get(id) as unknown as Before | undefined
      if (before?.live === 1) tally(before, -1)
      dropPrices.run(id)
      sketches.drop(id)
      drop.run(id)
      return before ? [before.category] : []
    },
  }
}

interface Before {
  readonly category: string
  readonly sub: string
  readonly live: number
  readonly until: number
  readonly priceFen: number | null
  readonly pricedAt: number
  readonly endedAt: number | null
}

/** When the author said it, but never later than the relay had it: a clock ahead tells nothing. */
const said = ({ updatedAt, receivedAt }: WrittenAt): number => Math.min(updatedAt, receivedAt)

/** A listing that was said to be over ended when that was said, not before it began and not after it ran out. */
const endOf = ({ at, until }: Line, written: WrittenAt): number => Math.min(until, Math.max(at, said(written)))

type Derived = { readonly live: boolean; readonly endedAt: number | null; readonly pricedAt: number }

function createPut(db: DatabaseSync) {
  const put = db.prepare(`
    INSERT INTO listings (id, category, intent, sub, title, price_fen, district, "by", author, at, until, sample,
                          live, ended_at, priced_at, contact, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET category = excluded.category, intent = excluded.intent, sub = excluded.sub,
      title = excluded.title, price_fen = excluded.price_fen, district = excluded.district, "by" = excluded."by",
      at = excluded.at, until = excluded.until, sample = excluded.sample, live = excluded.live,
      ended_at = excluded.ended_at, priced_at = excluded.priced_at, contact = excluded.contact,
      body = excluded.body`)
  return (line: Line, body: ListingBody, { live, endedAt, pricedAt }: Derived): void => {
    const what = [line.id, line.category, line.intent, line.sub, line.title, line.priceFen, line.district] as const
    const who = [line.by, line.author, line.at, line.until, line.sample ? 1 : 0] as const
    const text = [body.contact ?? null, JSON.stringify(body)] as const
    put.run(...what, ...who, live ? 1 : 0, endedAt, pricedAt, ...text)
  }
}

/** Counts by the day of the end (UTC): what is live at any time is a sum of at most 61 of them, in a town of any size. */
function createTally(db: DatabaseSync) {
  const add = db.prepare(`
    INSERT INTO tallies (day, category, sub, live) VALUES (?, ?, ?, ?)
    ON CONFLICT (day, category, sub) DO UPDATE SET live = live + excluded.live`)
  const tidy = db.prepare('DELETE FROM tallies WHERE day = ? AND category = ? AND sub = ? AND live = 0')
  return ({ category, sub, until }: Pick<Line, 'category' | 'sub' | 'until'>, change: 1 | -1): void => {
    const day = dayOf(until)
    add.run(day, category, sub, change)
    if (change < 0) tidy.run(day, category, sub)
  }
}

export const dayOf = (at: number): number => Math.floor(at / dayMs)

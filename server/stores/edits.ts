/** What the author of a listing changed, read off the revisions in the journal. */
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import type { ListingBody } from '#domain/listing.ts'
import type { Edit } from '#domain/read-model.ts'
import type { Envelope } from '#domain/record.ts'

const mostEdits = 20

interface Revision {
  readonly at: number
  readonly renewedAt: number
  readonly prev: string | null
  readonly body: ListingBody
}

/** Each revision names the one it was made from, so a listing that was changed ten thousand times costs no more than twenty look-ups. */
export function createEdits(db: DatabaseSync): (id: string) => readonly Edit[] {
  const head = db.prepare('SELECT hash FROM heads WHERE id = ?')
  const one = db.prepare(`
    SELECT received_at, body FROM journal WHERE id = ? AND hash = ? AND verdict <> 'refused' LIMIT 1`)
  return (id) => {
    const revisions: Revision[] = []
    let hash = head.get(id)?.['hash'] ?? null
    while (hash !== null && revisions.length <= mostEdits) {
      const row = one.get(id, hash)
      const found = row && revisionOf(textOf(row['body'] as Uint8Array), Number(row['received_at']))
      if (!found) break
      revisions.unshift(found)
      hash = found.prev
    }
    return revisions.slice(1).flatMap((after, i) => {
      const before = revisions[i]
      return before ? editOf(before, after) : []
    })
  }
}

/** Undefined for a row whose words were taken away since. */
function revisionOf(text: string | undefined, receivedAt: number): Revision | undefined {
  if (!text) return undefined
  try {
    const { updatedAt, renewedAt, prev, body } = JSON.parse(text.slice(text.indexOf('.') + 1)) as Envelope
    return { at: Math.min(updatedAt, receivedAt), renewedAt, prev, body: body as unknown as ListingBody }
  } catch {
    return undefined
  }
}

function editOf({ renewedAt, body: before }: Revision, after: Revision): readonly Edit[] {
  const { body } = after
  const detail = ({ category, intent, sub, fields, poster, firm }: ListingBody) =>
    JSON.stringify([category, intent, sub, Object.entries(fields).sort(), poster, firm ?? ''])
  const changed = {
    price: before.priceFen !== body.priceFen,
    title: before.title !== body.title,
    text: before.text !== body.text,
    details: detail(before) !== detail(body),
    district: before.district !== body.district,
    contact: before.contact !== body.contact && before.state === body.state, // one that goes with its listing was not changed
    renewed: after.renewedAt > renewedAt,
  }
  const parts = (Object.keys(changed) as (keyof typeof changed)[]).filter((part) => changed[part])
  return parts.length > 0 ? [{ at: after.at, parts, fromFen: before.priceFen, toFen: body.priceFen }] : []
}

/** What pages read of the guides that businesses publish. A version is read from the journal, where it stands as it was signed. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import { delegates, type DelegationBody } from '#domain/delegation.ts'
import type { Locale } from '#domain/locale.ts'
import type { Business } from '#domain/profile.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import type { GuideLine, GuideView } from '#domain/read-model.ts'
import type { Envelope } from '#domain/record.ts'
import { notHeld } from './label-table.ts'

const mostGuides = 300

export function createGuideModel(db: DatabaseSync) {
  const columns = `g.id, g.owner, g.version, g.at, g.lang, g.title, g.summary, g.policy, g.sample, p.name
    FROM guides AS g LEFT JOIN profiles AS p ON p.did = g.owner`
  const newest = db.prepare(`SELECT ${columns} WHERE g.live = 1 ORDER BY g.at DESC, g.id LIMIT ${mostGuides}`)
  const ofOwner = db.prepare(`SELECT ${columns} WHERE g.live = 1 AND g.owner = ? ORDER BY g.at DESC, g.id`)
  const guide = db.prepare(`
    SELECT g.owner, g.version, g.live, g.first_at, p.name, p.business FROM guides AS g
    LEFT JOIN profiles AS p ON p.did = g.owner WHERE g.id = ? AND ${notHeld('g.id')}`)
  const version = db.prepare(`
    SELECT v.author, v.seq, v.received_at, j.body AS record FROM guide_versions AS v JOIN journal AS j ON j.seq = v.seq
    WHERE v.id = ? AND v.version = ?`)
  const versions = db.prepare(`
    SELECT version, received_at AS at FROM guide_versions WHERE id = ? ORDER BY version DESC`)
  const given = db.prepare(`
    SELECT j.body AS record FROM delegations AS d JOIN journal AS j ON j.id = d.id
    WHERE d.owner = ? AND d.member = ? AND j.verdict <> 'refused' AND j.verdict = 'published' AND j.seq < ? ORDER BY j.rev DESC`)
  /** The owner's record by which somebody else could publish this version, as it stood then. */
  const delegationOf = ({ owner, draft }: GuideBody, author: string, { seq, at }: Place): string | undefined =>
    owner === author
      ? undefined
      : given
          .all(owner, author, seq)
          .map((row) => recordIn(row['record']))
          .find(({ envelope }) =>
            delegates(envelope.body as unknown as DelegationBody, { draft, role: 'publisher', at }),
          )?.text
  return {
    newest: (): readonly GuideLine[] => newest.all().map(lineOf),
    ofOwner: (owner: string): readonly GuideLine[] => ofOwner.all(owner).map(lineOf),
    one(id: string, asked?: number): GuideView | undefined {
      const head = guide.get(id)
      const shown = head && version.get(id, asked ?? Number(head['version']))
      if (!head || !shown) return undefined
      const { text: record, envelope } = recordIn(shown['record'])
      const body = envelope.body as unknown as GuideBody
      const [author, receivedAt] = [String(shown['author']), Number(shown['received_at'])]
      return {
        id,
        owner: String(head['owner']),
        name: (head['name'] as string | null) ?? undefined,
        business: businessOf(head['business']),
        author,
        body,
        record,
        delegation: delegationOf(body, author, { seq: Number(shown['seq']), at: envelope.updatedAt }),
        latest: Number(head['version']),
        isLive: head['live'] === 1,
        firstAt: Number(head['first_at']),
        at: Math.min(envelope.updatedAt, receivedAt),
        versions: versions.all(id).map((row) => ({ version: Number(row['version']), at: Number(row['at']) })),
      }
    },
  }
}

interface Place {
  readonly seq: number
  readonly at: number
}

function recordIn(bytes: SQLOutputValue | undefined): { readonly text: string; readonly envelope: Envelope } {
  const text = textOf(bytes as Uint8Array) ?? ''
  return { text, envelope: JSON.parse(text.slice(text.indexOf('.') + 1)) as Envelope }
}

export const businessOf = (json: SQLOutputValue | undefined): Business | undefined =>
  typeof json === 'string' ? (JSON.parse(json) as Business) : undefined

const lineOf = (row: Record<string, SQLOutputValue>): GuideLine => ({
  id: String(row['id']),
  owner: String(row['owner']),
  name: (row['name'] as string | null) ?? undefined,
  version: Number(row['version']),
  at: Number(row['at']),
  lang: row['lang'] as Locale,
  title: String(row['title']),
  summary: String(row['summary']),
  hasPolicy: row['policy'] === 1,
  sample: row['sample'] === 1,
})

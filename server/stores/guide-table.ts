/** What businesses publish, as it is written: delegations, guides by the version that counts, and every version there was. */
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import { delegates, type DelegationBody, type MemberRole } from '#domain/delegation.ts'
import type { Did } from '#domain/identity.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import type { Envelope, RecordId } from '#domain/record.ts'
import { plainText } from '#domain/rich-text-words.ts'
import { dayMs } from '#domain/time.ts'
import type { createLabelTable } from './label-table.ts'
import type { GuideStanding, JournalRow } from './store.ts'

export const guideTables = ['delegations', 'guide_versions', 'guides'] as const

/** Of a guide's text so much is found by search, and read whole by whoever keeps a town. */
const mostWords = 6000

export function createGuideTable(db: DatabaseSync, labels: ReturnType<typeof createLabelTable>) {
  const putDelegation = db.prepare(`
    INSERT INTO delegations (id, owner, member, draft, role, until, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET role = excluded.role, until = excluded.until, revoked = excluded.revoked`)
  const given = db.prepare('SELECT count(*) AS n FROM delegations WHERE owner = ? AND id <> ? AND revoked = 0')
  const business = db.prepare('SELECT 1 FROM profiles WHERE did = ? AND business IS NOT NULL')
  const versions = db.prepare(`
    SELECT coalesce(max(version), 0) AS latest, count(*) FILTER (WHERE received_at > ?) AS lately
    FROM guide_versions WHERE id = ?`)
  const putVersion = db.prepare(`
    INSERT INTO guide_versions (id, version, seq, author, received_at) VALUES (?, ?, ?, ?, ?)`)
  const putGuide = db.prepare(`
    INSERT INTO guides (id, owner, draft, version, seq, at, first_at, live, lang, title, summary, policy, sample, words)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, at = excluded.at, live = excluded.live,
      lang = excluded.lang, title = excluded.title, summary = excluded.summary, policy = excluded.policy,
      sample = excluded.sample, words = excluded.words`)
  const until = createMemberUntil(db)
  const signed = db.prepare('SELECT j.body FROM guides AS g JOIN journal AS j ON j.seq = g.seq WHERE g.id = ?')
  const show = db.prepare('UPDATE guides SET live = ? WHERE id = ?')

  return {
    putDelegation({ id, author }: Envelope, { member, draft, role, until, revoked }: DelegationBody): void {
      putDelegation.run(id, author, member, draft, role, until, revoked ? 1 : 0)
    },
    /** The journal has accepted it, so its number is greater than all before. */
    putGuide({ author, updatedAt }: Envelope, body: GuideBody, { seq, receivedAt }: JournalRow): void {
      const { guide, owner, draft, version, state, lang, title, summary, policy, sample } = body
      putVersion.run(guide, version, seq, author, receivedAt)
      const at = Math.min(updatedAt, receivedAt) // a clock ahead tells nothing
      const words = [...plainText(body.text)].slice(0, mostWords).join('')
      const live = state === 'live' && !labels.isHidden(guide, owner, seq)
      const what = [guide, owner, draft, version, seq, at, at, live ? 1 : 0, lang, title, summary] as const
      putGuide.run(...what, policy ? 1 : 0, sample ? 1 : 0, words)
    },
    /** After a label. */
    shown(id: string, isHidden: boolean): void {
      const record = textOf((signed.get(id)?.['body'] ?? new Uint8Array()) as Uint8Array) ?? ''
      if (record === '') return
      const { body } = JSON.parse(record.slice(record.indexOf('.') + 1)) as Envelope
      show.run(!isHidden && body['state'] === 'live' ? 1 : 0, id)
    },
    standing(
      { owner, draft, guide }: Pick<GuideBody, 'owner' | 'draft' | 'guide'>,
      author: Did,
      now: number,
    ): GuideStanding {
      const row = versions.get(now - dayMs, guide)
      return {
        isBusiness: business.get(owner) !== undefined,
        mayPublish: until(owner, draft, author, now, 'publisher') !== undefined,
        latest: Number(row?.['latest']),
        lately: Number(row?.['lately']),
      }
    },
    given: (owner: Did, but: RecordId): number => Number(given.get(owner, but)?.['n']),
  }
}

/** Until when an owner lets somebody write a draft of his, or publish it. */
export function createMemberUntil(db: DatabaseSync) {
  const all = db.prepare('SELECT role, draft, until, revoked FROM delegations WHERE owner = ? AND member = ?')
  return (owner: Did, draft: string, member: Did, at: number, role: MemberRole = 'editor'): number | undefined => {
    const held = all.all(owner, member).map((row) => ({
      role: row['role'] as MemberRole,
      draft: String(row['draft']),
      until: Number(row['until']),
      revoked: row['revoked'] === 1,
    }))
    const holding = held.filter((one) => delegates(one, { draft, role, at }))
    return holding.length > 0 ? Math.max(...holding.map((one) => one.until)) : undefined
  }
}

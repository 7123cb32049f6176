/** What `/labels.json` is made of (src/domain/hidden.ts): the portal's key, who was a moderator when, what is hidden by which label. */
import { createHash, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { fromBase64url, type Bytes } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import { isKeptLabel, labelDays } from '#domain/label.ts'
import type { LogHead, LogLine } from '#domain/label-log.ts'
import { isRecordId } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'

export interface ModeratorTerm {
  readonly did: string
  readonly from: number
  readonly until: number | null
}

const secretKey = 'portal_secret'
const termsKey = 'moderator_terms'
const metaOf = (db: DatabaseSync, key: string): string | undefined =>
  db.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.['value'] as string | undefined

/** At a start: the key is made once; who is on the operator's list now has a term that is open, who is not has none. */
export function keepTerms(
  db: DatabaseSync,
  named: ReadonlySet<string>,
  now: number,
  isErased: (did: Did) => boolean,
): void {
  const moderators = new Set([...named].filter((did) => !isErased(did as Did))) // of an erased one nothing is written down again
  const put = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  if (metaOf(db, secretKey) === undefined) put.run(secretKey, randomBytes(16).toString('base64url'))
  const before = metaOf(db, termsKey)
  const known = before === undefined ? termsOfLabels(db) : termsIn(before)
  const closed = known.map((term) => (moderators.has(term.did) ? term : { ...term, until: term.until ?? now }))
  const isOpen = (did: string): boolean => closed.some((term) => term.did === did && term.until === null)
  const opened = [...moderators].filter((did) => !isOpen(did)).map((did) => ({ did, from: now, until: null }))
  put.run(termsKey, JSON.stringify([...closed, ...opened]))
}

/** Of a database in which nobody wrote down who decided since when: since his first label. */
const termsOfLabels = (db: DatabaseSync): readonly ModeratorTerm[] =>
  db
    .prepare(`SELECT by AS did, min(at) AS first FROM labels WHERE by <> '' GROUP BY by`)
    .all()
    .map((row) => ({ did: String(row['did']), from: Number(row['first']), until: null }))

const termsIn = (json: string): readonly ModeratorTerm[] => JSON.parse(json) as ModeratorTerm[] // only keepTerms writes it

/** Of a moderator who has all of his erased: what he decided stands, without his key, his words and his signature. */
export function forgetModerator(db: DatabaseSync, did: string): void {
  const terms = metaOf(db, termsKey)
  if (terms !== undefined) {
    const left = termsIn(terms).filter((term) => term.did !== did)
    db.prepare('UPDATE meta SET value = ? WHERE key = ?').run(JSON.stringify(left), termsKey)
  }
  db.prepare(`UPDATE labels SET by = '', reason = '' WHERE by = ?`).run(did)
  db.exec(firstKnown)
}

/** As a replay has it, which finds such labels there before anything they hide. */
const firstKnown = `
  UPDATE held SET seq = coalesce((SELECT min(j.seq) FROM journal AS j WHERE j.id = held.id AND j.verdict <> 'refused'), seq)
  WHERE label IN (SELECT seq FROM labels WHERE by = '')`

/** What an erased moderator has to be taken out of: undefined for who never signed a label. */
export interface ToldByModerator {
  /** Of his labels in the room of labels. */
  readonly subjects: readonly string[]
  /** Reasons, as `<subject> <at> <reason>`. */
  readonly told: ReadonlySet<string>
  /** That may have one of them. */
  readonly inboxes: readonly string[]
}

/** Whose labels stand in the room of labels: that has to be made anew without them. */
export function labelledBy(db: DatabaseSync, did: string): readonly string[] | undefined {
  const all = db.prepare('SELECT DISTINCT subject FROM labels WHERE by = ?').all(did)
  const latest = db.prepare('SELECT by FROM labels WHERE subject = ? ORDER BY at DESC, seq DESC LIMIT 1')
  const subjects = all.map(({ subject }) => String(subject))
  return all.length > 0 ? subjects.filter((subject) => latest.get(subject)?.['by'] === did) : undefined
}

/** What it told posters and reporters in words: a reason stands in their inboxes too. As `<subject> <at> <reason>`. */
export function reasonsOf(
  db: DatabaseSync,
  did: string,
): readonly { readonly told: string; readonly reason: string }[] {
  const all = db.prepare(`SELECT subject, at, reason FROM labels WHERE by = ? AND reason <> ''`).all(did)
  return all.map(({ subject, at, reason }) => ({ told: `${subject} ${at} ${reason}`, reason: String(reason) }))
}

export interface HiddenParts {
  readonly moderators: readonly ModeratorTerm[]
  readonly labels: readonly string[]
  readonly blocked: Readonly<Record<string, readonly string[]>>
  readonly gone: readonly string[]
  readonly erased: readonly string[]
  readonly log: LogHead
}

/** Over a read-only connection. */
export function createHiddenParts(db: DatabaseSync) {
  const held = db.prepare(`
    SELECT h.id, l.action, l.subject, l.at, l.by, j.seq, j.body, g.draft, o.body AS own
    FROM held AS h JOIN labels AS l ON l.seq = h.label
    LEFT JOIN journal AS j ON j.seq = l.seq LEFT JOIN guides AS g ON g.id = h.id
    LEFT JOIN heads AS d ON d.id = h.id LEFT JOIN journal AS o ON o.seq = d.seq ORDER BY h.id`)
  const erasures = db.prepare('SELECT mark, ids FROM erasures WHERE at > ? ORDER BY n')
  const version = db.prepare(`SELECT (SELECT max(seq) FROM held) AS seq, (SELECT count(label) FROM held) AS n,
    (SELECT count(*) || '.' || coalesce(max(n), 0) FROM erasures) AS erased, (SELECT value FROM meta WHERE key = '${termsKey}') AS terms,
    (SELECT count(*) FROM labels WHERE by = '') AS orphans, (SELECT max(seq) FROM labels) AS newest`)
  const hashes = db.prepare('SELECT hash FROM labels ORDER BY seq')
  return {
    /** Undefined before the first start of a writer. */
    secret: (): Bytes | undefined => fromBase64url(metaOf(db, secretKey) ?? '?'),
    /** Changes whenever the list may have. */
    tag: (now: number): string => JSON.stringify([version.get(), Math.floor(now / dayMs)]),
    at(now: number): HiddenParts {
      const labels = new Set<string>()
      const blocked: Record<string, string[]> = {}
      const gone: string[] = []
      for (const row of held.all()) {
        if (!isKeptLabel(Number(row['at']), now)) continue
        if (row['body'] === null) gone.push(String(row['id']))
        else labels.add(textOf(row['body']))
        if (row['action'] === 'block')
          (blocked[String(row['subject'])] ??= []).push(row['draft'] ? String(row['draft']) : nonceIn(row['own']))
      }
      const ends = erasures.all(now - labelDays * dayMs)
      return {
        moderators: termsIn(metaOf(db, termsKey) ?? '[]'),
        labels: [...labels],
        blocked,
        gone: [
          ...new Set([
            ...gone,
            ...ends.flatMap(({ ids }) => JSON.parse(String(ids ?? '[]')) as string[]).filter(isRecordId),
          ]),
        ],
        erased: ends.map(({ mark }) => String(mark)),
        log: headOf(hashes.all().map(({ hash }) => String(hash))),
      }
    },
  }
}

const textOf = (body: unknown): string => Buffer.from(body as Uint8Array).toString()
const nonceIn = (body: unknown): string => /"nonce":"([\w-]{22})"/.exec(body ? textOf(body) : '')?.[1] ?? ''

const headOf = (hashes: readonly string[]): LogHead => [
  hashes.length,
  hashes.reduce((link, hash) => createHash('sha256').update(`${link}\n${hash}`).digest('hex'), ''),
]

/** Every label that was accepted, in that order. */
export function createLabelLog(db: DatabaseSync): () => readonly LogLine[] {
  const all = db.prepare(
    'SELECT l.hash, j.body FROM labels AS l LEFT JOIN journal AS j ON j.seq = l.seq ORDER BY l.seq',
  )
  return () => all.all().map(({ hash, body }) => ({ hash: String(hash), text: body === null ? null : textOf(body) }))
}

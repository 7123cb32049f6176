/**
 * SignedRecord: what the public sees, as one string.
 *
 *   record := base64url(signature) · "." · json
 *
 * The Ed25519 signature covers exactly the UTF-8 bytes of `json`. Readers verify those bytes first and parse after;
 * then come the schema, the portal, and the id, which is bound to its author:
 * id = first 26 characters of base32(sha256(author + "\n" + nonce)).
 */
import * as z from 'zod/mini'
import { fromBase64url, sha256, toBase32, toBase64url, toHex, utf8, type Bytes } from './bytes.ts'
import { Did, verifies, type Signer } from './identity.ts'
import type { Refusal } from './refusal.ts'
import { err, ok, type Result } from './result.ts'
import { lastInstant } from './time.ts'

export const RecordId = z
  .string()
  .check(z.regex(/^[a-z2-7]{26}$/))
  .brand('RecordId')
export type RecordId = z.infer<typeof RecordId>
export const isRecordId = (text: string): text is RecordId => RecordId.safeParse(text).success

const Instant = z.int().check(z.nonnegative(), z.maximum(lastInstant))
export const recordKinds = ['listing', 'profile', 'guide', 'delegation', 'label', 'end', 'town-entry'] as const
export type RecordKind = (typeof recordKinds)[number]

/** Of the record's text. A guide may have 200 kB of text beside its policy. */
// prettier-ignore
const mostBytes: Readonly<Record<RecordKind, number>> = {
  listing: 32_768, profile: 32_768, guide: 327_680, delegation: 4_096, label: 4_096, end: 2_048, 'town-entry': 32_768,
}
/** Before anything is known of it. */
export const maxRecordBytes = Math.max(...Object.values(mostBytes))

/** The envelope; `body` has a schema per kind (listing.ts, profile.ts, published-guide.ts, delegation.ts, label.ts, key-end.ts, town-entry.ts). `prev` is the sha256 (hex) of the revision before. */
export const Envelope = z.strictObject({
  type: z.literal('record/1'),
  portal: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/)),
  kind: z.enum(recordKinds),
  id: RecordId,
  nonce: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
  rev: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  prev: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  author: Did,
  createdAt: Instant,
  updatedAt: Instant,
  renewedAt: Instant,
  body: z.record(z.string(), z.unknown()),
})
export type Envelope = z.infer<typeof Envelope>

/** A record whose bytes were verified. `hash` is the sha256 (hex) of its json bytes and names this revision. */
export interface OpenRecord {
  readonly envelope: Envelope
  readonly hash: string
  readonly text: string
}

export const idOf = async (author: Did, nonce: string): Promise<RecordId> =>
  RecordId.parse(toBase32(await sha256(utf8(`${author}\n${nonce}`))).slice(0, 26))

/** Signs a first revision. @param nonce 16 random bytes @param now ms, the relay's time as far as it is known */
export async function firstRevision(
  signer: Signer,
  { portal, kind, body, nonce, now }: { portal: string; kind: RecordKind; body: object; nonce: Bytes; now: number },
): Promise<OpenRecord> {
  const spelled = toBase64url(nonce)
  const id = await idOf(signer.did, spelled)
  const times = { createdAt: now, updatedAt: now, renewedAt: now }
  return seal(signer, {
    type: 'record/1',
    portal,
    kind,
    id,
    nonce: spelled,
    rev: 1,
    prev: null,
    author: signer.did,
    ...times,
    body: { ...body },
  })
}

/** Signs the revision after `before`. `renew` starts the listing's time again. */
export async function nextRevision(
  signer: Signer,
  before: OpenRecord,
  { body, now, renew }: { body: object; now: number; renew: boolean },
): Promise<OpenRecord> {
  const { envelope, hash } = before
  const updatedAt = Math.max(now, envelope.updatedAt) // a clock set back must not make a newer revision look older
  const renewedAt = renew ? updatedAt : envelope.renewedAt
  return seal(signer, { ...envelope, rev: envelope.rev + 1, prev: hash, updatedAt, renewedAt, body: { ...body } })
}

/** Signs an envelope as it stands; the two functions above are what a form uses. */
export async function seal(signer: Signer, envelope: Envelope): Promise<OpenRecord> {
  const json = JSON.stringify(envelope)
  const bytes = utf8(json)
  const text = `${toBase64url(await signer.sign(bytes))}.${json}`
  return { envelope, text, hash: toHex(await sha256(bytes)) }
}

/** Verifies and opens a record; the order of the checks is the order of the rules. */
export async function openRecord(text: unknown, portal: string): Promise<Result<OpenRecord, Refusal>> {
  if (typeof text !== 'string') return err({ rule: 'bad-format' })
  if (text.length > maxRecordBytes) return tooLarge(text, maxRecordBytes)
  const dot = text.indexOf('.')
  const signature = dot > 0 ? fromBase64url(text.slice(0, dot)) : undefined
  if (!signature) return err({ rule: 'bad-format' })
  const json = text.slice(dot + 1)
  const author = authorIn(json)
  if (!author.ok) return author
  const bytes = utf8(json)
  if (!(await verifies(author.value, signature, bytes))) return err({ rule: 'bad-signature' })
  const envelope = parseEnvelope(json)
  if (!envelope.ok) return envelope
  if (envelope.value.author !== author.value) return err({ rule: 'bad-signature' }) // who it names did not sign it
  const most = mostBytes[envelope.value.kind]
  if (text.length > most) return tooLarge(text, most)
  if (envelope.value.portal !== portal) return err({ rule: 'wrong-portal', limit: portal, got: envelope.value.portal })
  if (envelope.value.id !== (await idOf(envelope.value.author, envelope.value.nonce))) return err({ rule: 'wrong-id' })
  return ok({ envelope: envelope.value, text, hash: toHex(await sha256(bytes)) })
}

const tooLarge = (text: string, limit: number): Result<never, Refusal> =>
  err({ rule: 'too-large', limit: String(limit), got: String(text.length) })

/**
 * Whose key to verify with, read from the raw text by a fixed pattern and without parsing. A second author may still
 * hide from the pattern (a blank before the colon, an escaped letter in the key): what was parsed is compared with it.
 */
function authorIn(json: string): Result<Did, Refusal> {
  const found = [...json.matchAll(/"author":"(did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44})"/g)]
  const did = Did.safeParse(found[0]?.[1])
  return found.length === 1 && did.success ? ok(did.data) : err({ rule: 'bad-format' })
}

function parseEnvelope(json: string): Result<Envelope, Refusal> {
  let forbidden = false
  let value: unknown
  try {
    value = JSON.parse(json, (key, part: unknown) => {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') forbidden = true
      return part
    })
  } catch {
    return err({ rule: 'bad-format' })
  }
  if (forbidden) return err({ rule: 'forbidden-key' })
  const parsed = Envelope.safeParse(value)
  if (!parsed.success)
    return err({ rule: 'bad-shape', field: String(parsed.error.issues[0]?.path.join('.') ?? '').slice(0, 60) })
  const { createdAt, updatedAt, renewedAt, rev, prev } = parsed.data
  const ordered =
    createdAt <= updatedAt && renewedAt <= updatedAt && createdAt <= renewedAt && (rev === 1) === (prev === null)
  return ordered ? ok(parsed.data) : err({ rule: 'bad-shape', field: 'updatedAt' })
}

/** Which revision counts, alike for every reader: the greatest (rev, updatedAt, sha256). Positive when `a` wins. */
export function compareRevisions(a: Ranked, b: Ranked): number {
  return a.rev - b.rev || a.updatedAt - b.updatedAt || (a.hash > b.hash ? 1 : a.hash < b.hash ? -1 : 0)
}
export interface Ranked {
  readonly rev: number
  readonly updatedAt: number
  readonly hash: string
}
export const rankOf = ({ envelope, hash }: OpenRecord): Ranked => ({
  rev: envelope.rev,
  updatedAt: envelope.updatedAt,
  hash,
})

export const winnerOf = (records: readonly OpenRecord[]): OpenRecord | undefined =>
  records.reduce<OpenRecord | undefined>(
    (best, next) => (best && compareRevisions(rankOf(best), rankOf(next)) >= 0 ? best : next),
    undefined,
  )

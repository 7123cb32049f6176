/**
 * The listings of a corpus as records of a town's people: their ids follow from their authors, as the projector asks. The
 * first revisions carry no signature (nobody looks at it again once a record is judged, and a hundred thousand take long
 * to sign); their authors' keys are real, so that what changes afterwards is signed and judged like any other.
 */
import { createHash } from 'node:crypto'
import { toBase32, toBase64url, utf8 } from '#domain/bytes.ts'
import type { ListingBody } from '#domain/listing.ts'
import { firstRevision, nextRevision, RecordId, type Envelope, type OpenRecord } from '#domain/record.ts'
import type { Signer } from '#domain/identity.ts'
import type { CorpusListing } from '../corpus.ts'
import { keyOf } from '../relay/material.ts'
import { portalId } from './material.ts'

const listingsOfKey = 100 // a key may have 200 live ones

/** @param count of the listings of the town */
export function createAuthors(count: number) {
  const signers = new Map<number, Promise<Signer>>()
  const keys = Math.max(1, Math.ceil(count / listingsOfKey))
  return {
    /** @param at place of the listing in the corpus */
    signerOf(at: number): Promise<Signer> {
      const seed = 50_000 + (at % keys)
      const known = signers.get(seed) ?? keyOf(seed)
      signers.set(seed, known)
      return known
    },
  }
}
export type Authors = ReturnType<typeof createAuthors>

export async function bulkRecordOf(authors: Authors, { body, entry }: CorpusListing, at: number): Promise<OpenRecord> {
  const { did } = await authors.signerOf(at)
  const nonce = toBase64url(nonceOf(at))
  const id = RecordId.parse(toBase32(hashOf(`${did}\n${nonce}`)).slice(0, 26))
  const times = { createdAt: entry.at, updatedAt: entry.at, renewedAt: entry.at }
  const named = {
    type: 'record/1',
    portal: portalId,
    kind: 'listing',
    id,
    nonce,
    rev: 1,
    prev: null,
    author: did,
  } as const
  const envelope: Envelope = { ...named, ...times, body: { ...body } }
  const json = JSON.stringify(envelope)
  return { envelope, text: `${'A'.repeat(86)}.${json}`, hash: hashOf(json).toString('hex') }
}

/** Ended where no words are given. */
export async function changedRecordOf(
  authors: Authors,
  before: CorpusListing,
  at: number,
  { body, now }: { readonly body: ListingBody | undefined; readonly now: number },
): Promise<OpenRecord> {
  const record = await bulkRecordOf(authors, before, at)
  const next = body ?? { ...before.body, state: 'changed-mind' as const }
  return nextRevision(await authors.signerOf(at), record, { body: next, now, renew: false })
}

export async function newRecordOf(signer: Signer, body: ListingBody, seed: number, now: number): Promise<OpenRecord> {
  return firstRevision(signer, { portal: portalId, kind: 'listing', body, nonce: nonceOf(10_000_000 + seed), now })
}

const hashOf = (text: string): Buffer => createHash('sha256').update(utf8(text)).digest()

function nonceOf(at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(4, at)
  return bytes
}

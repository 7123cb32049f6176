/**
 * Loads a town's samples the way any listing comes: signed by a key, written into its shelf as Yjs updates, appended to
 * the log, judged by the projector. Only for an empty data folder (the caller looks). A listing's age is its receipt time
 * in the log, since no author's clock can make it older; so each shelf gets one update at a time, oldest first, and the
 * projector catches up before the same shelf gets its next.
 *
 * The keys of the samples follow from their names and are therefore public: whoever reads this can write as they do.
 */
import * as Y from 'yjs'
import { sha256, toBase64url, utf8, type Bytes } from '#domain/bytes.ts'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import { signerOf, type Signer } from '#domain/identity.ts'
import type { ListingBody, Town } from '#domain/listing.ts'
import { profileNonceOf, type ProfileBody } from '#domain/profile.ts'
import { firstRevision, nextRevision, type OpenRecord } from '#domain/record.ts'
import { ok, type Result } from '#domain/result.ts'
import { contactOf, shelfOf } from '#domain/room.ts'
import { hourMs } from '#domain/time.ts'
import type { SampleListing, SamplePoster, Samples } from './sample-schema.ts'
import type { LogEntry, StorageFault, UpdateLog } from './stores/store.ts'

export interface SampleDeps {
  readonly log: Pick<UpdateLog, 'append'>
  readonly town: Town
  readonly samples: Samples
  /** ms */
  readonly now: number
  /** Resolves when the projector has judged everything appended so far. */
  readonly projected: () => Promise<void>
}

/** @returns how many listings were written; a disk that says no ends it there */
export async function loadSamples({
  log,
  town,
  samples,
  now,
  projected,
}: SampleDeps): Promise<Result<number, StorageFault>> {
  const writings = await writingsOf({ town, samples, now })
  for (const entries of batchesOf(writings)) {
    const stored = await log.append(entries)
    if (!stored.ok) return stored
    await projected()
  }
  return ok(samples.listings.length)
}

/** Everything there is to write, oldest first. */
export async function writingsOf({
  town,
  samples,
  now,
}: Pick<SampleDeps, 'town' | 'samples' | 'now'>): Promise<readonly LogEntry[]> {
  const shelves = await Promise.all(samples.posters.flatMap((poster) => shelvesOf(town, samples, poster)))
  const written = await Promise.all(
    shelves.filter(({ listings }) => listings.length > 0).map((shelf) => writeShelf(shelf, town, now)),
  )
  return written.flat().sort((a, b) => a.at - b.at)
}

interface Shelf {
  readonly signer: Signer
  readonly seed: string
  readonly name: string | undefined
  readonly kind: SamplePoster['kind']
  readonly firm: string | undefined
  readonly listings: readonly SampleListing[]
}

/** A poster has one shelf, and another under an unlinked key for what is posted in categories with a key of their own. */
function shelvesOf(
  { portal, categories }: Town,
  { listings }: Samples,
  { key, name, alias, kind }: SamplePoster,
): readonly Promise<Shelf>[] {
  const seed = `sample/${portal.id}/${key}`
  const isOwn = ({ category }: SampleListing) => categories.find(({ id }) => id === category)?.ownKey === true
  const theirs = listings.filter(({ poster }) => poster === key)
  const shelf = async (
    use: 'person' | 'friends',
    shown: string | undefined,
    some: readonly SampleListing[],
  ): Promise<Shelf> => ({
    signer: await signerOf(await sixteenOf(seed), use),
    seed: `${seed}/${use}`,
    name: shown,
    kind,
    firm: kind === 'company' ? name : undefined,
    listings: some,
  })
  return [
    shelf(
      'person',
      name,
      theirs.filter((one) => !isOwn(one)),
    ),
    shelf('friends', alias, theirs.filter(isOwn)),
  ]
}

/** 16 bytes that follow from a name: the entropy of a key, the nonce of a listing, the key of a commitment. */
const sixteenOf = async (name: string): Promise<Bytes> => (await sha256(utf8(name))).slice(0, 16)

/** A record, when it is received, and the contact that lies beside it. */
interface Dated {
  readonly at: number
  readonly record: OpenRecord
  readonly held?: HeldContact | undefined
}

async function writeShelf(shelf: Shelf, town: Town, now: number): Promise<readonly LogEntry[]> {
  const { signer, listings } = shelf
  const listed = (await Promise.all(listings.map((listing) => revisionsOf(shelf, town, { listing, now })))).flat()
  const since = Math.min(...listed.map(({ at }) => at)) - hourMs // the name and the contacts come before the first listing
  const records = [...(await profileOf(shelf, town, since)), ...listed].sort((a, b) => a.at - b.at)
  const slots = records.map(({ record, at }) => ({ key: slotOf(record), value: record.text, at }))
  const contacts = listed.flatMap(({ record, held }) =>
    held ? [{ key: slotOf(record), value: JSON.stringify(held), at: since }] : [],
  )
  return [...written(contactOf(signer.did), 'contacts', contacts), ...written(shelfOf(signer.did), 'records', slots)]
}

const slotOf = ({ envelope }: OpenRecord): string => `${envelope.id}/sample`

async function profileOf({ signer, name, kind }: Shelf, { portal }: Town, at: number): Promise<readonly Dated[]> {
  if (name === undefined) return []
  const body: ProfileBody = { name, poster: kind, sample: true }
  const nonce = await profileNonceOf(signer.did)
  return [{ at, record: await firstRevision(signer, { portal: portal.id, kind: 'profile', body, nonce, now: at }) }]
}

/** Live first; one that is over is said to be so in a second revision, half its age later. */
async function revisionsOf(
  shelf: Shelf,
  { portal }: Town,
  { listing, now }: { readonly listing: SampleListing; readonly now: number },
): Promise<readonly Dated[]> {
  const { signer, seed } = shelf
  const name = `${seed}/${listing.category}/${listing.title}`
  const held = listing.contact && { contact: listing.contact, key: toBase64url(await sixteenOf(`${name}/contact`)) }
  const body = await bodyOf(shelf, listing, held)
  const at = atOf(listing.ageHours, now)
  const nonce = await sixteenOf(name)
  const first = await firstRevision(signer, { portal: portal.id, kind: 'listing', body, nonce, now: at })
  if (!listing.state) return [{ at, record: first, held }]
  const endedAt = atOf(listing.ageHours / 2, now)
  const ended = { body: { ...body, state: listing.state }, now: endedAt, renew: false }
  return [
    { at, record: first, held },
    { at: endedAt, record: await nextRevision(signer, first, ended) },
  ]
}

export async function bodyOf(
  { kind, firm }: Pick<Shelf, 'kind' | 'firm'>,
  { category, intent, sub, title, text, priceYuan, district, fields, validDays }: SampleListing,
  held: HeldContact | undefined,
): Promise<ListingBody> {
  return {
    category,
    intent,
    sub,
    title,
    text,
    priceFen: priceYuan === null ? null : Math.round(priceYuan * 100),
    district,
    fields,
    poster: kind,
    ...(firm !== undefined && { firm }),
    validDays,
    state: 'live',
    ...(held && { contact: await commitmentOf(held) }),
    sample: true,
  }
}

const atOf = (ageHours: number, now: number): number => Math.round(now - ageHours * hourMs)

const sampleClient = 2

/** One room's values as a client writes them: a document of its own, and an update for each moment. In order of time. */
function written(
  room: string,
  map: 'records' | 'contacts',
  values: readonly { readonly key: string; readonly value: string; readonly at: number }[],
): readonly LogEntry[] {
  const doc = new Y.Doc()
  doc.clientID = sampleClient // fixed, so that the same values at the same times are the same updates
  const writings: LogEntry[] = []
  for (const at of new Set(values.map((value) => value.at))) {
    doc.once('update', (update: Uint8Array) => writings.push({ room, update, at }))
    doc.transact(() => {
      for (const { key, value } of values.filter((one) => one.at === at)) doc.getMap<string>(map).set(key, value)
    })
  }
  doc.destroy()
  return writings
}

/** Stretches of the writings, in their order, in which no room comes twice. */
export function batchesOf(writings: readonly LogEntry[]): readonly (readonly LogEntry[])[] {
  const batches: LogEntry[][] = []
  let rooms = new Set<string>()
  for (const writing of writings) {
    if (batches.length === 0 || rooms.has(writing.room)) {
      batches.push([])
      rooms = new Set()
    }
    batches.at(-1)?.push(writing)
    rooms.add(writing.room)
  }
  return batches
}

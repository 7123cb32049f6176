/** What relay and projector need from a disk. Bytes in, bytes out, in order; it knows nothing of Yjs, keys or HTTP. */
import type { Sketch } from '#domain/alike.ts'
import type { HeldContact } from '#domain/contact.ts'
import type { Line } from '#domain/entry.ts'
import type { Did } from '#domain/identity.ts'
import type { Decision } from '#domain/label.ts'
import type { Verdict } from '#domain/notice.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import type { KeyRecord } from '#domain/quota.ts'
import type { Ranked, RecordId, RecordKind } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Result } from '#domain/result.ts'
import type { PrintedEntry, SearchEntry } from '#domain/search-entry.ts'
import type { ToldByModerator } from './hidden-file.ts'

export interface LogEntry {
  readonly room: string
  readonly update: Uint8Array
  /** The relay's receipt time in ms. */
  readonly at: number
}

/** What an entry gets when it becomes durable. Sequence numbers grow over all rooms and are never given twice. */
export interface Receipt {
  readonly seq: number
  /** Random, made at the room's first append: tells a room from an earlier or a restored one of the same name. */
  readonly epoch: string
}
export type StoredEntry = LogEntry & Receipt

export interface RoomBytes {
  readonly snapshot: Uint8Array | undefined
  /** In order, all after the snapshot. */
  readonly updates: readonly Uint8Array[]
  /** Of the room's last update, in the snapshot or not. */
  readonly seq: number
  readonly epoch: string
}

/** The disk said no: full, read-only, gone. Nothing of the append was kept. */
export interface StorageFault {
  readonly kind: 'storage'
  readonly detail: string
}

export interface UpdateLog {
  /** All or nothing, one fsync. Resolves with a receipt for each entry only once all would survive a crash. */
  append(entries: readonly LogEntry[]): Promise<Result<readonly Receipt[], StorageFault>>
  /** Undefined for a room nothing was ever stored in. Shows every append that has resolved. */
  read(room: string): Promise<RoomBytes | undefined>
  /** Puts `snapshot` in the place of everything up to and with `upTo`. What came later stays; an older snapshot is left out,
   *  and so is one of a room that was erased since: `epoch`, where it is given, must still be the room's. */
  compact(room: string, upTo: number, snapshot: Uint8Array, epoch?: string): Promise<void>
  /** Everything that became durable from now on, in order, whoever wrote it. `update` is the appender's own object where
   *  that lives in this thread. */
  follow(listener: (entries: readonly StoredEntry[]) => void): () => void
  close(): Promise<void>
}

export interface DatabaseFault {
  readonly kind: 'corrupt-database' | 'newer-database' | 'unusable-database'
  readonly path: string
  readonly detail: string
}

/** A value of a slot with its verdict, as the journal keeps it. What the bytes did not tell is null. */
export interface Judged {
  readonly room: string
  readonly slot: string
  /** Tells the value from the next one in its slot. */
  readonly seen: string
  /** Names the revision; its notice lies under this key. */
  readonly hash: string
  readonly did: Did
  readonly kind: RecordKind | null
  readonly id: RecordId | null
  readonly rev: number | null
  readonly updatedAt: number | null
  readonly renewedAt: number | null
  readonly receivedAt: number
  readonly verdict: Verdict
  readonly refusals: readonly Refusal[]
  readonly rival: string | null
  /** Which edition of the rules judged. */
  readonly rules: number
  readonly text: string
}
export type JournalRow = Judged & { readonly seq: number }

/** Every judged value in order, never changed; the read model can be made again from it. */
export interface Journal {
  append(judged: Judged): JournalRow
  /** `seen` of the value that was judged last in a slot. */
  lastSeen(room: string, slot: string): string | undefined
  /** The greatest revision a slot ever had that was not refused. */
  bestOf(room: string, slot: string): Ranked | undefined
  /** `renewedAt` of a revision that was not refused. */
  renewedAtOf(id: RecordId, hash: string): number | undefined
  /** The accepted ones in order, a few at a time. */
  published(): Iterable<JournalRow>
}

/** The revision of a record that counts. */
export interface Head extends Ranked {
  readonly id: RecordId
  readonly kind: RecordKind
  readonly author: Did
  readonly slot: string
  readonly prev: string | null
  /** The newest renewal that counted, and the relay's receipt of it: what validity runs from. */
  readonly renewedAt: number
  readonly receivedAt: number
}

/** What a row has changed of what everybody sees. */
export interface Changed {
  /** Ids of listings and guides; none for a revision that does not count. */
  readonly found: readonly string[]
  /** Those that show the listing, before and after. */
  readonly categories: readonly string[]
  readonly labelled?: Labelled
}
/** A label that counts from now on: what it says, whom it concerns, the record itself. */
export interface Labelled {
  readonly decision: Decision
  readonly tells: Did | undefined
  readonly text: string
}

/** What a guide's next version is judged by. */
export interface GuideStanding {
  /** Whether its owner's profile says what business he is. */
  readonly isBusiness: boolean
  /** Whether a delegation of the owner's lets this author publish it now. */
  readonly mayPublish: boolean
  /** The number of the newest version; 0 before any. */
  readonly latest: number
  /** How many versions it got in the last 24 hours. */
  readonly lately: number
}

/** A live listing as HR-3 compares it. */
export interface SketchedListing extends Pick<Line, 'id' | 'title'> {
  readonly sketch: Sketch
}

/** Writes the read model. All of it follows from the journal's rows, in their order, and from nothing else. */
export interface ReadModelWriter {
  headOf(id: RecordId): Head | undefined
  apply(row: JournalRow): Changed
  clear(): void
  isLive(id: RecordId, now: number): boolean
  liveOf(author: Did, now: number): number
  /** Live listings of an author, but for one. */
  sketchesOf(author: Did, but: RecordId, now: number): readonly SketchedListing[]
  guideStanding(guide: Pick<GuideBody, 'owner' | 'draft' | 'guide'>, author: Did, now: number): GuideStanding
  /** Delegations this owner has given and not taken back, but for one. */
  delegationsOf(owner: Did, but: RecordId): number
  /** The label by which this key is blocked, if it is. */
  blockOf(did: Did): Decision | undefined
  /** Whether the key has said its own end. */
  isEnded(did: Did): boolean
  keyRecord(did: Did, now: number): KeyRecord
  /** A listing or a guide that is live, whole; below, all their ids, the oldest first. */
  liveEntry(id: string, now: number): SearchEntry | undefined
  liveIds(now: number): readonly string[]
  /** Entries of the town's own pages that moderators have written or taken off: what the site prints under these does not count. */
  townIds(): ReadonlySet<string>
  newest(category: string | undefined, limit: number, now: number): readonly Line[]
  /** Listings whose last instant lies in this span, `to` itself not included: at `to` they are over. */
  ranOut(from: number, to: number): readonly { readonly id: string; readonly category: string }[]
}

/** What lies in a contact room, with what it is found by. Not in the journal: it can be erased. */
export interface HeldContactRow {
  readonly slot: string
  readonly id: string
  readonly held: HeldContact
  readonly commitment: string
}
export interface ContactWriter {
  /** Puts `rows` in the place of everything this author had. */
  replace(did: Did, rows: readonly HeldContactRow[]): void
}

/** Rooms the projector has not judged to their end. */
export interface Cursor {
  pending(limit: number): readonly string[]
  stateOf(room: string): { readonly seq: number; readonly at: number } | undefined
  advance(room: string, seq: number): void
}

/** What an entry was printed as: its ordinal, its tokens field by field, and what tells a changed entry of the site from the same. */
export interface PrintedAs {
  readonly ordinal: number
  readonly tokens: readonly number[]
  readonly hash: string
}

/** A printed edition: what its base and its delta are made of. Times in ms. */
export interface EditionRow {
  readonly edition: string
  readonly base: string
  readonly delta: string | null
  /** The journal's at the print; entries changed after it stand in the wire. */
  readonly seq: number
  readonly printedAt: number
  readonly baseSeq: number
  readonly baseAt: number
  /** Live entries in it; entries of the base; bytes of all files, compressed. */
  readonly entries: number
  readonly baseEntries: number
  readonly bytes: number
  /** Of the entries that are printed with the site. */
  readonly siteHash: string
}

/** The edition in force, as the projector needs it. */
export interface EditionInForce {
  /** `0` before any is printed: its wire has everything. */
  readonly name: string
  printedAs(id: string): PrintedAs | undefined
  /** Listings and guides that may not be as they are printed; all live ones before any edition is printed. */
  changed(now: number): readonly string[]
}

export interface Editions {
  inForce(): EditionInForce
  /** Puts a printed edition in the place of the one in force; inside the caller's transaction. */
  replace(row: EditionRow, now: number): void
  /** After a transaction that was rolled back. */
  forget(): void
}

/** What can be found by the plain search: live listings, and what is printed with the site. Written inside the projector's transaction. */
export interface FindTable {
  /** Undefined takes it out. */
  put(id: string, entry: SearchEntry | undefined): void
  printed(): readonly PrintedEntry[]
  /** Up to where the clock has taken out what ran out; undefined when all must be filled anew: a new file, or tokens that are cut otherwise. */
  sweptTo(): number | undefined
  swept(at: number): void
  clear(): void
}

/** A message by its names: whom it is for, whom it is from, and the sender's id for it. */
export interface MessageName {
  readonly to: Did
  readonly from: Did
  readonly id: string
}

/** The messages that lie in inboxes, without what they say. Written in one transaction with the inboxes. */
export interface MessageTable {
  has(name: MessageName): boolean
  put(name: MessageName, at: number, bytes: number): void
  drop(name: MessageName): void
  /** It lies there no more, but counts on until its time. @returns whether it did lie there */
  clear(name: MessageName): boolean
  /** Whether anything of this key was ever accepted. */
  isKnown(did: Did): boolean
  hasWritten(from: Did, to: Did): boolean
  sentSince(from: Did, since: number): number
  sentToSince(from: Did, to: Did, since: number): number
  held(to: Did): { readonly count: number; readonly bytes: number }
  /** The messages of that time or older, those of an inbox together. */
  until(at: number, most: number): readonly MessageName[]
}

export interface BlobFacts {
  readonly hash: string
  readonly bytes: number
  /** When it came, ms. */
  readonly at: number
}

/** Bytes by their sha256 (hex). It knows nothing of pictures, keys or who names a blob; what was made of one goes with it. */
export interface BlobStore {
  /** Resolves only once the blob would survive a crash; a second time changes nothing but its time. @throws when the name is not that of the bytes */
  put(hash: string, bytes: Uint8Array, at: number): Promise<Result<void, StorageFault>>
  read(hash: string): Promise<Uint8Array | undefined>
  stat(hash: string): Promise<Omit<BlobFacts, 'hash'> | undefined>
  /** Gives a blob another time, as if it had come then. */
  touch(hash: string, at: number): Promise<void>
  /** Beside a blob that is there; nothing happens where it is not. It can be made again, so it need not survive. */
  putMade(hash: string, name: string, bytes: Uint8Array, at: number): Promise<void>
  readMade(hash: string, name: string): Promise<Uint8Array | undefined>
  /** With all that was made of it. */
  remove(hash: string): Promise<void>
  all(): AsyncIterable<BlobFacts>
}

/** Keys whose owners had all of theirs erased. */
export interface Erasures {
  isErased(did: Did): boolean
  /** Out of the read model; tells what showed the key. Inside the caller's transaction. */
  takeFromModel(did: Did): Changed
  toldBy(did: Did): ToldByModerator | undefined
}

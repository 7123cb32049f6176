import { laterMigrations } from './later-migrations.ts'

/**
 * The database's shape, forward only. A file's `user_version` is the number of rows of this list it has been through;
 * a row that was ever released is never changed, a new one is added below it.
 */
export const migrations: readonly string[] = [
  // 1: the update log. `projected_seq` is the projector's: up to where it has judged the room.
  // An update has no foreign key on its room: both are written in one transaction, the room after its updates.
  `
  CREATE TABLE rooms (
    name          TEXT PRIMARY KEY,
    epoch         TEXT NOT NULL,
    last_seq      INTEGER NOT NULL,
    last_at       INTEGER NOT NULL,
    projected_seq INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE updates (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    at   INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX updates_of_room ON updates (room, seq);
  CREATE TABLE snapshots (
    room  TEXT PRIMARY KEY REFERENCES rooms (name) ON DELETE CASCADE,
    up_to INTEGER NOT NULL,
    body  BLOB NOT NULL
  ) STRICT;
  CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // 2: the projector's. The journal is kept for ever; `heads` to `tallies` follow from it and can be made again from it.
  // `contacts` follows from the contact rooms only, so that what is erased there is gone.
  `
  CREATE INDEX rooms_pending ON rooms (last_seq) WHERE last_seq > projected_seq
    AND ((name >= 'shelf/' AND name < 'shelf0') OR (name >= 'contact/' AND name < 'contact0'));
  CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    room        TEXT NOT NULL,
    slot        TEXT NOT NULL,
    seen        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    did         TEXT NOT NULL,
    kind        TEXT,
    id          TEXT,
    rev         INTEGER,
    updated_at  INTEGER,
    renewed_at  INTEGER,
    received_at INTEGER NOT NULL,
    verdict     TEXT NOT NULL,
    refusals    TEXT NOT NULL,
    rival       TEXT,
    rules       INTEGER NOT NULL,
    body        BLOB NOT NULL
  ) STRICT;
  CREATE INDEX journal_of_slot ON journal (room, slot, seq, seen);
  CREATE INDEX journal_of_revision ON journal (id, hash) WHERE verdict <> 'refused';
  CREATE TABLE heads (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    author      TEXT NOT NULL,
    slot        TEXT NOT NULL,
    seq         INTEGER NOT NULL REFERENCES journal (seq),
    rev         INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    prev        TEXT,
    renewed_at  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    first_at    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX heads_of_author ON heads (author, kind, first_at);
  CREATE TABLE listings (
    id        TEXT PRIMARY KEY,
    category  TEXT NOT NULL,
    intent    TEXT NOT NULL,
    sub       TEXT NOT NULL,
    title     TEXT NOT NULL,
    price_fen INTEGER,
    district  TEXT NOT NULL,
    "by"      TEXT NOT NULL,
    author    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    sample    INTEGER NOT NULL,
    live      INTEGER NOT NULL,
    ended_at  INTEGER,
    priced_at INTEGER NOT NULL,
    contact   TEXT,
    body      TEXT NOT NULL,
    folded    TEXT NOT NULL
  ) STRICT;
  CREATE INDEX listings_newest ON listings (at DESC, id) WHERE live = 1;
  CREATE INDEX listings_of_category ON listings (category, at DESC, id) WHERE live = 1;
  CREATE INDEX listings_until ON listings (until, category, sub) WHERE live = 1;
  CREATE INDEX listings_of_author ON listings (author, at DESC, id);
  CREATE TABLE profiles (
    did    TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    poster TEXT NOT NULL,
    sample INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE prices (
    id        TEXT NOT NULL,
    at        INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    price_fen INTEGER,
    PRIMARY KEY (id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tallies (
    day      INTEGER NOT NULL,
    category TEXT NOT NULL,
    sub      TEXT NOT NULL,
    live     INTEGER NOT NULL,
    PRIMARY KEY (day, category, sub)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE contacts (
    did        TEXT NOT NULL,
    slot       TEXT NOT NULL,
    id         TEXT NOT NULL,
    held       TEXT NOT NULL,
    commitment TEXT NOT NULL,
    number_mac BLOB NOT NULL,
    PRIMARY KEY (did, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contacts_of_listing ON contacts (id, commitment);
  CREATE INDEX contacts_of_number ON contacts (number_mac, id);
  `,
  // 3: an update's room is found by the last six letters of its name. With whole names in the index, which are sixty letters
  // of a key, each update wrote a page of it for itself, and that was half of what storing an update cost.
  `
  DROP INDEX updates_of_room;
  CREATE INDEX updates_of_room ON updates (substr(room, -6), seq);
  `,
  // 4: what is appended together lies together until it is spread over its rooms; a room's row may hold several updates, and
  // then the number and the end of each. Storing one cost a row, an index entry and the room's row, each in a page of its own.
  `
  CREATE TABLE batches (
    first_seq INTEGER PRIMARY KEY,
    rooms     TEXT NOT NULL,
    epochs    TEXT NOT NULL,
    entries   BLOB NOT NULL,
    bodies    BLOB NOT NULL
  ) STRICT;
  ALTER TABLE updates ADD COLUMN parts BLOB;
  `,
  // 5: printed editions: the one in force, and those whose files are still given out. All of it can be printed again.
  `
  CREATE TABLE editions (
    edition      TEXT PRIMARY KEY,
    base         TEXT NOT NULL,
    delta        TEXT,
    seq          INTEGER NOT NULL,
    printed_at   INTEGER NOT NULL,
    base_seq     INTEGER NOT NULL,
    base_at      INTEGER NOT NULL,
    entries      INTEGER NOT NULL,
    base_entries INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    site_hash    TEXT NOT NULL,
    replaced_at  INTEGER,
    dropped_at   INTEGER
  ) STRICT, WITHOUT ROWID;
  `,
  // 6: what can be found, with its words as tokens (src/domain/text.ts), for the plain search. `find_words` keeps no text of its
  // own, so a row leaves it by the words in `finds`; nothing of what was erased stays in it.
  `
  ALTER TABLE listings DROP COLUMN folded;
  CREATE TABLE finds (
    n       INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    at      INTEGER NOT NULL,
    printed TEXT,
    title   TEXT NOT NULL,
    text    TEXT NOT NULL,
    labels  TEXT NOT NULL
  ) STRICT;
  CREATE INDEX finds_printed ON finds (id) WHERE printed IS NOT NULL;
  CREATE VIRTUAL TABLE find_words USING fts5 (title, text, labels,
    content = 'finds', content_rowid = 'n', tokenize = 'ascii', detail = none, columnsize = 0);
  INSERT INTO find_words (find_words, rank) VALUES ('secure-delete', 1);
  `,
  // 7: what businesses publish. A guide has a row for each version that was accepted, and one for the version that counts; whose
  // it is and who signed a version need not be the same, and then there was a delegation.
  `
  ALTER TABLE profiles ADD COLUMN business TEXT;
  CREATE TABLE delegations (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    member  TEXT NOT NULL,
    draft   TEXT NOT NULL,
    role    TEXT NOT NULL,
    until   INTEGER NOT NULL,
    revoked INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delegations_of_member ON delegations (owner, member);
  CREATE TABLE guides (
    id       TEXT PRIMARY KEY,
    owner    TEXT NOT NULL,
    draft    TEXT NOT NULL,
    version  INTEGER NOT NULL,
    seq      INTEGER NOT NULL REFERENCES journal (seq),
    at       INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    live     INTEGER NOT NULL,
    lang     TEXT NOT NULL,
    title    TEXT NOT NULL,
    summary  TEXT NOT NULL,
    policy   INTEGER NOT NULL,
    sample   INTEGER NOT NULL,
    words    TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX guides_newest ON guides (at DESC, id) WHERE live = 1;
  CREATE INDEX guides_of_owner ON guides (owner, at DESC, id);
  CREATE TABLE guide_versions (
    id          TEXT NOT NULL,
    version     INTEGER NOT NULL,
    seq         INTEGER NOT NULL REFERENCES journal (seq),
    author      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT, WITHOUT ROWID;
  `,
  // 8: which messages lie in which inbox; what they say lies sealed in the inbox's room alone.
  `
  CREATE TABLE messages (
    recipient TEXT NOT NULL,
    sender    TEXT NOT NULL,
    id        TEXT NOT NULL,
    at        INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    PRIMARY KEY (recipient, sender, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX messages_of_sender ON messages (sender, at);
  CREATE INDEX messages_by_age ON messages (at);
  `,
  // 9: which photos listings name. `ended_at` is when a listing stopped naming one: replaced, or withdrawn.
  `
  CREATE TABLE photos (
    hash     TEXT NOT NULL,
    id       TEXT NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (hash, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX photos_of_listing ON photos (id);
  `,
  // 10: moderation. `labels` has every label that was accepted, the latest of a subject counts; `held` what they have hidden, by which of
  // them, and the journal's row that changed it. Both follow from the journal. `reports` does not: it can be erased.
  `
  CREATE TABLE labels (
    seq     INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    kind    TEXT NOT NULL,
    action  TEXT NOT NULL,
    rule    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX labels_of_subject ON labels (subject, at DESC, seq DESC);
  CREATE TABLE held (
    id     TEXT PRIMARY KEY,
    label  INTEGER,
    seq    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX held_since ON held (seq);
  CREATE INDEX held_by ON held (label) WHERE label IS NOT NULL;
  CREATE TABLE reports (
    subject TEXT NOT NULL,
    by      TEXT NOT NULL,
    did     TEXT,
    reason  TEXT NOT NULL,
    text    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (subject, by)
  ) STRICT, WITHOUT ROWID;
  `,
  // 11: keys whose owners had all erased: what is under way and how far it is, and afterwards a hash and nothing else.
  `
  CREATE TABLE erasures (
    n    INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL UNIQUE,
    at   INTEGER NOT NULL,
    step TEXT NOT NULL,
    did  TEXT,
    ids  TEXT
  ) STRICT;
  `,
  ...laterMigrations,
]

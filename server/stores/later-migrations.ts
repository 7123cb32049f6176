/** The migrations from the twelfth on; `migrations.ts` has the first eleven and how they are run. */
export const laterMigrations: readonly string[] = [
  // 12: keys that have said their own end, and by which row of the journal. Follows from the journal.
  `
  CREATE TABLE ends (
    did       TEXT PRIMARY KEY,
    seq       INTEGER NOT NULL REFERENCES journal (seq),
    successor TEXT,
    at        INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // 13: what live listings are compared by (HR-3); one that was there before is sketched when its key posts next. And bytes of photos
  // that a key or a network has sent within a day, by a hash of its name.
  `
  CREATE TABLE sketches (id TEXT PRIMARY KEY, sketch BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE sent (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // 14: what each label is called in the chain of all of them, so that nobody can take one out unseen.
  `
  ALTER TABLE labels ADD COLUMN hash TEXT NOT NULL DEFAULT '';
  UPDATE labels SET hash = coalesce((SELECT hash FROM journal WHERE journal.seq = labels.seq), '');
  `,
  // 15: what moderators have written into the town's own pages. Follows from the journal, but for what an erased one took off.
  `
  CREATE TABLE town_entries (
    seq   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL,
    entry TEXT,
    by    TEXT NOT NULL,
    at    INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX town_entries_of ON town_entries (id, at, seq);
  `,
  // 16: messages that their recipient had taken out before their time. The row stays as long as it would have: quotas count it, and who
  // wrote may be answered.
  `
  ALTER TABLE messages ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
  `,
]

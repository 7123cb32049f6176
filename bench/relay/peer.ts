/**
 * @hocuspocus/server as its manual sets it up: the Database extension, the standard debounce (2 s, at most 10 s), no
 * authentication hook. It acknowledges from memory and stores later; the file is in WAL mode with `synchronous=NORMAL`,
 * the kindest setting, so that storing costs it as little as can be. Prints its address. Argument: the database file.
 */
import { DatabaseSync } from 'node:sqlite'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'

const db = new DatabaseSync(process.argv[2] ?? '')
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
db.exec('CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT')
const select = db.prepare('SELECT data FROM documents WHERE name = ?')
const upsert = db.prepare(
  'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data',
)

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  websocketOptions: { maxPayload: 256 * 1024 * 1024 },
  extensions: [
    new Database({
      fetch: async ({ documentName }) => (select.get(documentName)?.['data'] as Uint8Array | undefined) ?? null,
      store: async ({ documentName, state }) => void upsert.run(documentName, state),
    }),
  ],
})
await server.listen()
console.log(`ws://127.0.0.1:${server.address.port}/`)

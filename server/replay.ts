/**
 * `npm run replay`: makes the read model again from the journal, in one transaction, with the server stopped.
 * `npm run replay -- --check` compares only, and ends with 1 when the read model is not what the journal says.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DatabaseSync } from 'node:sqlite'
import { readConfig } from './config.ts'
import { claimFolder } from './folder.ts'
import { databaseFile, openDatabase } from './stores/database.ts'
import { clearFinds } from './stores/find-table.ts'
import { createJournal } from './stores/journal.ts'
import { createReadModelWriter, readModelTables } from './stores/read-model-write.ts'
import { createSqliteCore, type SqliteCore } from './stores/sqlite.ts'

export interface Replayed {
  readonly journalRows: number
  readonly tables: Readonly<Record<string, number>>
  /** Tables whose rows were not what the journal says. */
  readonly changed: readonly string[]
}

/** Verdicts stand as the journal has them: nothing is judged again. `latest` and `wire` are rooms, the next start puts them right,
 *  and what the plain search finds, if anything changed here. */
export function replayInto(core: SqliteCore): Replayed {
  return core.transact(() => {
    const before = dumpOf(core.db)
    const model = createReadModelWriter(core.db)
    model.clear()
    let journalRows = 0
    for (const row of createJournal(core.db).published()) {
      model.apply(row)
      journalRows++
    }
    const after = dumpOf(core.db)
    const changed = readModelTables.filter((table) => before[table].join('\n') !== after[table].join('\n'))
    if (changed.length > 0) clearFinds(core.db)
    const tables = Object.fromEntries(readModelTables.map((table) => [table, after[table].length]))
    return { journalRows, tables, changed }
  })
}

/** Every row of every table of the read model, spelled out and sorted. */
export function dumpOf(db: DatabaseSync): Readonly<Record<(typeof readModelTables)[number], readonly string[]>> {
  const rowsOf = (table: string) =>
    db
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
  const rows = readModelTables.map((table) => [table, rowsOf(table)] as const)
  return Object.fromEntries(rows) as unknown as ReturnType<typeof dumpOf>
}

const undo = Symbol('undo')

function checkOnly(core: SqliteCore): Replayed {
  let replayed: Replayed | undefined
  try {
    core.transact(() => {
      replayed = replayInto(core)
      throw undo
    })
  } catch (thrown) {
    if (thrown !== undo) throw thrown
  }
  if (!replayed) throw new Error('the replay gave nothing')
  return replayed
}

function main(): number {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.error.lines.join('\n'))
  const path = join(config.value.dataDir, databaseFile)
  if (!existsSync(path)) return fail(`DATA_DIR=${config.value.dataDir} holds no ${databaseFile}`)
  const folder = claimFolder(config.value.dataDir, config.value.portal)
  if (!folder.ok) return fail(`DATA_DIR=${config.value.dataDir}: ${folder.error.detail}`)
  const opened = openDatabase(path)
  if (!opened.ok) return fail(`${opened.error.kind}: ${opened.error.path}: ${opened.error.detail}`)
  const core = createSqliteCore(opened.value)
  const check = process.argv.includes('--check')
  const { journalRows, tables, changed } = check ? checkOnly(core) : replayInto(core)
  core.db.close()
  folder.value.release()
  const counts = Object.entries(tables).map(([table, rows]) => `${table} ${rows}`)
  console.log(`${journalRows} journal rows: ${counts.join(', ')}`)
  console.log(changed.length === 0 ? 'the read model is what the journal says' : `differed: ${changed.join(', ')}`)
  return check && changed.length > 0 ? 1 : 0
}

function fail(line: string): number {
  console.error(line)
  return 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main()

/** `npm start`: builds the site when the build is missing, older than its sources or made for another town or address; then serves it. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { dropStamp, readStamp, stampOf, writeStamp } from './build/stamp.ts'
import { readConfig, type Config } from './config.ts'
import { loadTown } from './town.ts'

const root = new URL('..', import.meta.url).pathname
const dist = join(root, 'dist')
const sources = ['src', 'server/build', 'server/routes/security.ts', 'content', 'package.json', 'astro.config.mjs']

/** The newest change below a path, ms. */
function newestIn(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).reduce(
    (newest, name) => Math.max(newest, statSync(join(path, name)).mtimeMs),
    found.mtimeMs,
  )
}

function isCurrent(config: Config): boolean {
  const built = readStamp(dist)
  if (built?.stamp !== stampOf(config)) return false
  return sources.every((name) => newestIn(join(root, name)) <= built.at)
}

/** Builds in a process of its own, so that the server starts without the bundler in memory. Not --silent: that would silence the built pages too. */
function build(config: Config): boolean {
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs')
  const env = { ...process.env, PORTAL: config.portal, ASTRO_TELEMETRY_DISABLED: '1' }
  dropStamp(dist)
  const { status } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status === 0) writeStamp(dist, stampOf(config))
  return status === 0
}

const config = readConfig(process.env)
if (!config.ok) {
  for (const line of config.error.lines) console.error(line)
  process.exit(2)
}
const { portal } = config.value
const town = loadTown(portal, join(root, 'content'))
if (!town.ok) {
  console.error(`PORTAL=${portal}: ${town.error.path}: ${town.error.detail}`)
  process.exit(2)
}
const only = process.argv[2] // --build, --build-if-stale or nothing
if (only === '--build' || !isCurrent(config.value)) {
  console.log(`Building the site of ${portal} …`)
  if (!build(config.value)) process.exit(1)
}
if (!only) await import('./main.ts')

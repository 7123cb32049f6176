/** `npm start`: builds the site when the build is missing, older than its sources or made for another town; then serves it. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './config.ts'

const root = new URL('..', import.meta.url).pathname
const stampPath = join(root, 'dist', 'built-for.txt')
const sources = ['src', 'content', 'package.json', 'astro.config.mjs']

/** The newest change below a path, ms. */
function newestIn(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).reduce(
    (newest, name) => Math.max(newest, statSync(join(path, name)).mtimeMs),
    found.mtimeMs,
  )
}

function isCurrent(portal: string): boolean {
  if (!existsSync(stampPath) || readFileSync(stampPath, 'utf8').trim() !== portal) return false
  const builtAt = statSync(stampPath).mtimeMs
  return sources.every((name) => newestIn(join(root, name)) <= builtAt)
}

/** Builds in a process of its own, so that the server starts without the bundler in memory. */
function build(portal: string): boolean {
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs')
  const env = { ...process.env, PORTAL: portal, ASTRO_TELEMETRY_DISABLED: '1' }
  const { status } = spawnSync(process.execPath, [astro, 'build', '--silent'], { cwd: root, env, stdio: 'inherit' })
  if (status === 0) writeFileSync(stampPath, `${portal}\n`)
  return status === 0
}

const config = readConfig(process.env)
if (!config.ok) {
  for (const line of config.error.lines) console.error(line)
  process.exit(2)
}
const { portal } = config.value
const only = process.argv[2] // --build, --build-if-stale or nothing
if (only === '--build' || !isCurrent(portal)) {
  console.log(`Building the site of ${portal} …`)
  if (!build(portal)) process.exit(1)
}
if (!only) await import('./main.ts')

/** A portal of another town: the same sources, built for it in a folder of their own. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPortal, type Portal } from './portal.ts'

const root = new URL('../..', import.meta.url).pathname
const needed = ['src', 'server', 'content', 'package.json', 'tsconfig.json', 'astro.config.mjs']

/** Building takes about a minute. */
export async function startAnotherTown(portal: string): Promise<Portal> {
  const folder = mkdtempSync(join(tmpdir(), 'another-town-'))
  for (const name of needed) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const env = { ...process.env, PORTAL: portal }
  const built = spawnSync(process.execPath, ['server/start.ts', '--build'], { cwd: folder, env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${portal} was not built: ${built.stderr}`)
  const town = await startPortal({ PORTAL: portal }, folder)
  const remove = async () => {
    await town.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  return Object.defineProperties({ ...town, remove }, { url: { get: () => town.url } }) as Portal
}

/** The server as a process of its own, started where it cannot run: one clear line, an exit code, and nothing harmed. */
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimFolder } from '../../server/folder.ts'
import { databaseFile } from '../../server/stores/database.ts'
import { must } from '../fixtures/must.ts'

const root = new URL('../..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'start-'))
afterAll(() => rmSync(folder, { recursive: true }))
const inFolder = (name: string) => join(folder, name)

/** @returns how it ended and every line it wrote to its error output */
const run = (script: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) =>
  new Promise<{ code: number | null; lines: readonly string[]; out: string }>((resolve) => {
    const all = { ...process.env, PORT: '0', LOG_LEVEL: 'silent', SAMPLES: 'off', PORTAL: 'rizhao', ...env }
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, env: all })
    let [out, problem] = ['', '']
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (problem += bytes.toString()))
    child.once('close', (code) => resolve({ code, lines: problem.split('\n').filter(Boolean), out }))
  })

const asText = (name: string, text: string): string => {
  mkdirSync(inFolder(name))
  writeFileSync(join(inFolder(name), databaseFile), text)
  return inFolder(name)
}

describe('the server does not start', () => {
  it.concurrent.each([
    ['with a wrong PORT', { PORT: '70000' }, /^PORT=70000 is not allowed: .*65535/],
    ['with a wrong SAMPLES', { SAMPLES: 'perhaps' }, /^SAMPLES=perhaps is not allowed: on \| off$/],
    ['in a town that is not there', { PORTAL: 'atlantis' }, /^PORTAL=atlantis: .*there are huangdao, rizhao$/],
    ['in a folder that cannot be made', { DATA_DIR: '/dev/null/data' }, /^DATA_DIR=\/dev\/null\/data: .*ENOTDIR/],
    ['on a host that is not here', { HOST: '192.0.2.1' }, /^HOST=192\.0\.2\.1: .*EADDRNOTAVAIL/],
  ])('%s: one line, code 1', async (name, env, line) => {
    const ended = await run('server/main.ts', { DATA_DIR: inFolder(name), ...env })
    expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(line)], out: '' })
  })

  it('says all that is wrong with the environment at once', async () => {
    const { code, lines } = await run('server/main.ts', { PORT: 'x', ORIGIN: 'y', DATA_DIR: inFolder('never') })
    expect(code).toBe(1)
    expect(lines.map((line) => line.split('=')[0])).toEqual(['PORT', 'ORIGIN'])
  })

  it('on a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const PORT = String((other.address() as AddressInfo).port)
    const ended = await run('server/main.ts', { PORT, DATA_DIR: inFolder('taken') })
    other.close()
    expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(`^PORT=${PORT} is taken: .*`)], out: '' })
  })

  it('in a folder of another town, and leaves it as it was', async () => {
    const DATA_DIR = inFolder('theirs')
    must(claimFolder(DATA_DIR, 'huangdao')).release()
    const ended = await run('server/main.ts', { DATA_DIR })
    expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(/^DATA_DIR=.*belongs to huangdao/)], out: '' })
    expect(readFileSync(join(DATA_DIR, 'portal.txt'), 'utf8')).toBe('huangdao\n')
  })

  it('in a folder that another process works in; nor does the replay', async () => {
    const DATA_DIR = asText('busy', '')
    const held = must(claimFolder(DATA_DIR, 'rizhao'))
    const line = [expect.stringMatching(/^DATA_DIR=.*: another process works in it/)]
    expect(await run('server/main.ts', { DATA_DIR })).toEqual({ code: 1, lines: line, out: '' })
    expect(await run('server/replay.ts', { DATA_DIR })).toEqual({ code: 1, lines: line, out: '' })
    held.release()
    expect(claimFolder(DATA_DIR, 'rizhao')).toMatchObject({ ok: true })
  })

  it('but does in one whose process was killed', async () => {
    const path = inFolder('killed')
    const claim = `import { claimFolder } from '${root}server/folder.ts'
      if (claimFolder('${path}', 'rizhao').ok) process.kill(process.pid, 'SIGKILL')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', claim], { cwd: root })
    const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
    expect(signal).toBe('SIGKILL')
    expect(claimFolder(path, 'rizhao')).toMatchObject({ ok: true })
  })

  it('on a corrupt database file, and leaves it as it was', async () => {
    const ruins = 'this was a database once. '.repeat(400)
    const DATA_DIR = asText('corrupt', ruins)
    const ended = await run('server/main.ts', { DATA_DIR })
    expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(/portal\.sqlite: corrupt-database: /)], out: '' })
    expect(readFileSync(join(DATA_DIR, databaseFile), 'utf8')).toBe(ruins)
  })
})

describe('npm start does not build', () => {
  it.concurrent.each([
    ['for a wrong environment', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL=loud is not allowed: trace \| /],
    ['for a town that is not there', { PORTAL: 'atlantis' }, /^PORTAL=atlantis: .*no such town/],
  ])('%s', async (_, env, line) => {
    const ended = await run('server/start.ts', env, ['--build'])
    expect(ended).toEqual({ code: 2, lines: [expect.stringMatching(line)], out: '' })
  })
})

/** `npm test`: finds a browser, builds the site when it is stale, runs every project and ends with the true counts. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { needChromium } from './chromium.ts'

const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numFailedTestSuites: z.int() })

const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'portal-test-'))
const report = join(folder, 'report.json')

function node(args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1
}

function run(): number {
  const chromium = needChromium()
  if (!chromium) return 1
  if (node(['server/start.ts', '--build-if-stale'], { PORTAL: 'rizhao' }) !== 0) return 1
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts']
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = node([...vitest, ...reporters, ...process.argv.slice(2)], { CHROMIUM_PATH: chromium })
  const { numPassedTests, numFailedTests, numFailedTestSuites } = Report.parse(JSON.parse(readFileSync(report, 'utf8')))
  const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites)) // a file that does not load fails too
  console.log(`${numPassedTests} passed, ${failed} failed`)
  return status
}

try {
  process.exitCode = run()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Where the browser of the journeys is: CHROMIUM_PATH, the usual places, Playwright's own; else it is installed, or the answer says what to type. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

// prettier-ignore
const usualPlaces = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : undefined
  return [...usualPlaces, chromium.executablePath()].find((path) => path && existsSync(path))
}

const runs = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

/** The path, after an installation if need be; undefined after one line that says what to type. */
export function needChromium(): string | undefined {
  const found = findChromium()
  if (found) return found
  if (process.env['CHROMIUM_PATH']) {
    console.error(
      `CHROMIUM_PATH=${process.env['CHROMIUM_PATH']} does not exist: name an installed Chromium or unset it.`,
    )
    return undefined
  }
  console.log('No Chromium found; installing one for the browser tests …')
  const byRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']
  const installed =
    (byRoot && runs('apt-get', 'update') && runs('apt-get', ...install)) ||
    runs(process.execPath, 'node_modules/playwright-core/cli.js', 'install', 'chromium')
  const path = installed ? findChromium() : undefined
  if (!path)
    console.error('Could not install Chromium. Install it yourself and type: CHROMIUM_PATH=/path/to/chromium npm test')
  return path
}

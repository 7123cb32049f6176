/**
 * `npm run size`: what each page makes a browser load, in kB of brotli, against a fence that fails the build and the aim
 * it is to be brought down to. A script counts with everything it imports at once; what is fetched when idle is told apart.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { packedFilesIn, unpackFiles } from '#domain/built-files.ts'
import { locales, scriptFolder } from '#domain/locale.ts'

const client = new URL('../dist/client', import.meta.url).pathname
const assets = join(client, '_a')
const kilobyte = 1000

/** The scripts an island starts with, by the name of its file; Astro's own loader is inline. */
// prettier-ignore
const budgets: readonly { readonly page: string; readonly scripts: readonly string[]; readonly fence: number; readonly aim: number }[] = [
  { page: 'plain',   scripts: ['ConnectionMark'],                                     fence: 15, aim: 12 },
  { page: 'listing', scripts: ['ConnectionMark', 'ContactReveal', 'SignatureMark'],   fence: 25, aim: 25 },
  { page: 'home',    scripts: ['ConnectionMark', 'Latest'],                           fence: 27, aim: 27 },
  { page: 'search',  scripts: ['ConnectionMark', 'SearchBox'],                        fence: 40, aim: 40 },
  { page: 'post',    scripts: ['ConnectionMark', 'PostForm'],                         fence: 63.5, aim: 60 },
  { page: 'business', scripts: ['ConnectionMark', 'BusinessDesk'],                    fence: 78.5, aim: 60 },
  { page: 'me',      scripts: ['ConnectionMark', 'KeyCard', 'MyListings'],            fence: 63, aim: 60 },
]
const syncFence = 45
const editorFence = 234 // Tiptap and all it stands on; with the first draft that is opened
const advisorFence = 36 // all policies within; woken only when it is scrolled to

const files = readdirSync(assets).filter((name) => name.endsWith('.js'))
const texts = new Map(files.map((name) => [name, readFileSync(join(assets, name), 'utf8')]))

/** A script weighs what it does in the language whose words are the heaviest; where it has none it is there once. */
const weights = new Map(
  files.map((name) => {
    const spoken = locales.map((locale) => join(assets, scriptFolder(locale), name)).filter((path) => existsSync(path))
    return [name, Math.max(...spoken.map((path) => brotliCompressSync(readFileSync(path)).length))]
  }),
)

const fileOf = (script: string): string => {
  const found = files.find((name) => name.startsWith(`${script}.`))
  if (!found) throw new Error(`no file of the build is named ${script}: is the build there?`)
  return found
}

const staticImports = (name: string): readonly string[] =>
  [...(texts.get(name) ?? '').matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)].map(([, file = '']) => file)

function closure(names: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    closure(staticImports(name), seen)
  }
  return seen
}

const kilobytes = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + (weights.get(name) ?? 0), 0) / kilobyte

let over = 0
const row = (what: string, size: number, fence: number, aim = fence): void => {
  if (size > fence) over++
  const told = size > fence ? '  OVER' : size > aim ? `  (aim ${aim})` : ''
  console.log(`${what.padEnd(10)} ${size.toFixed(1).padStart(6)} kB  of ${String(fence).padStart(3)}${told}`)
}

console.log('script loaded with the page, brotli')
const solid = fileOf('client') // wakes the islands
for (const { page, scripts, fence, aim } of budgets)
  row(page, kilobytes(closure([...scripts.map(fileOf), solid])), fence, aim)
const first = closure([fileOf('Latest'), fileOf('ConnectionMark'), solid])
const sync = [...closure(['relayed', 'rooms', 'link', 'keys'].map(fileOf))].filter((name) => !first.has(name))
console.log('loaded when idle')
row('sync', kilobytes(sync), syncFence)
const asked = [...closure([fileOf('me')])].filter((name) => !first.has(name) && !sync.includes(name))
row('workspace', kilobytes(asked), 3) // with the form, and with one's own page
console.log('with every page: letters, languages, badge, service worker; and what that keeps')
row('frame', kilobytes(closure([fileOf('Page')])), 2.1) // looks for endings of one's own listings too
row('worker', brotliOf('sw.js'), 9) // the names of all files within
row(
  'precache',
  shellAddresses().reduce((sum, address) => sum + brotliOf(address), 0),
  250,
)
console.log('loaded when scrolled to')
const own = closure(['ConnectionMark', 'KeyCard', 'MyListings'].map(fileOf))
row('storage', kilobytes([...closure([fileOf('StorageCard')])].filter((name) => !own.has(name))), 4)
row('editor', kilobytes(closure([fileOf('GuideEditor')])), editorFence)
row('advisor', kilobytes(closure([fileOf('PolicyAdvisor')])), advisorFence)
process.exitCode = over > 0 ? 1 : 0

function brotliOf(address: string): number {
  const path = join(client, address.includes('.') ? address : `${address}/index.html`)
  return brotliCompressSync(readFileSync(path)).length / kilobyte
}

/** What the service worker fetches when it is installed; the pages it lists beside, and scripts in one language, come later. */
function shellAddresses(): readonly string[] {
  const listed = unpackFiles(packedFilesIn(readFileSync(join(client, 'sw.js'), 'utf8')))
  return listed.map(({ url }) => url).filter((url) => /^\/(?!_a\/.*\/).*\.|\/offline$/.test(url))
}

/** The map in ARCHITECTURE.md, checked. A folder imports from itself and from the folders beside its name; nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { patienceMs } from './journeys/patience.ts'

const feature = ['src/domain/', 'src/i18n/', 'src/identity/', 'src/sync/', 'src/ui/']
// prettier-ignore
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/domain/': [],
  'src/i18n/': ['src/domain/', 'content/'],
  'src/ui/': ['src/domain/'],
  'src/identity/': ['src/domain/', 'src/i18n/', 'src/ui/'],
  'src/sync/': ['src/domain/', 'src/identity/', 'src/i18n/', 'src/ui/'], // i18n: the connection mark and storage notices speak; ui: the style sheet by which lines are left out
  'src/listings/': [...feature, 'content/', 'src/private/'], // the form carries the words of the house rules; a renewal is held against the one that was seen before
  'src/guides/': [...feature, 'content/'], // the advisor carries the policies with it, to work without a network
  'src/own/': [...feature, 'content/', 'src/listings/'], // what is brought along is published as the form does it
  'src/search/': [...feature, 'content/', 'src/private/'], // synonyms come with the worker; beside a favourite stands its note
  'src/messages/': [...feature, 'content/', 'src/private/'], // hints by the words of the house rules; who blocks somebody may leave his listings out too
  'src/private/': feature,
  'src/moderation/': [...feature, 'content/'], // the queue carries the house rules
  'src/offline/': ['src/domain/', 'src/i18n/', 'src/ui/'],
  'src/layouts/': ['src/domain/', 'src/i18n/', 'src/ui/', 'src/offline/', 'src/identity/', 'src/sync/', 'src/search/', 'src/listings/', 'src/messages/', 'src/private/'], // the connection mark, the badges of saved searches and messages, what tells of endings and of what is left out stand in every page's frame
  'src/pages/': ['src/', 'content/'],
  'src/languages/': ['src/domain/', 'content/'], // part of the build: nothing that runs later imports it
  'src/content.config.ts': ['src/domain/', 'src/languages/'],
  'src/middleware.ts': ['src/domain/'],
  'src/env.d.ts': ['src/domain/'],
  'server/build/': ['src/ui/', 'server/'], // allows by hash what stands in every page
  'server/stores/': ['src/domain/'],
  'server/relay/': ['src/domain/', 'server/stores/store.ts'],
  'server/projector/': ['src/domain/', 'server/stores/store.ts'],
  'server/routes/': ['src/domain/', 'server/stores/store.ts', 'server/relay/', 'server/projector/', 'server/errors.ts'],
  'server/': ['src/domain/', 'server/'],
}

/** Packages the domain may use, each with its reason. */
// prettier-ignore
const domainPackages: readonly (readonly [RegExp, string])[] = [
  [/^zod\/mini$/, 'schemas; zod itself would weigh 16 kB more in every island'],
  [/^yjs$/, 'update bytes'],
  [/^lunr$/, 'the English stemmer, the same on both sides'],
  [/^lib0\//, 'varints of the wire'],
  [/^@noble\/curves\//, 'Ed25519 where WebCrypto lacks it, and X25519 for messages; loaded only then'],
]
const longFiles: Readonly<Record<string, string>> = {} // path -> the reason it may pass 300 lines

const files = ['src', 'server']
  .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
  .filter((name) => /\.(ts|tsx|astro)$/.test(name))

/** The longest prefix wins, so `server/relay/` is asked before `server/`. */
const zoneOf = (file: string): string | undefined =>
  Object.keys(mayImport)
    .filter((zone) => file.startsWith(zone))
    .sort((a, b) => b.length - a.length)[0]

/** Where an import leads, or undefined for a package. The `#` names are those of package.json. */
function targetOf(from: string, name: string): string | undefined {
  if (name.startsWith('.')) return join(dirname(from), name)
  if (name === '#portal.json') return 'content/portals/'
  if (name.startsWith('#domain/')) return name.replace('#domain/', 'src/domain/')
  return name.startsWith('#src/') ? name.slice(1) : undefined
}

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name)

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const zone = zoneOf(file)

  it('has a place on the map', () => expect(zone).toBeDefined())

  it('imports only along the arrows', () => {
    const allowed = zone ? [zone, ...(mayImport[zone] ?? [])] : []
    for (const name of importsOf(text)) {
      const target = targetOf(file, name)
      if (target)
        expect(
          allowed.some((prefix) => target.startsWith(prefix)),
          `${file} -> ${target}`,
        ).toBe(true)
      else if (zone === 'src/domain/')
        expect(
          domainPackages.some(([pattern]) => pattern.test(name)),
          name,
        ).toBe(true)
    }
  })

  it('stays under 300 lines', () => {
    if (!longFiles[file]) expect(text.split('\n').length).toBeLessThanOrEqual(300)
  })
})

describe('the map', () => {
  it('catches an arrow that points outward', () => {
    const found = importsOf("import { app } from '../../server/app.ts'").map((name) =>
      targetOf('src/domain/x.ts', name),
    )
    expect(found).toEqual(['server/app.ts'])
  })

  it('keeps the heavy zod out of the browser', () => {
    const inBrowser = files.filter((name) => name.startsWith('src/') && name !== 'src/content.config.ts') // that one is read by the build
    for (const file of inBrowser) expect(importsOf(readFileSync(file, 'utf8')), file).not.toContain('zod')
  })

  it('has the small clock-free heart: the domain names no clock, no chance, no storage, no page', () => {
    for (const file of files.filter((name) => name.startsWith('src/domain/') && !name.endsWith('.d.ts')))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|getRandomValues|localStorage|document\.|window\./,
      )
  })
})

describe('a journey', () => {
  const journeys = readdirSync('test/journeys', { recursive: true, encoding: 'utf8' })
    .map((name) => join('test/journeys', name))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('/patience.ts'))
  const msIn = (text: string, pattern: RegExp): readonly number[] =>
    [...text.matchAll(pattern)].map(([, ms = '']) => Number(ms.replaceAll('_', '')))
  /** What it would wait for less than all others do. */
  const hasteIn = (text: string): readonly (string | number)[] => [
    ...msIn(text, /(?<!DatabaseSync\(.*)\btimeout: ([\d_]+)/g).filter((ms) => ms < patienceMs),
    ...msIn(text, /(?:^ +|, )([\d_]{5,}),?\)?$/gm).filter((ms) => ms < 5 * patienceMs), // the last argument of a test
    ...[...text.matchAll(/setDefaultTimeout\((?!patienceMs)|fixtures\/until/g)].map(([found]) => found),
  ]

  it.each(journeys)('%s has the patience of all', (file) => expect(hasteIn(readFileSync(file, 'utf8'))).toEqual([]))

  it('would be caught with less', () => {
    const hasty = ['row.waitFor({ timeout: 15_000 })', '}, 120_000)', '  180_000,', 'context.setDefaultTimeout(9)']
    for (const line of hasty) expect(hasteIn(`it('x', () => {\n${line}\n`), line).toHaveLength(1)
    expect(hasteIn('new DatabaseSync(path, { timeout: 10_000 })\nbeforeAll(build, 600_000)')).toEqual([])
  })
})

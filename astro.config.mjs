import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import node from '@astrojs/node'
import solid from '@astrojs/solid-js'
import { defineConfig } from 'astro/config'
import { build } from 'esbuild'
import { injectManifest } from 'workbox-build'
import { writeInlineHashes } from './server/build/inline-hashes.ts'
import { precompress } from './server/build/precompress.ts'
import { packFiles, packedFilesIn, unpackFiles } from './src/domain/built-files.ts'
import { hashedWords } from './src/languages/hashed.ts'
import { renderedWords } from './src/languages/rendered.ts'
import { cutScripts } from './src/languages/scripts.ts'
import { townCss } from './src/ui/tints.ts'

/** A site is built for one town, since its prerendered pages carry the town's name. */
const portal = process.env.PORTAL || 'rizhao'

/** Scripts in one language each, before the service worker counts them. */
const languages = () => ({
  name: 'languages',
  hooks: {
    'astro:build:done': ({ dir }) => cutScripts(fileURLToPath(new URL('_a', dir))),
  },
})

/** Solid's integration, with a renderer that takes every island for its own. */
const islands = () => {
  const { hooks, ...integration } = solid()
  const setup = (given) =>
    hooks['astro:config:setup']({
      ...given,
      addRenderer: (renderer) =>
        given.addRenderer({ ...renderer, serverEntrypoint: new URL('./src/layouts/islands.ts', import.meta.url) }),
    })
  return { ...integration, hooks: { ...hooks, 'astro:config:setup': setup } }
}

/** The service worker: bundled, then told the names of all files of the build and their revisions. */
const serviceWorker = () => ({
  name: 'service-worker',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const client = fileURLToPath(dir)
      const folder = await mkdtemp(join(tmpdir(), 'worker-'))
      const bundle = join(folder, 'sw.js')
      await build({
        entryPoints: [fileURLToPath(new URL('./src/offline/worker.ts', import.meta.url))],
        outfile: bundle,
        bundle: true,
        minify: true,
        target: ['chrome109', 'safari16.4', 'firefox115'],
        legalComments: 'none',
        define: { 'process.env.NODE_ENV': '"production"' },
      })
      const { warnings } = await injectManifest({
        swSrc: bundle,
        injectionPoint: 'self.builtFiles',
        swDest: join(client, 'sw.js'),
        globDirectory: client,
        globPatterns: ['_a/**/*.{js,css}', '*.{css,svg}', '**/index.html'],
        // what few need, or nobody before search is opened: the first page that needs it keeps it
        globIgnores: [
          '_a/**/{worker-,wire-room}*.js',
          '_a/**/{extras,FacetBars}.*.js',
          '_a/**/ed25519.*.js',
          '_a/**/GuideEditor.*',
          '_a/**/{ModerationDesk,TownDesk,told,moderation,town-desk,Report,reported,BusinessDesk,OwnData,operator,log,drop-hidden,DecisionLog,alike,again,GuideSignature,guide-proof}.*',
          '_a/**/{Beside,house-hint,message-beside,removal}.*',
          '_a/**/{advisor,PolicyAdvisor}.*.css', // twice what a guide's own style sheet has
          '_a/**/{own,bringing,bundle,bundle-*,taking-back,workspace-texts,ending-key,key-end,EndMark,TableDesk,table,table-*,csv}.*',
          '_a/**/{NoteBox,HideSeller,hidden-lists,Compare,GuideSignature,guide-proof,published-guide}.*',
          '_a/**/HideSlot.*.js',
          '_a/**/{ContactReveal,MessageSeller,SignatureMark,Share,ListingHeart}.*.js', // of pages that were opened before they are kept
          '_a/**/_category_.*.css',
        ],
        dontCacheBustURLsMatching: /^_a\//, // their names are their revisions
        manifestTransforms: [toAddresses],
      })
      await rm(folder, { recursive: true })
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
      await writeShort(join(client, 'sw.js'))
      await tellSize(client)
    },
  },
})

/** The town's colours as a style sheet, in one file with that of every page. */
const townColours = () => ({
  name: 'town-colours',
  resolveId: (id) => (id === 'virtual:town.css' ? '\0town.css' : undefined),
  async load(id) {
    if (id !== '\0town.css') return undefined
    const { colour } = JSON.parse(await readFile(`content/portals/${portal}.json`, 'utf8'))
    return townCss(colour)
  },
})

/** Files that load others later hold no lists of their names: those were a third of what a guide loads. Astro would set it back. */
const withoutLists = () => ({
  name: 'without-lists',
  configEnvironment: (name) => (name === 'client' ? { build: { modulePreload: false } } : undefined),
})

/** Yjs as its own modules in the browser: bundled as the one file it ships, all pages would load what only the editor needs of it. */
const yjsByModule = () => ({
  name: 'yjs-by-module',
  enforce: 'pre',
  resolveId(id) {
    return this.environment.name === 'client' ? fromSource[id] : undefined
  },
})
const inModules = (path) => fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url))
const fromSource = { yjs: inModules('yjs/src/index.js'), 'lib0/logging': inModules('lib0/logging.node.js') }

/** What the server needs of a build beside its files; after the service worker, which is one of them. */
const finishing = () => ({
  name: 'finishing',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const client = fileURLToPath(dir)
      writeInlineHashes(dirname(client))
      precompress(client)
    },
  },
})

/** A file of the build under the address a reader opens; eight characters tell one revision from the next. */
const toAddresses = (entries) => ({
  manifest: entries.map(({ url, revision }) => ({
    url: `/${url}`.replace(/\/index\.html$/, ''),
    revision: revision?.slice(0, 8) ?? null,
  })),
  warnings: [],
})

/** The list as `injectManifest` writes it is a third of the whole file. */
async function writeShort(path) {
  const worker = await readFile(path, 'utf8')
  const [list] = /\[\{"revision".*?\}\]/s.exec(worker) ?? []
  if (!list) throw new Error('the service worker was told no files')
  await writeFile(
    path,
    worker.replace(list, () => JSON.stringify(packFiles(JSON.parse(list)))),
  )
}

/** What a first visit fetches when it is at rest; `npm run size` holds both against their fences. */
async function tellSize(client) {
  const worker = await readFile(join(client, 'sw.js'))
  const addresses = unpackFiles(packedFilesIn(worker.toString())).map(({ url }) => url)
  const shell = addresses.filter((address) => /^\/(?!_a\/.*\/).*\./.test(address)) // scripts in one language come later
  const offline = addresses.filter((address) => address.endsWith('/offline')).map((address) => `${address}/index.html`)
  const files = await Promise.all([...shell, ...offline].map((name) => readFile(join(client, name))))
  const kilobytes = (all) => (all.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1000).toFixed(1)
  console.log(`service worker ${kilobytes([worker])} kB, precache ${kilobytes(files)} kB of brotli`)
}

/**
 * What the same pages load, in one file instead of many small ones: of every island, of every line of a listing, of the town,
 * of what is signed. The languages, and what loads a
 * script later, stand apart: pages without an island need no more.
 */
const together = [
  // every page loads it, and most nothing else of the rest
  { name: 'frame', priority: 5, test: /preload-helper|src\/(?:ui\/text-size|sync\/fresh)\.ts$/ },
  {
    name: 'base',
    priority: 3,
    test: /solid-js|src\/(?:i18n\/(?:strings|asides)|sync\/(?:asides|connection|clock|persist|unsent|store|hidden-seller)|domain\/(?:hidden-seller|restart|locale|kept-town)|ui\/hidden-key)\.ts|rolldown\/runtime/,
  },
  {
    name: 'lines',
    priority: 2,
    test: /src\/(?:ui\/Icon|i18n\/(?:listing|paths|facts)|domain\/(?:result|time|money))\.tsx?$/,
  },
  { name: 'live', test: /src\/(?:sync\/ear|i18n\/reading)\.ts$/ },
  { name: 'finding', test: /src\/(?:i18n\/search|search\/(?:page-deps|address|finder))\.ts$/ },
  { name: 'likes', test: /src\/search\/(?:likes|saved)\.ts$/ },
  { name: 'town', priority: 1, test: /src\/i18n\/(?:town|card)\.ts$/ },
  { name: 'signed', priority: 1, test: /node_modules\/zod|src\/domain\/(?:identity|room|bytes)\.ts$/ },
]

export default defineConfig({
  output: 'server',
  publicDir: './src/public',
  adapter: node({ mode: 'middleware' }),
  integrations: [islands(), languages(), serviceWorker(), finishing()],
  site: process.env.ORIGIN || 'http://localhost:4321',
  trailingSlash: 'ignore',
  compressHTML: false, // it eats the spaces between inline elements
  devToolbar: { enabled: false },
  build: { assets: '_a', inlineStylesheets: 'never' },
  prefetch: false,
  session: false,
  security: { checkOrigin: false }, // Hono answers for every write
  vite: {
    plugins: [townColours(), yjsByModule(), renderedWords(), hashedWords(), withoutLists()],
    resolve: { alias: { '#portal.json': new URL(`./content/portals/${portal}.json`, import.meta.url).pathname } },
    json: { stringify: false }, // the words within are found and cut by language
    worker: { format: 'es' },
    build: {
      assetsInlineLimit: 0, // scripts and pictures are files of their own: a strict policy allows no others
      rolldownOptions: { output: { codeSplitting: { groups: together } } },
    },
  },
})

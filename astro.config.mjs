import node from '@astrojs/node'
import solid from '@astrojs/solid-js'
import { defineConfig } from 'astro/config'

/** A site is built for one town, since its prerendered pages carry the town's name. */
const portal = process.env.PORTAL || 'rizhao'

export default defineConfig({
  output: 'server',
  publicDir: './src/public',
  adapter: node({ mode: 'middleware' }),
  integrations: [solid()],
  site: process.env.ORIGIN || 'http://localhost:4321',
  trailingSlash: 'ignore',
  compressHTML: false, // it eats the spaces between inline elements
  devToolbar: { enabled: false },
  build: { assets: '_a', inlineStylesheets: 'never' },
  prefetch: false,
  session: false,
  security: { checkOrigin: false }, // Hono answers for every write
  vite: {
    resolve: { alias: { '#portal.json': new URL(`./content/portals/${portal}.json`, import.meta.url).pathname } },
    worker: { format: 'es' },
  },
})

/** What stands in the pages between `<script>` or `<style>` tags and is ours: Astro's loader of islands, Solid's, the size of letters and whom this device hides, always the same. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import idle from 'astro/runtime/client/idle.prebuilt.js'
import load from 'astro/runtime/client/load.prebuilt.js'
import only from 'astro/runtime/client/only.prebuilt.js'
import visible from 'astro/runtime/client/visible.prebuilt.js'
import island from 'astro/runtime/server/astro-island.prebuilt.js'
import { ISLAND_STYLES } from 'astro/runtime/server/astro-island-styles.js'
import { generateHydrationScript } from 'solid-js/web'
import { hiddenStyleScript } from '#src/ui/hidden-style.ts'
import { textSizeScript } from '#src/ui/text-size.ts'
import { inlineHashesFile } from '../routes/security.ts'

const contentOf = (element: string): string => /<script[^>]*>(.*?)<\/script>/s.exec(element)?.[1] ?? ''

const scripts = [
  idle,
  load,
  only,
  visible,
  island,
  contentOf(generateHydrationScript()),
  textSizeScript,
  hiddenStyleScript,
]
const styles = [ISLAND_STYLES]

/** Writes the hashes beside the build. @throws when a printed page holds a script or style that is not among them */
export function writeInlineHashes(dist: string): void {
  const client = join(dist, 'client')
  for (const name of readdirSync(client, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.html')) checkPage(name, readFileSync(join(client, name), 'utf8'))
  const hashes = { scripts: scripts.map(hashOf), styles: styles.map(hashOf) }
  writeFileSync(join(dist, inlineHashesFile), JSON.stringify(hashes))
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function checkPage(name: string, html: string): void {
  for (const [, attributes = '', text = ''] of html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)) {
    const isCode = !/\bsrc=|application\/(?:ld\+)?json/.test(attributes)
    if (isCode && !scripts.includes(text))
      throw new Error(`${name} holds a script that no hash allows: ${text.slice(0, 80)}`)
  }
  for (const [, text = ''] of html.matchAll(/<style\b[^>]*>(.*?)<\/style>/gs))
    if (!styles.includes(text)) throw new Error(`${name} holds a style that no hash allows: ${text.slice(0, 80)}`)
  const styled = /<[a-z][^>]*\s(style|on[a-z]+)=/.exec(html)
  if (styled) throw new Error(`${name} holds a ${styled[1]} attribute, which no hash can allow`)
}

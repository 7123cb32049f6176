/** Every file of the build that gains by it lies there compressed in both encodings, and says the same. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const client = new URL('../../dist/client', import.meta.url).pathname
const files = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .map((name) => join(client, name))
  .filter((path) => /\.(?:html|css|js|json|svg|webmanifest|xml|txt)$/.test(path) && statSync(path).size >= 512)

it('in brotli and in gzip', () => {
  expect(files.length).toBeGreaterThan(300)
  for (const path of files) {
    const plain = readFileSync(path)
    expect([path, existsSync(`${path}.br`), existsSync(`${path}.gz`)]).toEqual([path, true, true])
    expect(brotliDecompressSync(readFileSync(`${path}.br`)).equals(plain), path).toBe(true)
    expect(gunzipSync(readFileSync(`${path}.gz`)).equals(plain), path).toBe(true)
  }
})

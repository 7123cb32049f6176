/** A small segment in one answer: the same files as one by one, and not a word that was taken back. */
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeWhole, encodeWhole } from '#domain/whole.ts'
import { editionRoutes } from '../../server/routes/editions.ts'
import { wipeEntries } from '../../server/stores/segment-file.ts'
import { aTown, records } from '../fixtures/edition-town.ts'
import { present } from '../fixtures/must.ts'

const accepting = { headers: { 'Accept-Encoding': 'br' } }

async function aPrintedTown() {
  const { signer, put, publishing, files, folder } = await aTown()
  const all = await records(signer, 0, 70)
  await put(all)
  const { base } = present(await publishing.print('base'))
  const routes = editionRoutes({ editions: files })
  return { all, base, files, folder, ask: (path: string) => routes.request(path, accepting) }
}

describe('/whole', () => {
  it('has every file of a segment, as each is given out by itself', async () => {
    const { base, ask } = await aPrintedTown()
    const answer = await ask(`/whole/${base}`)
    expect([answer.status, answer.headers.get('Content-Encoding')]).toEqual([200, 'br'])
    const whole = present(decodeWhole(brotliDecompressSync(new Uint8Array(await answer.arrayBuffer()))))
    expect(whole.map(([path]) => path)).toEqual(
      expect.arrayContaining(
        ['t/0', 'cols/0', 'cards/0', 'cards/1'].map((path) => `/${path.replace('/', `/${base}/`)}`),
      ),
    )
    for (const [path, bytes] of whole) {
      const alone = brotliDecompressSync(new Uint8Array(await (await ask(path)).arrayBuffer()))
      expect(Buffer.from(bytes).equals(alone), path).toBe(true)
    }
    const next = whole.filter(([path]) => path.startsWith('/t/')).length
    expect((await ask(`/t/${base}/${next}`)).status).toBe(404) // there are no more
  })

  it('is gone as soon as a word of it was taken back, though it was given out before', async () => {
    const { all, base, files, folder, ask } = await aPrintedTown()
    expect((await ask(`/whole/${base}`)).status).toBe(200)
    wipeEntries(folder, base, new Set([present(all[3]).envelope.id]))
    files.refresh()
    expect((await ask(`/whole/${base}`)).status).toBe(410)
  })

  it.each(['0'.repeat(24), 'nonsense', '..%2F..'])('of %s is not there', async (name) => {
    const { ask } = await aPrintedTown()
    expect((await ask(`/whole/${name}`)).status).toBe(404)
  })
})

it('what was cut anywhere is none, and what is longer neither', () => {
  const whole = encodeWhole([
    ['/t/a/0', Uint8Array.of(1, 2, 3)],
    ['/t/a/1', new Uint8Array()],
  ])
  expect(decodeWhole(whole)).toEqual([
    ['/t/a/0', Uint8Array.of(1, 2, 3)],
    ['/t/a/1', new Uint8Array()],
  ])
  for (let length = 0; length < whole.length; length++) expect(decodeWhole(whole.slice(0, length))).toBeUndefined()
  expect(decodeWhole(Uint8Array.of(...whole, 0))).toBeUndefined()
})

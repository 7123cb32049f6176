import { describe, expect, it } from 'vitest'
import { decodeChunk } from '#domain/chunk.ts'
import { categoryTerm, districtTerm, inPrint, tokensOf, type SearchEntry } from '#domain/search-entry.ts'
import { chunkOfTerm, decodeDirectory } from '#domain/segment.ts'
import { createPrinting } from '../../server/projector/printing.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { must, present } from '../fixtures/must.ts'
import { town } from '../fixtures/town.ts'

const start = 5_000
const guide: SearchEntry = {
  id: 'guide/any',
  group: 'guide',
  words: { 'zh-Hans': { title: '怎么退货', text: '七天之内可以退货。' } },
  href: '/guides/any',
  at: 1,
}
const listings = createCorpus({ town, now: Date.UTC(2026, 10, 26) }).listings(400)
const entries: readonly SearchEntry[] = [...listings.map(({ entry }) => entry), guide].sort(inPrint)

function printed() {
  const chunks: Uint8Array[] = []
  const press = createPrinting(start, (kind, _, bytes) => void (kind === 't' && chunks.push(bytes)))
  const ordinals = new Map(entries.map((entry) => [entry, press.add(entry, tokensOf(entry, town))]))
  const directory = must(decodeDirectory(press.finish({ dead: [], deadTotals: [0, 0, 0] })))
  const postingsOf = (term: string) => must(decodeChunk(present(chunks[chunkOfTerm(directory, term)]))).postingsOf(term)
  return { ordinals, postingsOf }
}

describe('a printed segment', () => {
  const { ordinals, postingsOf } = printed()
  const ordinalsOf = (keep: (entry: SearchEntry) => boolean) =>
    entries.filter(keep).map((entry) => present(ordinals.get(entry)))

  it('says which listings a category has and which a district, and that a guide is in neither', () => {
    for (const { id } of town.categories)
      expect([...present(postingsOf(categoryTerm(id))).ordinals]).toEqual(
        ordinalsOf((entry) => 'category' in entry && entry.category === id),
      )
    for (const { id } of town.portal.districts)
      expect([...present(postingsOf(districtTerm(id))).ordinals]).toEqual(
        ordinalsOf((entry) => 'district' in entry && entry.district === id),
      )
  })

  it('gives what only filters no field, so that it never scores', () => {
    const { ordinals: held, frequencies, lengths } = present(postingsOf(categoryTerm('goods')))
    expect(held.length).toBeGreaterThan(50)
    for (const numbers of [...frequencies, ...lengths]) expect(Math.max(...numbers)).toBe(0)
  })
})

/** What a search asks of the portal: as many questions in a large town as in a small one, and nothing that nobody looks at. */
import { describe, expect, it } from 'vitest'
import type { SearchEntry } from '#domain/search-entry.ts'
import { queryNeeds } from '#domain/text.ts'
import type { Asked } from '#src/search/asked.ts'
import { createAnswering } from '#src/search/answering.ts'
import type { FromWorker } from '#src/search/messages.ts'
import { withSynonyms } from '#src/search/synonyms.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { aGuide } from '../fixtures/printed-entries.ts'
import { noon } from '../fixtures/records.ts'
import { createMemoryCache } from '../fixtures/memory-cache.ts'
import { servedEdition } from '../fixtures/served-edition.ts'
import { present } from '../fixtures/must.ts'
import { town } from '../fixtures/town.ts'
import { until } from '../fixtures/until.ts'

const guides = ['one', 'two', 'six'].map((name) =>
  aGuide(`guide/${name}`, `${name} 手机怎么买`, '先看发票，再看电池。'),
)

/** Paths asked for by one search in a town of so many listings, without what opens the edition. */
async function askedIn(count: number, asked: Partial<Asked> & { readonly query: string }) {
  const listings = createCorpus({ town, now: noon }).listings(count)
  const all: readonly SearchEntry[] = [...listings.map(({ entry }) => entry), ...guides]
  const served = servedEdition(all)
  const paths: string[] = []
  const heard: FromWorker[] = []
  const { tell } = createAnswering({
    town,
    fetch: (path) => (paths.push(path), served.fetch(path)),
    cache: async () => undefined,
    post: (message) => heard.push(message),
    smallTownBytes: 0,
  })
  await tell({ kind: 'look' })
  await tell({ kind: 'wire', edition: served.edition, changed: { entries: [], dead: [], held: true } })
  const opening = paths.length
  await tell({ kind: 'ask', n: 1, asked: { locale: 'zh-Hans', now: noon, ...asked } })
  const answer = heard.find((message) => message.kind === 'answer')
  const of = (kind: string) => paths.slice(opening).filter((path) => path.startsWith(`/${kind}`)).length
  return { found: answer?.found, opening, terms: of('t/'), columns: of('cols/'), cards: of('cards'), all: paths.length }
}

describe('one search', () => {
  it('has the lines of all groups in one request, in towns of any size, and no more files than it has terms', async () => {
    const words = new Set(withSynonyms(queryNeeds('手机')).needs.flatMap(({ ways }) => ways.flat()))
    const few = await askedIn(60, { query: '手机' })
    const many = await askedIn(400, { query: '手机' })
    for (const { found, opening, terms, columns, cards } of [few, many]) {
      expect(found?.hits.map(({ group }) => group)).toEqual(expect.arrayContaining(['listing', 'guide']))
      expect([opening, columns, cards]).toEqual([2, 0, 1]) // pointer and directory; lines
      expect(terms).toBeLessThanOrEqual(words.size) // a file holds a term, or more than one
    }
    expect(many.found?.counts.listing).toBeGreaterThan(few.found?.counts.listing ?? 0)
  })

  it('fetches counts only when they are asked for', async () => {
    const plain = await askedIn(100, { query: '手机' })
    const counted = await askedIn(100, { query: '手机', facets: true })
    expect(counted.terms).toBeGreaterThan(plain.terms)
    expect(counted.found).toEqual(plain.found)
  })
})

describe('a small town', () => {
  const all = createCorpus({ town, now: noon })
    .listings(150)
    .map(({ entry }) => entry)

  /** A device in a small town: what it asked for, and how it finds. @param spoil what comes instead of an answer */
  async function aDevice(spoil: (path: string) => Response | undefined = () => undefined) {
    let isAway = false
    const served = servedEdition(all, () => isAway)
    const paths: string[] = []
    const heard: FromWorker[] = []
    const cache = createMemoryCache()
    const { tell } = createAnswering({
      town,
      fetch: async (path) => (paths.push(path), spoil(path) ?? served.fetch(path)),
      cache: async () => cache,
      post: (message) => heard.push(message),
    })
    await tell({ kind: 'look' })
    await tell({ kind: 'wire', edition: served.edition, changed: { entries: [], dead: [], held: true } })
    await until('the town is kept', () =>
      heard.some((message) => message.kind === 'pack' && message.pack.kind === 'kept'),
    )
    const fetched = paths.length
    isAway = true
    const { title } = present(all[7])
    await tell({ kind: 'ask', n: 1, asked: { query: title.slice(0, 4), locale: 'zh-Hans', now: noon } })
    const answer = present(heard.find((message) => message.kind === 'answer'))
    expect([answer.found.incomplete, paths.length]).toEqual([false, fetched])
    expect(answer.found.hits.map((hit) => hit.title)).toContain(title)
    return paths
  }

  it('is kept whole by one request, and then searched without a network', async () => {
    const paths = await aDevice()
    expect(paths.map((path) => path.split('/')[1])).toEqual(['edition', 'edition', 'whole'])
  })

  it.each([
    ['is not given out', () => new Response(null, { status: 404 })],
    ['was cut on its way', () => new Response('nonsense')],
  ])('comes file by file where the whole %s', async (_, answer) => {
    const paths = await aDevice((path) => (path.startsWith('/whole/') ? answer() : undefined))
    expect(paths.filter((path) => path.startsWith('/t/')).length).toBeGreaterThan(20)
  })
})

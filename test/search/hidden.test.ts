/** What moderators have hidden is not shown, whatever edition is at hand: the list is here before the first answer. */
import { expect, it } from 'vitest'
import type { SearchEntry } from '#domain/search-entry.ts'
import { createAnswering } from '#src/search/answering.ts'
import type { FromWorker } from '#src/search/messages.ts'
import { aGuide } from '../fixtures/printed-entries.ts'
import { present } from '../fixtures/must.ts'
import { servedEdition } from '../fixtures/served-edition.ts'
import { town } from '../fixtures/town.ts'

const listing = (id: string, title: string): SearchEntry => ({
  id,
  category: 'goods',
  intent: 'offer',
  sub: 'home',
  title,
  priceFen: 100,
  district: 'donggang',
  by: 'person',
  author: 'did:key:z6Mk',
  at: 1,
  until: 100,
  sample: false,
  fields: {},
  text: '',
})
const entries = [
  listing('shown', '书桌一张'),
  listing('gone', '书桌两张'),
  aGuide('g-shown', '书桌怎么搬'),
  aGuide('g-gone', '书桌怎么买'),
]

it('no hit, no watched search and no favourite shows it; a question waits until the list is known', async () => {
  const served = servedEdition(entries)
  const heard: FromWorker[] = []
  let lists = 0
  let arrive: (ids: ReadonlySet<string>) => void = () => undefined
  const { tell } = createAnswering({
    town,
    fetch: served.fetch,
    cache: async () => undefined,
    post: (message) => void heard.push(message),
    hidden: () => (lists++, new Promise((resolve) => (arrive = resolve))),
  })
  await tell({ kind: 'look' })
  await tell({ kind: 'wire', edition: served.edition, changed: { entries: [], dead: [], held: true } })
  const asked = { query: '书桌', locale: 'zh-Hans', now: 2 } as const
  const asking = tell({ kind: 'ask', n: 1, asked })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(heard.some(({ kind }) => kind === 'answer')).toBe(false)
  arrive(new Set(['gone', 'g-gone']))
  await asking
  const { found } = present(heard.findLast((message) => message.kind === 'answer'))
  expect(found.hits.map(({ id }) => id).sort()).toEqual(['g-shown', 'shown'])
  expect(found.counts).toMatchObject({ listing: 1, guide: 1 })

  const sought = ['shown', 'gone'].map((id) => ({ id, title: '书桌' }))
  await tell({ kind: 'match', n: 1, asker: asked, matching: { searches: [asked], listings: sought } })
  const { matched } = present(heard.findLast((message) => message.kind === 'matched'))
  expect(matched.listings.map(({ id }) => id)).toEqual(['shown'])
  expect(matched.found[0]?.hits.map(({ id }) => id).sort()).toEqual(['g-shown', 'shown'])
  expect(lists).toBe(1)
})

/** The words of one thing find the same entries in what the site's build has printed. */
import { describe, expect, it } from 'vitest'
import { search } from '#src/search/engine.ts'
import { readSiteEntries } from '../../server/site-entries.ts'
import { editionOf } from '../fixtures/edition.ts'

const printed = readSiteEntries(new URL('../../dist', import.meta.url).pathname, (reason) => {
  throw new Error(reason)
})
const { collection } = editionOf(printed, printed, printed)
const idsOf = async (query: string) => {
  const limits = { guide: 1e4, notice: 1e4, directory: 1e4 }
  const { found } = await search({ query, locale: 'zh-Hans', now: 0, limits }, collection)
  return found.hits.map(({ id }) => id).sort()
}

describe.each([
  [['售后', '售後', 'shouhou', 'after-sales', 'After Sales', 'ＳＨＯＵＨＯＵ'], 'guide/what-after-sales-is'],
  [['保修', 'baoxiu', 'warranty', 'warranties'], 'guide/phone-warranty-by-region'],
] as const)('%j', (queries, guide) => {
  it('find the same entries', async () => {
    const all = await Promise.all(queries.map(idsOf))
    expect(all[0]).toContain(guide)
    expect(all).toEqual(all.map(() => all[0]))
  })
})

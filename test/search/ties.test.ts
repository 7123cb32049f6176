/** Equal scores stand newest first and then by id, wherever their entries are printed. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { inPrint, type SearchEntry } from '#domain/search-entry.ts'
import { search } from '#src/search/engine.ts'
import { editionOf } from '../fixtures/edition.ts'
import { aGuide } from '../fixtures/printed-entries.ts'

const row = fc.record({ at: fc.integer({ min: 0, max: 4 }), part: fc.integer({ min: 0, max: 2 }) })

it('in base, delta and wire, whatever is asked for', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 14 }),
      fc.integer({ min: 1, max: 14 }),
      async (rows, limit) => {
        const entries: readonly SearchEntry[] = rows.map(({ at }, i) =>
          aGuide(`g${(i * 7) % 10}${i}`, '电动车', '', { at }),
        )
        const upTo = (part: number) => entries.filter((_, i) => (rows[i]?.part ?? 0) <= part)
        const { collection } = editionOf(upTo(0), upTo(1), entries)
        const { found } = await search(
          { query: '电动车', locale: 'zh-Hans', now: 0, limits: { guide: limit } },
          collection,
        )
        expect(found.hits.map(({ id }) => id)).toEqual(
          [...entries]
            .sort(inPrint)
            .slice(0, limit)
            .map(({ id }) => id),
        )
        expect(found.counts.guide).toBe(entries.length)
      },
    ),
  ))

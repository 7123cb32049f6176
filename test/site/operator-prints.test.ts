/** The operator's page tells prints: what is in force, how long the last took, and why one failed. */
import { expect, it } from 'vitest'
import type { OperatorFigures } from '#domain/operator.ts'
import { figureBlocks } from '#src/i18n/operator.ts'

const figures: OperatorFigures = {
  startedAt: 0,
  now: 1,
  unready: [],
  bytes: { database: 0, wal: 0, free: 0, floor: 0, memory: 0, cached: 0, buffered: 0 },
  counts: { keys: 0, rooms: 0, listings: 0, live: 0, journal: 0, sockets: 0, openRooms: 0 },
  behind: 0,
  refusals: {},
  edition: { id: 'abcdef', printedAt: 0, entries: 1015, inBase: 1000, inDelta: undefined, bytes: 1, changed: 7 },
  prints: { prints: 2, failed: 1, lastMs: 1234, fault: { at: 0, reason: 'ENOSPC: no space left' } },
  backup: undefined,
}
const rowsIn = (given: OperatorFigures) =>
  new Map(
    figureBlocks(given, 'en', 'Asia/Shanghai').flatMap(({ rows }) => rows.map(([label, value]) => [label, value])),
  )

it('with the edition, its parts, and what cannot be read', () => {
  const rows = rowsIn(figures)
  expect(rows.get('Its id')).toBe('abcdef')
  expect(rows.get('Printed in the base')).toBe('1,000')
  expect(rows.get('Printed in the delta')).toBe('cannot be read')
  expect(rows.get('Listings changed since (in the wire)')).toBe('7')
  expect(rows.get('The last one took')).toBe('1.2 s')
  expect(rows.get('Why the last one failed')).toMatch(/ENOSPC: no space left$/)
})

it('without a failure there is no reason, and before the first print no time', () => {
  const rows = rowsIn({ ...figures, prints: { prints: 0, failed: 0, lastMs: undefined, fault: undefined } })
  expect(rows.get('The last one took')).toBe('none since the start')
  expect(rows.has('Why the last one failed')).toBe(false)
})

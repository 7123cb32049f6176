/** Tables, strictly as RFC 4180 has them: what is written is read again, and what is no table says in which line. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCsv, toCsv } from '#domain/csv.ts'
import { must } from '../fixtures/must.ts'

const cellsOf = (text: string, separator?: string) => must(parseCsv(text, separator)).map(({ cells }) => cells)

describe('a table', () => {
  it.each([
    // text, rows
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n"1,2","say ""hi"""',
      [
        ['a', 'b'],
        ['1,2', 'say "hi"'],
      ],
    ],
    [
      'a,b\n"two\r\nlines",x',
      [
        ['a', 'b'],
        ['two\r\nlines', 'x'],
      ],
    ],
    [
      'a,b\n\n,\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ], // rows without anything are passed over
    [
      'a,b\n"",x',
      [
        ['a', 'b'],
        ['', 'x'],
      ],
    ],
    ['', []],
  ] as const)('%j', (text, rows) => expect(cellsOf(text)).toEqual(rows))

  it('knows the line of each row, however many lines a cell has', () =>
    expect(must(parseCsv('a,b\n"x\ny\nz",1\n\n3,4')).map(({ line }) => line)).toEqual([1, 2, 6]))

  it.each([
    ['a,b\n1,"open\nfor ever', 'quote-open', 2],
    ['a,b\n1,2\nx"y,3', 'quote-inside', 3],
    ['a,b\n"x"y,3', 'quote-after', 2],
    ['"', 'quote-open', 1],
  ] as const)('%j is none: %s in line %i', (text, kind, line) =>
    expect(parseCsv(text)).toEqual({ ok: false, error: { kind, line } }),
  )

  const cell = fc.oneof(fc.string(), fc.stringMatching(/^[",;\t\r\na书 ]{0,8}$/))
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 })

  it('that was written is read as it was, but for rows without anything', () =>
    fc.assert(
      fc.property(table, (rows) => {
        expect(cellsOf(toCsv(rows), ',')).toEqual(rows.filter((cells) => cells.some((one) => one !== '')))
      }),
    ))

  it('whatever stands in a file, it ends, with rows or a fault, and lines go up', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[",\r\nab]{0,40}$/)), (text) => {
        const read = parseCsv(text)
        const lines = read.ok ? read.value.map(({ line }) => line) : [read.error.line]
        expect(lines.every((line) => line > 0)).toBe(true)
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b))
      }),
    ))
})

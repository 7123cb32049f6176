/**
 * Tables as RFC 4180 has them, strictly:
 *
 *   table := row (newline row)* [newline]        newline := CR LF | LF | CR
 *   row   := cell (separator cell)*              separator := "," or ";" or TAB, whichever the first line has most of
 *   cell  := plain | '"' (any character but '"', or '""')* '"'
 *
 * Any other quote is a fault, with the line of its cell. Rows without anything in them are passed over.
 */
import { err, ok, type Result } from './result.ts'

export interface CsvRow {
  /** Of the file, from 1: where the row begins. */
  readonly line: number
  readonly cells: readonly string[]
}
export interface CsvFault {
  readonly kind: 'quote-open' | 'quote-inside' | 'quote-after'
  readonly line: number
}

const separators = [',', ';', '\t'] as const

export function parseCsv(text: string, separator: string = separatorOf(text)): Result<readonly CsvRow[], CsvFault> {
  const rows: CsvRow[] = []
  let [at, line, began] = [0, 1, 1]
  let cells: string[] = []
  const endRow = (): void => {
    if (cells.some((cell) => cell !== '')) rows.push({ line: began, cells })
    cells = []
    began = line
  }
  while (at < text.length) {
    const isQuoted = text[at] === '"'
    const end = isQuoted ? closingQuote(text, at) : plainEnd(text, at, separator)
    if (end < 0) return err({ kind: 'quote-open', line })
    const cell = isQuoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end)
    if (!isQuoted && cell.includes('"')) return err({ kind: 'quote-inside', line })
    cells.push(cell)
    if (isQuoted) line += cell.match(newlines)?.length ?? 0
    at = isQuoted ? end + 1 : end
    const next = text[at]
    if (next === separator) {
      at++
      if (at === text.length) cells.push('')
      continue
    }
    if (next !== undefined && next !== '\n' && next !== '\r') return err({ kind: 'quote-after', line })
    if (next === undefined) break
    at += text.startsWith('\r\n', at) ? 2 : 1
    line++
    endRow()
  }
  endRow()
  return ok(rows)
}

const newlines = /\r\n|\n|\r/g

/** @returns -1 when there is none */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at
  return -1
}

function plainEnd(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = separators.map((sign) => ({ sign, n: first.split(sign).length }))
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).sign
}

export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

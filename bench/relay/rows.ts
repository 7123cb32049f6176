/** A row of the table: what was measured on our side and on the other, and what the design allows. */
export interface Row {
  readonly what: string
  /** Formatted numbers with their unit. */
  readonly value: string
  readonly peer: string
  readonly ratio: number | undefined
  readonly budget: string
  /** Undefined where there is no budget, or where the row could not be measured. */
  readonly met: boolean | undefined
  readonly note?: string
}

export interface Pair {
  readonly ours: number
  readonly peer: number
}

/** Ours against the other's. `most` and `least` bound the ratio. */
export function compared(
  what: string,
  { ours, peer }: Pair,
  format: (value: number) => string,
  budget: { readonly most?: number; readonly least?: number } = {},
  note?: string,
): Row {
  const ratio = peer > 0 ? ours / peer : undefined
  const { most, least } = budget
  const words = most !== undefined ? `<= ${most} x` : least !== undefined ? `>= ${least} x` : ''
  const hasBudget = words !== '' && ratio !== undefined
  const met = hasBudget ? (most === undefined || ratio <= most) && (least === undefined || ratio >= least) : undefined
  const row = { what, value: format(ours), peer: format(peer), ratio, budget: words, met }
  return note === undefined ? row : { ...row, note }
}

export const skipped = (what: string, why: string): Row => ({
  what,
  value: '',
  peer: '',
  ratio: undefined,
  budget: '',
  met: undefined,
  note: `not measured: ${why}`,
})

export const microseconds = (value: number): string => `${value.toFixed(1)} µs`
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const kilobytes = (value: number): string => `${(value / 1024).toFixed(1)} kB`
export const megabytes = (value: number): string => `${(value / 1024 / 1024).toFixed(1)} MB`
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`

/** Markdown, so that it can be kept as it is. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['what', 'this relay', 'against', 'ratio', 'budget', 'met', 'note']
  const lines = rows.map((row) => [
    row.what,
    row.value,
    row.peer,
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.budget,
    row.met === undefined ? '' : row.met ? 'yes' : 'NO',
    row.note ?? '',
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((cells) => cells[at]!.length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(line)].join('\n')
}

/** Rows of the table: one figure, and the budget it is held against where there is one. */
export interface Row {
  readonly what: string
  readonly value: string
  readonly budget: string
  /** Undefined where there is no budget. */
  readonly met: boolean | undefined
  readonly note?: string
}

export const atMost = (what: string, value: number, most: number, unit: string, note?: string): Row => ({
  what,
  value: `${value.toFixed(1)} ${unit}`,
  budget: `<= ${most} ${unit}`,
  met: value <= most,
  ...(note !== undefined && { note }),
})

export const told = (what: string, value: string, note?: string): Row => ({
  what,
  value,
  budget: '',
  met: undefined,
  ...(note !== undefined && { note }),
})

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Markdown, with columns as wide as their widest cell. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['what', 'value', 'budget', 'met', 'note']
  const cells = rows.map(({ what, value, budget, met, note = '' }) => [
    what,
    value,
    budget,
    met === undefined ? '' : met ? 'yes' : 'NO',
    note,
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** A table of several sides and what the design allows ours. Markdown, so that it can be kept as it is. */
export interface Row {
  readonly what: string
  /** By the head of their column; an empty cell says that there is nothing to measure. */
  readonly cells: Readonly<Record<string, string>>
  readonly budget?: string
  readonly met?: boolean | undefined
  readonly note?: string
}

export function tableOf(rows: readonly Row[], columns: readonly string[]): string {
  const head = ['what', ...columns, 'budget', 'met', 'note']
  const lines = rows.map(({ what, cells, budget = '', met, note = '' }) => [
    what,
    ...columns.map((column) => cells[column] ?? ''),
    budget,
    met === undefined ? '' : met ? 'yes' : 'NO',
    note,
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((cells) => cells[at]!.length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(line)].join('\n')
}

/** A table in Markdown: every row has as many cells as the widest, and a cell is one line. */
import type { JSONContent } from '@tiptap/core'

export function tableToMarkdown(table: JSONContent, written: (content: JSONContent[]) => string): string {
  const rows = (table.content ?? []).map(({ content = [] }) =>
    content.map((cell) => cellText((cell.content ?? []).map((block) => written([block])))),
  )
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  const hasHeader = table.content?.[0]?.content?.some(({ type }) => type === 'tableHeader') ?? false
  const [head = [], ...body] = hasHeader ? rows : [[], ...rows] // Markdown knows no table without a header
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: columns }, (_, place) => cells[place] ?? '').join(' | ')} |`
  return [line(head), line(Array.from({ length: columns }, () => '---')), ...body.map(line)].join('\n')
}

const cellText = (blocks: readonly string[]): string =>
  blocks
    .join('<br>')
    .replace(/\s*\n\s*/g, '<br>')
    .replace(/\\.|\|/g, (found) => (found === '|' ? '\\|' : found))
    .trim()

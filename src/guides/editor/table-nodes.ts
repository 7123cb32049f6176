/**
 * Tables without what a strict policy forbids and nobody here shows: no column widths, no merged cells, no alignment. The
 * spans are there because the table commands read them; they stay 1, and what is pasted with others is made a plain grid.
 */
import { Extension, Node, type JSONContent, type MarkdownParseHelpers, type MarkdownToken } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  tableEditing,
  toggleHeaderRow,
} from '@tiptap/pm/tables'
import { tableToMarkdown } from './table-markdown.ts'

const spans = () => ({
  colspan: { default: 1, rendered: false },
  rowspan: { default: 1, rendered: false },
  colwidth: { default: null, rendered: false },
})
const plainCell = { colspan: 1, rowspan: 1, colwidth: null }

const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes: spans,
  parseHTML: () => [{ tag: 'td', getAttrs: () => plainCell }],
  renderHTML: () => ['td', 0],
})
const TableHeader = Node.create({
  name: 'tableHeader',
  content: 'block+',
  isolating: true,
  addAttributes: spans,
  parseHTML: () => [{ tag: 'th', getAttrs: () => plainCell }],
  renderHTML: () => ['th', 0],
})
const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)+',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})

type RowToken = readonly { readonly tokens: MarkdownToken[] }[]
const Table = Node.create({
  name: 'table',
  content: 'tableRow+',
  isolating: true,
  group: 'block',
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
  addProseMirrorPlugins: () => [tableEditing()],
  addKeyboardShortcuts() {
    const inTable = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch)
    return {
      Tab: () =>
        this.editor.commands.command(({ state, dispatch }) => goToNextCell(1)(state, dispatch)) ||
        (isInTable(this.editor.state) && inTable(addRowAfter)() && inTable(goToNextCell(1))()),
      'Shift-Tab': inTable(goToNextCell(-1)),
    }
  },
  parseMarkdown: (token: MarkdownToken & { header?: RowToken; rows?: readonly RowToken[] }, helpers) =>
    helpers.createNode('table', undefined, [
      rowOf('tableHeader', token.header ?? [], helpers),
      ...(token.rows ?? []).map((row) => rowOf('tableCell', row, helpers)),
    ]),
  renderMarkdown: (node, helpers) => tableToMarkdown(node, (content) => helpers.renderChildren(content)),
})

const rowOf = (cell: 'tableHeader' | 'tableCell', row: RowToken, helpers: MarkdownParseHelpers): JSONContent =>
  helpers.createNode(
    'tableRow',
    undefined,
    row.map(({ tokens }) =>
      helpers.createNode(cell, undefined, [helpers.createNode('paragraph', undefined, helpers.parseInline(tokens))]),
    ),
  )

/** What the toolbar does with a table; each answers whether it can. */
export const tableCommands = {
  addRow: addRowAfter,
  addColumn: addColumnAfter,
  deleteRow,
  deleteColumn,
  deleteTable,
  headerRow: toggleHeaderRow,
} satisfies Readonly<Record<string, Command>>

/** A table of three by three with a header, and a paragraph to go on in. */
export const newTable = (): readonly JSONContent[] => {
  const row = (type: string): JSONContent => ({
    type: 'tableRow',
    content: [1, 2, 3].map(() => ({ type, content: [{ type: 'paragraph' }] })),
  })
  return [{ type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] }, { type: 'paragraph' }]
}

const roles: Readonly<Record<string, string>> = {
  table: 'table',
  tableRow: 'row',
  tableHeader: 'header_cell',
  tableCell: 'cell',
}
export const Tables = Extension.create({
  name: 'tables',
  addExtensions: () => [Table, TableRow, TableHeader, TableCell],
  extendNodeSchema: ({ name }) => (roles[name] ? { tableRole: roles[name] } : {}),
})

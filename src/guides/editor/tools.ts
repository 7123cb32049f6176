/** The tools of the toolbar: what each does, when it is on, when it can be used, and the keys that do the same. */
import type { Editor } from '@tiptap/core'
import type { Tool } from '#src/i18n/editor.ts'
import { newTable, tableCommands } from './table-nodes.ts'

export interface ToolRow {
  readonly id: Tool
  /** `Mod` is Ctrl, or the command key where there is one. */
  readonly keys?: string
  /** A tool that is on or off; others just do something. */
  readonly isOn?: (editor: Editor) => boolean
  readonly can?: (editor: Editor) => boolean
  readonly use: (editor: Editor) => void
}

type Chain = ReturnType<Editor['chain']>

/** Switches something on and off where the cursor is. */
const toggle = (
  id: Tool,
  keys: string,
  apply: (chain: Chain) => Chain,
  attributes?: { readonly level: number },
): ToolRow => ({
  id,
  keys,
  isOn: (editor) => editor.isActive(attributes ? 'heading' : id, attributes),
  use: (editor) => void apply(editor.chain().focus()).run(),
})
const heading = (level: 2 | 3 | 4): ToolRow =>
  toggle(`heading${level}`, `Mod-Alt-${level}`, (chain) => chain.toggleHeading({ level }), { level })

const tableTool = (id: keyof typeof tableCommands): ToolRow => ({
  id,
  use: (editor) =>
    void editor
      .chain()
      .focus()
      .command(({ state, dispatch }) => tableCommands[id](state, dispatch))
      .run(),
})

/** In groups, as they stand. The link has a dialog of its own and is put between by the toolbar. */
export const toolGroups: readonly (readonly ToolRow[])[] = [
  [
    { id: 'undo', keys: 'Mod-Z', can: (editor) => editor.can().undo(), use: (editor) => void editor.commands.undo() },
    { id: 'redo', keys: 'Mod-Y', can: (editor) => editor.can().redo(), use: (editor) => void editor.commands.redo() },
  ],
  [toggle('paragraph', 'Mod-Alt-0', (chain) => chain.setParagraph()), heading(2), heading(3), heading(4)],
  [
    toggle('bold', 'Mod-B', (chain) => chain.toggleBold()),
    toggle('italic', 'Mod-I', (chain) => chain.toggleItalic()),
    toggle('strike', 'Mod-Shift-S', (chain) => chain.toggleStrike()),
    toggle('code', 'Mod-E', (chain) => chain.toggleCode()),
  ],
  [
    toggle('bulletList', 'Mod-Shift-8', (chain) => chain.toggleBulletList()),
    toggle('orderedList', 'Mod-Shift-7', (chain) => chain.toggleOrderedList()),
    toggle('blockquote', 'Mod-Shift-B', (chain) => chain.toggleBlockquote()),
    toggle('codeBlock', 'Mod-Alt-C', (chain) => chain.toggleCodeBlock()),
    { id: 'rule', use: (editor) => void editor.chain().focus().setHorizontalRule().run() },
    {
      id: 'table',
      can: (editor) => !editor.isActive('table'),
      use: insertTable,
    },
  ],
]

export const tableTools: readonly ToolRow[] = [
  tableTool('addRow'),
  tableTool('deleteRow'),
  tableTool('addColumn'),
  tableTool('deleteColumn'),
  tableTool('headerRow'),
  tableTool('deleteTable'),
]

/** With the cursor in its first cell. */
function insertTable(editor: Editor): void {
  const { from } = editor.state.selection
  editor
    .chain()
    .focus()
    .insertContent([...newTable()])
    .run()
  let first: number | undefined
  editor.state.doc.nodesBetween(Math.max(0, from - 1), editor.state.doc.content.size, ({ type }, at) => {
    if (type.name === 'tableHeader') first ??= at
    return first === undefined
  })
  if (first !== undefined) editor.commands.setTextSelection(first + 2)
}

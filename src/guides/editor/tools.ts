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

const heading = (level: 2 | 3 | 4): ToolRow => ({
  id: `heading${level}`,
  keys: `Mod-Alt-${level}`,
  isOn: (editor) => editor.isActive('heading', { level }),
  use: (editor) => void editor.chain().focus().toggleHeading({ level }).run(),
})

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
  [
    {
      id: 'paragraph',
      keys: 'Mod-Alt-0',
      isOn: (editor) => editor.isActive('paragraph'),
      use: (editor) => void editor.chain().focus().setParagraph().run(),
    },
    heading(2),
    heading(3),
    heading(4),
  ],
  [
    {
      id: 'bold',
      keys: 'Mod-B',
      isOn: (editor) => editor.isActive('bold'),
      use: (editor) => void editor.chain().focus().toggleBold().run(),
    },
    {
      id: 'italic',
      keys: 'Mod-I',
      isOn: (editor) => editor.isActive('italic'),
      use: (editor) => void editor.chain().focus().toggleItalic().run(),
    },
    {
      id: 'strike',
      keys: 'Mod-Shift-S',
      isOn: (editor) => editor.isActive('strike'),
      use: (editor) => void editor.chain().focus().toggleStrike().run(),
    },
    {
      id: 'code',
      keys: 'Mod-E',
      isOn: (editor) => editor.isActive('code'),
      use: (editor) => void editor.chain().focus().toggleCode().run(),
    },
  ],
  [
    {
      id: 'bulletList',
      keys: 'Mod-Shift-8',
      isOn: (editor) => editor.isActive('bulletList'),
      use: (editor) => void editor.chain().focus().toggleBulletList().run(),
    },
    {
      id: 'orderedList',
      keys: 'Mod-Shift-7',
      isOn: (editor) => editor.isActive('orderedList'),
      use: (editor) => void editor.chain().focus().toggleOrderedList().run(),
    },
    {
      id: 'blockquote',
      keys: 'Mod-Shift-B',
      isOn: (editor) => editor.isActive('blockquote'),
      use: (editor) => void editor.chain().focus().toggleBlockquote().run(),
    },
    {
      id: 'codeBlock',
      keys: 'Mod-Alt-C',
      isOn: (editor) => editor.isActive('codeBlock'),
      use: (editor) => void editor.chain().focus().toggleCodeBlock().run(),
    },
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

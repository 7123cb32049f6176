/** The text being written: Tiptap on a shared fragment, as accessors. It needs nothing but the document, so it works offline. */
import { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc, UndoManager } from 'yjs'
import { bytesOf, parseRichText, type RichText, type RichTextFault } from '#domain/rich-text.ts'
import type { Result } from '#domain/result.ts'
import { exported } from './exported.ts'
import { extensionsFor } from './extensions.ts'
import { pastedMarkdown } from './markdown.ts'
import { Presence } from './presence.ts'

export interface WritingDeps {
  readonly doc: Doc
  readonly element: HTMLElement
  readonly label: string
  readonly somebody: string
  readonly awareness: Awareness | undefined
  /** A file was pasted or dropped; nothing of it comes into the text. */
  readonly onFile: (file: File) => void
}

export interface Writing {
  readonly editor: Editor
  /** Changes with every step and every move of the cursor; what is read from the editor beside it is read anew. */
  readonly step: Accessor<number>
  readonly bytes: Accessor<number>
  /** The text as it would be published. */
  read(): Result<RichText, RichTextFault>
}

const restMs = 300 // counting 200 kB at every key would be felt

export function createWriting({ doc, element, label, somebody, awareness, onFile }: WritingDeps): Writing {
  const [step, setStep] = createSignal(0)
  const editor: Editor = new Editor({
    element,
    injectCSS: false, // a strict policy blocks it; the rules stand in editor.css
    extensions: [
      ...extensionsFor(doc.getXmlFragment('body')),
      ...(awareness ? [Presence.configure({ awareness, somebody })] : []),
    ],
    editorProps: {
      attributes: { class: 'text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handlePaste: (_, event) => turnedAway(event.clipboardData, onFile) || pastedMarkdown(editor, event),
      handleDrop: (_, event) => turnedAway(event.dataTransfer, onFile),
    },
  })
  const weigh = () => bytesOf(exported(editor.getJSON()))
  const [bytes, setBytes] = createSignal(weigh())
  let rest: ReturnType<typeof setTimeout> | undefined
  editor.on('transaction', ({ transaction }) => {
    setStep((count) => count + 1)
    if (!transaction.docChanged) return
    clearTimeout(rest)
    rest = setTimeout(() => setBytes(weigh()), restMs)
  })
  // what can be undone is known only after the step that tells of a change
  const undone: UndoManager | undefined = yUndoPluginKey.getState(editor.state)?.undoManager
  const looked = () => void setStep((count) => count + 1)
  for (const event of stackEvents) undone?.on(event, looked)
  onCleanup(() => {
    clearTimeout(rest)
    for (const event of stackEvents) undone?.off(event, looked)
    editor.destroy()
  })
  return { editor, step, bytes, read: () => parseRichText(exported(editor.getJSON())) }
}

const stackEvents = ['stack-item-added', 'stack-item-popped'] as const

/** Whether files came, and no words beside them: the browser would open or inline them. */
function turnedAway(data: DataTransfer | null, onFile: WritingDeps['onFile']): boolean {
  const [file] = data?.files ?? []
  if (!data || !file || data.types.includes('text/html') || data.getData('text/plain') !== '') return false
  onFile(file)
  return true
}

/** Markdown in and out: a file that is opened, a text that is pasted, the guide as a file. */
import type { Editor, JSONContent } from '@tiptap/core'

const mostBytes = 1_000_000

/** The words of a file, or nothing where it is no text or too much of it. */
export async function textOfFile(file: File): Promise<string | undefined> {
  if (file.size > mostBytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return undefined // a picture, or an encoding of old
  }
}

/** A first line `# …` is the title of the guide, which is no part of its text. */
export function titleAndBody(markdown: string): { readonly title: string | undefined; readonly body: string } {
  const [whole, title] = /^\s*#[ \t]+(.+?)[ \t#]*(?:\r?\n|$)/.exec(markdown) ?? []
  return { title, body: markdown.slice(whole?.length ?? 0) }
}

export const markdownOf = (title: string, editor: Editor): string =>
  `${title ? `# ${title}\n\n` : ''}${editor.getMarkdown().trim()}\n`

export function insertMarkdown(editor: Editor, markdown: string): void {
  const blocks = (editor.markdown?.parse(markdown).content ?? []).flatMap((block) => fitting(block, editor))
  editor.chain().focus().insertContent(blocks).run()
}

/** Only where the clipboard has words alone, and they look like it; one step back gives the paste as it was. */
export function pastedMarkdown(editor: Editor, { clipboardData }: ClipboardEvent): boolean {
  const text = clipboardData?.getData('text/plain') ?? ''
  if (!clipboardData || clipboardData.types.includes('text/html') || editor.isActive('codeBlock')) return false
  if (!looksLikeMarkdown(text)) return false
  insertMarkdown(editor, text)
  return true
}

const looksLikeMarkdown = (text: string): boolean =>
  /^(#{1,6}|[-*+]|\d{1,3}\.|>) +\S|^```|^\|.+\|\s*$|\*\*\S.*\*\*|\[[^\]]+\]\([^)\s]+\)/m.test(text)

/** A block the schema takes; of one it does not take, the words. */
function fitting(block: JSONContent, editor: Editor): readonly JSONContent[] {
  try {
    editor.schema.nodeFromJSON(block).check()
    return [block]
  } catch {
    const text = wordsOf(block).trim()
    return text ? [{ type: 'paragraph', content: [{ type: 'text', text }] }] : []
  }
}

const wordsOf = ({ text = '', content = [] }: JSONContent): string => text + content.map(wordsOf).join(' ')

/** What of a guide's text is read without its form: its words for search, its headings for the table of contents. */
import type { RichNode, RichText } from './rich-text.ts'

/** The words, each block on a line of its own, so that no two of them grow together. */
export const plainText = (doc: RichNode): string => linesOf(doc).join('\n')

const linesOf = (node: RichNode): readonly string[] => {
  const lines = isLine(node) ? [wordsOf(node).trim()] : (node.content ?? []).flatMap(linesOf)
  return lines.filter((line) => line !== '')
}
const isLine = ({ type }: RichNode): boolean => type === 'heading' || type === 'paragraph' || type === 'codeBlock'

const wordsOf = ({ content = [] }: RichNode): string =>
  content.map(({ type, text = '' }) => (type === 'hardBreak' ? '\n' : text)).join('')

export interface Heading {
  readonly id: string
  readonly level: number
  readonly text: string
  readonly node: RichNode
}

/**
 * Every heading that says something, in order. An id comes from the words, so it stays when another part is put before;
 * headings that say the same are counted.
 */
export function headings(doc: RichText): readonly Heading[] {
  const seen = new Map<string, number>()
  return headingNodes(doc).flatMap((node) => {
    const text = wordsOf(node).replace(/\s+/g, ' ').trim()
    if (!text) return []
    const letters = [...text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')]
    const slug = `s-${letters.slice(0, 40).join('')}`
    const place = (seen.get(slug) ?? 0) + 1
    seen.set(slug, place)
    return [{ id: place === 1 ? slug : `${slug}--${place}`, level: node.attrs?.level ?? 2, text, node }]
  })
}

const headingNodes = (node: RichNode): readonly RichNode[] =>
  node.type === 'heading' ? [node] : (node.content ?? []).flatMap(headingNodes)

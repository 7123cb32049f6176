/** What an editor writes beside what is meant: attributes that only say their default, or that nobody reads. */
import type { JSONContent } from '@tiptap/core'

const kept: Readonly<Record<string, readonly string[]>> = {
  heading: ['level'],
  orderedList: ['start'],
  link: ['href'],
  image: ['src', 'alt'],
}

/** The JSON to parse as a rich text. */
export function exported({ type = '', attrs, content, marks, text }: JSONContent): JSONContent {
  return {
    type,
    ...attributes(type, attrs),
    ...(content ? { content: content.map(exported) } : {}),
    ...(marks ? { marks: marks.map((mark) => ({ type: mark.type, ...attributes(mark.type, mark.attrs) })) } : {}),
    ...(text === undefined ? {} : { text }),
  }
}

function attributes(type: string, attrs: JSONContent['attrs']): { attrs?: Record<string, unknown> } {
  const entries = Object.entries(attrs ?? {}).filter(
    ([name, value]) => kept[type]?.includes(name) && !(name === 'start' && value === 1),
  )
  return entries.length > 0 ? { attrs: Object.fromEntries(entries) } : {}
}

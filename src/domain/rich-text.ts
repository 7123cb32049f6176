/**
 * The text of a guide as its editor keeps it (Tiptap's JSON), cut down to what this portal shows. Whatever is not in the two
 * tables below is refused, so a renderer meets nothing it does not know; what comes out is a copy with nothing else in it.
 *
 *   node := { type, attrs?, content? } | { type: 'text', text, marks? }
 *   mark := { type, attrs? }
 */
import { hasControls } from './plain-text.ts'
import { err, ok, type Result } from './result.ts'

export const richTextBytes = 200_000
const deepest = 12
const longestLink = 2000

const blocks = [
  'heading',
  'paragraph',
  'bulletList',
  'orderedList',
  'table',
  'blockquote',
  'codeBlock',
  'horizontalRule',
  'image',
] as const
const inline = ['text', 'hardBreak'] as const
const none = [] as const

/** What a node may hold, and of it at least one where it may not be empty. */
// prettier-ignore
const nodes = {
  doc:            { holds: blocks },
  heading:        { holds: inline },
  paragraph:      { holds: inline },
  bulletList:     { holds: ['listItem'], filled: true },
  orderedList:    { holds: ['listItem'], filled: true },
  listItem:       { holds: blocks, filled: true },
  table:          { holds: ['tableRow'], filled: true },
  tableRow:       { holds: ['tableHeader', 'tableCell'], filled: true },
  tableHeader:    { holds: blocks, filled: true },
  tableCell:      { holds: blocks, filled: true },
  blockquote:     { holds: blocks, filled: true },
  codeBlock:      { holds: ['text'] },
  horizontalRule: { holds: none },
  image:          { holds: none },
  hardBreak:      { holds: none },
  text:           { holds: none },
} as const satisfies Readonly<Record<string, { readonly holds: readonly string[]; readonly filled?: true }>>
export type RichNodeType = keyof typeof nodes

const marks = ['bold', 'italic', 'strike', 'code', 'link'] as const
export type RichMarkType = (typeof marks)[number]

export interface RichMark {
  readonly type: RichMarkType
  readonly attrs?: { readonly href: string }
}
export interface RichNode {
  readonly type: RichNodeType
  readonly attrs?: { readonly level?: number; readonly start?: number; readonly src?: string; readonly alt?: string }
  readonly content?: readonly RichNode[]
  readonly text?: string
  readonly marks?: readonly RichMark[]
}
export interface RichText extends RichNode {
  readonly type: 'doc'
}

export interface RichTextFault {
  readonly kind:
    'malformed' | 'unknown' | 'misplaced' | 'empty' | 'too-deep' | 'link' | 'image' | 'controls' | 'too-large'
  /** The node, mark or attribute that is refused, or the address of the link. */
  readonly at: string
}

export function parseRichText(value: unknown): Result<RichText, RichTextFault> {
  const doc = readNode(value, ['doc'], 1)
  if (!doc.ok) return doc
  return bytesOf(doc.value) > richTextBytes ? refuse('too-large', 'doc') : ok({ ...doc.value, type: 'doc' })
}

/** What a text weighs against `richTextBytes`. */
export const bytesOf = (doc: unknown): number => new TextEncoder().encode(JSON.stringify(doc)).length

/** A picture is one of the portal's own, named by its bytes: a page never fetches anything from elsewhere. */
export const isPicture = (src: unknown): src is string => typeof src === 'string' && /^\/blobs\/[0-9a-f]{64}$/.test(src)
const longestAlt = 500

const schemes = ['http:', 'https:', 'mailto:', 'tel:']

/** Where a link leads, and what to show of that: a host, an address, a number. */
export function richLinkOf(href: string): { readonly href: string; readonly host: string } | undefined {
  if (href.length > longestLink || hasControls(href) || !URL.canParse(href)) return undefined
  const url = new URL(href)
  if (!schemes.includes(url.protocol)) return undefined
  return { href: url.href, host: url.host || url.href.slice(url.protocol.length) }
}

type Fields = Readonly<Record<string, unknown>>
type Read<T> = Result<T, RichTextFault>
const refuse = (kind: RichTextFault['kind'], at: string) => err<RichTextFault>({ kind, at: at.slice(0, 80) })

/** To tell what was refused: not every object of the network's can be made a text. */
const named = (value: unknown): string => (typeof value === 'string' ? value : typeof value)

/** An object with no fields but these, its own ones: nothing inherited is read. */
function fieldsOf(value: unknown, allowed: readonly string[], at: string): Read<Fields> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('malformed', at)
  const extra = Object.keys(value).find((key) => !allowed.includes(key))
  return extra === undefined ? ok(value as Fields) : refuse('unknown', `${at}.${extra}`)
}

const isNodeType = (type: unknown): type is RichNodeType => typeof type === 'string' && Object.hasOwn(nodes, type)

function readNode(value: unknown, allowed: readonly string[], depth: number): Read<RichNode> {
  if (depth > deepest) return refuse('too-deep', 'content')
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  if (!isNodeType(type)) return refuse(type === undefined ? 'malformed' : 'unknown', named(type))
  if (!allowed.includes(type)) return refuse('misplaced', type)
  if (type === 'text') return readWords(value)
  const fields = fieldsOf(value, ['type', 'attrs', 'content'], type)
  if (!fields.ok) return fields
  const attrs = readAttributes(type, fields.value['attrs'] ?? {})
  if (!attrs.ok) return attrs
  const content = readContent(type, fields.value['content'] ?? [], depth)
  if (!content.ok) return content
  return ok({
    type,
    ...(Object.keys(attrs.value).length > 0 ? { attrs: attrs.value } : {}),
    ...(content.value.length > 0 ? { content: content.value } : {}),
  })
}

function readContent(type: RichNodeType, value: unknown, depth: number): Read<readonly RichNode[]> {
  if (!Array.isArray(value)) return refuse('malformed', `${type}.content`)
  const { holds } = nodes[type]
  const content: RichNode[] = []
  for (const part of value as readonly unknown[]) {
    const node = readNode(part, holds, depth + 1)
    if (!node.ok) return node
    content.push(node.value)
  }
  return content.length === 0 && 'filled' in nodes[type] ? refuse('empty', type) : ok(content)
}

const attributes: Readonly<Partial<Record<RichNodeType, readonly string[]>>> = {
  heading: ['level'],
  orderedList: ['start'],
  image: ['src', 'alt'],
}

/** Without words a picture says nothing to who cannot see it; it may be left empty for what only adorns. */
function readPicture(src: unknown, alt: unknown = ''): Read<NonNullable<RichNode['attrs']>> {
  if (!isPicture(src)) return refuse('image', named(src))
  if (typeof alt !== 'string' || alt.length > longestAlt) return refuse('image', 'alt')
  return hasControls(alt) ? refuse('controls', 'alt') : ok({ src, alt })
}

function readAttributes(type: RichNodeType, value: unknown): Read<NonNullable<RichNode['attrs']>> {
  const fields = fieldsOf(value, attributes[type] ?? none, `${type}.attrs`)
  if (!fields.ok) return fields
  const { level, start, src, alt } = fields.value
  if (type === 'image') return readPicture(src, alt)
  if (type === 'heading') return isWithin(level, 2, 4) ? ok({ level }) : refuse('unknown', 'heading.level')
  if (start === undefined) return ok({})
  return isWithin(start, 0, 99_999) ? ok({ start }) : refuse('unknown', 'orderedList.start')
}

const isWithin = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most

function readWords(value: unknown): Read<RichNode> {
  const fields = fieldsOf(value, ['type', 'text', 'marks'], 'text')
  if (!fields.ok) return fields
  const { text, marks: worn = [] } = fields.value
  if (typeof text !== 'string' || text === '' || !Array.isArray(worn)) return refuse('malformed', 'text')
  if (hasControls(text.replaceAll('\t', ' '))) return refuse('controls', 'text')
  const read: RichMark[] = []
  for (const one of worn as readonly unknown[]) {
    const mark = readMark(one)
    if (!mark.ok) return mark
    if (read.some(({ type }) => type === mark.value.type)) return refuse('malformed', `${mark.value.type} twice`)
    read.push(mark.value)
  }
  return ok({ type: 'text', text, ...(read.length > 0 ? { marks: read } : {}) })
}

function readMark(value: unknown): Read<RichMark> {
  const fields = fieldsOf(value, ['type', 'attrs'], 'mark')
  if (!fields.ok) return fields
  const type = marks.find((one) => one === fields.value['type'])
  if (!type) return refuse('unknown', `mark ${named(fields.value['type'])}`)
  const attrs = fieldsOf(fields.value['attrs'] ?? {}, type === 'link' ? ['href'] : [], type)
  if (!attrs.ok) return attrs
  if (type !== 'link') return ok({ type })
  const { href } = attrs.value
  const link = typeof href === 'string' ? richLinkOf(href) : undefined
  return link ? ok({ type, attrs: { href: link.href } }) : refuse('link', named(href))
}

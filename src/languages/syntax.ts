/** Where a script or a source file keeps its words: the areas of `src/i18n` and the `Words` of `content`, found in its syntax. */
import { parseSync } from 'vite'

export interface Range {
  readonly start: number
  readonly end: number
}
/** `{ 'zh-Hans': …, en: … }`: where each dictionary is written out, and the end of its first entry. */
export interface AreaPlace {
  readonly hans: Range
  readonly en: Range
  readonly entry: Range
}
/** `{ zh: '…', en: '…' }` */
export interface WordsPlace extends Range {
  readonly zh: Range
  readonly en: Range
}
export interface WordPlaces {
  readonly areas: readonly AreaPlace[]
  readonly words: readonly WordsPlace[]
}

interface Node extends Range {
  readonly type: string
  readonly [part: string]: unknown
}

export function wordPlacesIn(code: string, lang: 'js' | 'ts' = 'js'): WordPlaces {
  const nodes = [...within(parseSync(`words.${lang}`, code).program as unknown as Node)]
  const written = new Map<unknown, Node>()
  for (const { type, id, init } of nodes)
    if (type === 'VariableDeclarator' && isNode(init) && isNode(id)) written.set(id['name'], plain(init))
  const objects = nodes.filter(({ type }) => type === 'ObjectExpression').map((node) => ({ node, of: entriesOf(node) }))
  const placeOf = (value: Node): Node => (value.type === 'Identifier' ? written.get(value['name']) : value) ?? value
  return {
    areas: objects.flatMap(({ of }) => {
      const [hans, en] = [of.get('zh-Hans'), of.get('en')]
      return hans && en && !of.has('zh-Hant') ? [{ hans: placeOf(hans.value), en: placeOf(en.value), entry: hans }] : []
    }),
    words: objects.flatMap(({ node, of }) => {
      const [zh, en] = [of.get('zh'), of.get('en')]
      return zh && en && of.size === 2 && isText(zh.value) && isText(en.value) ? [{ ...rangeOf(node), zh, en }] : []
    }),
  }
}

/** The code with some of its ranges written anew. */
export const rewritten = (code: string, edits: readonly (Range & { readonly text: string })[]): string =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), code)

const rangeOf = ({ start, end }: Range): Range => ({ start, end })
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const isText = ({ type }: Node): boolean => type === 'Literal' || type === 'TemplateLiteral'

/** Without what only types say. */
const plain = (node: Node): Node =>
  /^TS\w+Expression$/.test(node.type) && isNode(node['expression']) ? plain(node['expression']) : node

function* within(node: Node): Generator<Node> {
  yield node
  for (const part of Object.values(node).flat()) if (isNode(part)) yield* within(part)
}

/** The entries of an object by their names; none where one is computed or spread. */
function entriesOf(node: Node): ReadonlyMap<string, Range & { readonly value: Node }> {
  const entries = (node['properties'] as readonly Node[]).flatMap((property) => {
    const { key, value } = property
    if (!isNode(key) || !isNode(value)) return []
    return [[String(key['name'] ?? key['value']), { ...rangeOf(property), value: plain(value) }] as const]
  })
  return new Map(entries)
}

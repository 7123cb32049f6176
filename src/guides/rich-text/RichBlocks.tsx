/**
 * A rich text as elements, each node its own tag and words only ever as text. What is in no table here is in no rich text
 * either (`rich-text.ts`). Solid, because Astro keeps the blanks between tags and Chinese has none.
 */
import { For, Match, Switch, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { RichNode, RichText } from '#domain/rich-text.ts'
import { headings, plainText } from '#domain/rich-text-words.ts'
import { RichWords } from './RichWords.tsx'

export function RichBlocks(props: { readonly doc: RichText }) {
  const ids = new Map(headings(props.doc).map(({ node, id }) => [node, id]))
  return <Blocks nodes={props.doc.content ?? []} ids={ids} />
}

interface BlocksProps {
  readonly nodes: readonly RichNode[]
  readonly ids: ReadonlyMap<RichNode, string>
}

const Blocks = (props: BlocksProps): JSX.Element => (
  <For each={props.nodes}>{(node) => <Block node={node} ids={props.ids} />}</For>
)

const tags = {
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
  blockquote: 'blockquote',
} as const
/** A header that says nothing is a cell: who listens to the page would be told of a heading without a name. */
const tagOf = (node: RichNode): (typeof tags)[keyof typeof tags] =>
  node.type === 'tableHeader' && plainText(node) === '' ? 'td' : tags[node.type as keyof typeof tags]

const levels: Readonly<Record<number, 'h2' | 'h3' | 'h4'>> = { 2: 'h2', 3: 'h3', 4: 'h4' }

function Block({ node, ids }: { readonly node: RichNode; readonly ids: BlocksProps['ids'] }) {
  const { type, attrs, content = [] } = node
  return (
    <Switch
      fallback={
        <Dynamic component={tagOf(node)} start={attrs?.start}>
          <Blocks nodes={content} ids={ids} />
        </Dynamic>
      }
    >
      <Match when={type === 'heading'}>
        <Dynamic component={levels[attrs?.level ?? 2]} id={ids.get(node)}>
          <RichWords nodes={content} />
        </Dynamic>
      </Match>
      <Match when={type === 'paragraph'}>
        <p>
          <RichWords nodes={content} />
        </p>
      </Match>
      <Match when={type === 'codeBlock'}>
        <pre>
          <RichWords nodes={content} />
        </pre>
      </Match>
      <Match when={type === 'horizontalRule'}>
        <hr />
      </Match>
      <Match when={type === 'image'}>
        <img src={attrs?.src} alt={attrs?.alt ?? ''} loading="lazy" />
      </Match>
      <Match when={type === 'table'}>
        <div class="scroll" role="group" tabindex="0">
          <table>
            <tbody>
              <Blocks nodes={content} ids={ids} />
            </tbody>
          </table>
        </div>
      </Match>
    </Switch>
  )
}

/** Words with their marks. Nobody vouches for a link, so behind its last word stands where it really leads. */
import { For, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { richLinkOf, type RichMarkType, type RichNode } from '#domain/rich-text.ts'

const hrefOf = (node: RichNode | undefined): string | undefined =>
  node?.marks?.find(({ type }) => type === 'link')?.attrs?.href

export const RichWords = (props: { readonly nodes: readonly RichNode[] }) => (
  <For each={props.nodes}>
    {(node, place) => {
      if (node.type === 'hardBreak') return <br />
      const href = hrefOf(node)
      const marks = (node.marks ?? []).map(({ type }) => type)
      return (
        <Show when={href !== undefined && richLinkOf(href)} fallback={<Marked marks={marks} text={node.text ?? ''} />}>
          {(link) => (
            <>
              <a href={link().href} rel="ugc nofollow noopener">
                <Marked marks={marks} text={node.text ?? ''} />
              </a>
              <Show when={hrefOf(props.nodes[place() + 1]) !== href}>
                <small class="host">[{link().host}]</small>
              </Show>
            </>
          )}
        </Show>
      )
    }}
  </For>
)

const tags: Readonly<Partial<Record<RichMarkType, 'strong' | 'em' | 's' | 'code'>>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
}

/** The first mark outermost; a link is an element of its own and passed over here. */
function Marked(props: { readonly marks: readonly RichMarkType[]; readonly text: string }): JSX.Element {
  const [mark, ...rest] = props.marks.filter((one) => one !== 'link')
  if (!mark) return props.text
  return (
    <Dynamic component={tags[mark]}>
      <Marked marks={rest} text={props.text} />
    </Dynamic>
  )
}

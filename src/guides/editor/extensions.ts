/** What the editor knows: the nodes and marks of `rich-text.ts`, and no others. Whatever is pasted or opened goes through it. */
import { Node, type AnyExtension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Heading } from '@tiptap/extension-heading'
import { Link } from '@tiptap/extension-link'
import { Markdown } from '@tiptap/markdown'
import { StarterKit } from '@tiptap/starter-kit'
import type { XmlFragment } from 'yjs'
import { isPicture, richLinkOf } from '#domain/rich-text.ts'
import { Tables } from './table-nodes.ts'

export const extensionsFor = (fragment: XmlFragment): readonly AnyExtension[] => [
  StarterKit.configure({
    heading: false,
    link: false,
    underline: false,
    undoRedo: false, // Yjs knows which steps are one's own
    trailingNode: false, // it would write into the shared text whenever somebody opens it
  }),
  GuideHeading.configure({ levels: [2, 3, 4] }),
  GuideLink.configure({
    openOnClick: false,
    defaultProtocol: 'https',
    isAllowedUri: (href) => richLinkOf(href) !== undefined,
    HTMLAttributes: { target: null, rel: null },
  }),
  GuidePicture,
  Tables,
  Markdown,
  Collaboration.configure({ fragment }),
]

type Level = 2 | 3 | 4
/** The page has its own first heading, and none below the fourth. */
const levelOf = (depth: number): Level => Math.min(Math.max(depth, 2), 4) as Level

const GuideHeading = Heading.extend({
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((depth) => ({ tag: `h${depth}`, attrs: { level: levelOf(depth) } })),
  parseMarkdown: (token, helpers) =>
    helpers.createNode('heading', { level: levelOf(token.depth ?? 2) }, helpers.parseInline(token.tokens ?? [])),
})

/** An address and nothing else; one that is not allowed is no link, and its words stay. */
const GuideLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  parseMarkdown: (token, helpers) => {
    const words = helpers.parseInline(token.tokens ?? [])
    return richLinkOf(token.href ?? '') ? helpers.applyMark('link', words, { href: token.href }) : words
  },
})

/** A picture of the portal's own, as another program may have put it into the text; any other is dropped with its paste. */
const GuidePicture = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => {
        const [src, alt] = [element.getAttribute('src'), element.getAttribute('alt')]
        return isPicture(src) && { src, alt: alt ?? '' }
      },
    },
  ],
  renderHTML: ({ HTMLAttributes: { src, alt } }) => ['img', { src: String(src), alt: String(alt), loading: 'lazy' }],
  renderMarkdown: ({ attrs }) =>
    `![${String(attrs?.['alt'] ?? '').replace(/[[\]\n]/g, ' ')}](${String(attrs?.['src'])})`,
})

/** Web addresses in a plain text, so that they can be links: only http and https, each with the host it really leads to. */
export interface LinkPart {
  readonly text: string
  /** Undefined for what is only text. */
  readonly link: { readonly href: string; readonly host: string } | undefined
}

/** An address ends at a blank, a quote, an angle bracket or Chinese punctuation; a sentence's own mark at its end is not part of it. */
const address = /https?:\/\/[^\s<>"'`\u3000-\u303F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65‘’“”…]+/giu
const trailing = /[.,;:!?)\]}]+$/

/** The text in parts, in order; joined they are the text again. */
export function linkParts(text: string): readonly LinkPart[] {
  const parts: LinkPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const written = found.replace(trailing, '')
    const link = linkOf(written)
    if (!link) continue
    if (index > from) parts.push({ text: text.slice(from, index), link: undefined })
    parts.push({ text: written, link })
    from = index + written.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), link: undefined })
  return parts
}

function linkOf(written: string): LinkPart['link'] {
  if (!URL.canParse(written)) return undefined
  const { protocol, href, host } = new URL(written)
  return protocol === 'http:' || protocol === 'https:' ? { href, host } : undefined
}

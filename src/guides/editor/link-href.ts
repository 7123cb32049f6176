/** The address of a link, from what people type. */
import { richLinkOf } from '#domain/rich-text.ts'

/** As people type it: a host without a scheme, a bare e-mail address, a number with blanks. */
export function hrefOf(typed: string): string | undefined {
  const text = typed.trim()
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return richLinkOf(`mailto:${text}`)?.href
  if (/^\+?[\d\s-]{5,20}$/.test(text)) return richLinkOf(`tel:${text.replace(/[\s-]/g, '')}`)?.href
  if (/^[^\s/:]+\.[^\s/:]+(:\d+)?(\/\S*)?$/.test(text)) return richLinkOf(`https://${text}`)?.href
  return richLinkOf(text)?.href
}

/**
 * Whose listings this device leaves out of lists, as a style sheet: the page's head puts it in before anything is painted, so that nothing
 * jumps, and it holds for lines that come later too. What is kept is the sheet itself, so that the head has nothing to work out.
 */
import { hiddenStyleKey } from './hidden-key.ts'

/** Stands in the head of every page; the build allows it by its hash. */
export const hiddenStyleScript = `try{const h=localStorage['${hiddenStyleKey}'];if(h){const s=new CSSStyleSheet();s.replaceSync(h);document.adoptedStyleSheets=[s]}}catch{}`

/**
 * A list that shows all of them on its reader's wish has the class `all`. The room for the line that counts them is there before it is; where a
 * browser does not know `:has` only that rule is passed over.
 * @param ends of dids
 */
export function hiddenStyleOf(ends: readonly string[]): string {
  if (ends.length === 0) return ''
  const each = (selector: (line: string) => string) => ends.map((end) => selector(`[data-by="${end}"]`)).join(',')
  return (
    each((line) => `ul:not(.all)>${line}`) +
    '{display:none}' +
    each((line) => `ul:has(>${line}):not(:has(+.from-hidden))`) +
    '{margin-block-end:44px}'
  )
}

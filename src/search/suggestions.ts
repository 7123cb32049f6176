/** What the box offers while one types: searches of this device that go on so, and categories of that name. What is found stands below as links. */
import { wordIn, type Locale } from '#domain/locale.ts'
import { town } from '#src/i18n/town.ts'

export type Suggestion =
  | { readonly kind: 'recent'; readonly text: string }
  | { readonly kind: 'category'; readonly text: string; readonly id: string }

const mostRecent = 3
const mostCategories = 2

/** Nothing typed: the last searches, all of them. */
export function suggestionsFor(typed: string, recent: readonly string[], locale: Locale): readonly Suggestion[] {
  const said = typed.trim().toLowerCase()
  const searches = recent.map((text) => ({ kind: 'recent', text }) as const)
  if (said === '') return searches
  const going = searches.filter(({ text }) => text.toLowerCase().includes(said) && text.toLowerCase() !== said)
  const categories = town.categories.flatMap(({ id, name }) => {
    const text = wordIn(name, locale) // the words of other languages are not in this script
    return text.toLowerCase().includes(said) ? [{ kind: 'category', id, text } as const] : []
  })
  return [...going.slice(0, mostRecent), ...categories.slice(0, mostCategories)]
}

/** What the search page loads after its box, in one file: narrowing, watching, hearts, keeping the town. */
import type { Locale } from '#domain/locale.ts'
import type { Finder } from './finder.ts'
import { createLikes, type Likes } from './likes.ts'
import type { Watch } from './watch.ts'

export { Heart } from './Heart.tsx'
export { PackBar } from './PackBar.tsx'
export { SaveSearch } from './SaveSearch.tsx'
export { SearchFacets } from './SearchFacets.tsx'

/** The finder of the page watches too. */
export function openLikes(locale: Locale, finder: Finder): Likes<Watch> {
  const likes = createLikes(async () => (await import('./watching.ts')).openWatch(locale, finder))
  likes.wake()
  return likes
}

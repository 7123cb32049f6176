/** What the search page loads after its box, in one file: narrowing, watching, keeping the town. */
export { PackBar } from './PackBar.tsx'
export { SaveSearch } from './SaveSearch.tsx'
export { SearchFacets } from './SearchFacets.tsx'

/** Puts a table into RESULTS.md in place of the one before: all between the section's heading and how it is measured. */
const heading = '## Search beside one full lunr index, MiniSearch and Pagefind\n'
const after = 'How it is measured:\n'

/** @throws when the section is not there: then this file has to learn what it is called now */
export function withSearchTable(results: string, table: string, told: string): string {
  const from = results.indexOf(heading)
  const to = results.indexOf(after, from)
  if (from < 0 || to < 0) throw new Error('RESULTS.md has no section for search')
  return `${results.slice(0, from)}${heading}\n${told}\n\n${table}\n\n${results.slice(to)}`
}

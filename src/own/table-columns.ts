/** How businesses name the columns of their tables, in both languages, and what tables of other programs call them. */
import names from '../../content/table-columns.json'

/** `id` names a row for ever: a second import passes over what came with the first. */
export type Column = keyof typeof names.columns
const columns = Object.keys(names.columns) as readonly Column[]

/** A price's unit in brackets, blanks and case mean nothing. */
export const spelledColumn = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\s|\*|_/g, '')

export const columnOf = (header: string): Column | undefined => {
  const said = spelledColumn(header)
  return columns.find((column) => names.columns[column].some((name) => spelledColumn(name) === said))
}

/** An empty price, and the words for one that is agreed upon. */
export const agreedWords = names.agreed
export const yesWords = names.yes

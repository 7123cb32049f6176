/** What would come of a table: each row as the form would have it, checked by the same rules, before anything is written. */
import type { Category, Field } from '#domain/category.ts'
import { parseCsv, type CsvFault } from '#domain/csv.ts'
import type { Town } from '#domain/listing.ts'
import { mostLive } from '#domain/quota.ts'
import type { Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { agreedWords, columnOf, spelledColumn, yesWords, type Column } from './table-columns.ts'
import { submissionOf, type DraftValues } from '#src/listings/draft-values.ts'

/** `known`: came with an earlier import, or stands in the table twice. `over-quota`: more than a key may have live. */
export type RowAction = 'publish' | 'refused' | 'known' | 'over-quota'

export interface TableRow {
  /** Of the file. */
  readonly line: number
  /** What names the row for ever. */
  readonly name: string
  readonly values: DraftValues
  readonly action: RowAction
  readonly refusals: readonly Refusal[]
}
export interface TablePlan {
  readonly rows: readonly TableRow[]
  /** Headers that name nothing. */
  readonly unknown: readonly string[]
  /** How many more may be live. */
  readonly room: number
}
export type TableFault =
  { readonly kind: 'encoding' | 'empty' | 'no-title' } | { readonly kind: 'too-many'; readonly most: number } | CsvFault

export const mostRows = 500

/** UTF-8, with or without its mark, or else GB 18030, which is what tables are saved as here. */
export function textOfTable(bytes: Uint8Array): Result<string, { readonly kind: 'encoding' }> {
  for (const label of ['utf-8', 'gb18030'])
    try {
      return ok(new TextDecoder(label, { fatal: true }).decode(bytes))
    } catch {
      continue
    }
  return err({ kind: 'encoding' })
}

export interface TableDeps {
  readonly town: Town
  /** What every row has that says nothing else: name, kind of poster, firm. */
  readonly basis: DraftValues
  readonly live: number
  readonly isKnown: (name: string) => Promise<boolean>
  /** The house rules. */
  readonly check: (values: DraftValues) => readonly Refusal[]
}

export async function tablePlanOf(text: string, deps: TableDeps): Promise<Result<TablePlan, TableFault>> {
  const read = parseCsv(text)
  if (!read.ok) return read
  const [head, ...body] = read.value
  if (!head || body.length === 0) return err({ kind: 'empty' })
  if (body.length > mostRows) return err({ kind: 'too-many', most: mostRows })
  const headers = head.cells.map((cell) => columnOf(cell) ?? cell.trim())
  if (!headers.includes('title')) return err({ kind: 'no-title' })
  const fields = new Set(deps.town.categories.flatMap((category) => category.fields.flatMap(namesOf)))
  const unknown = head.cells.filter((cell) => cell.trim() && !columnOf(cell) && !fields.has(spelledColumn(cell)))
  const room = Math.max(0, mostLive - deps.live)
  const rows: TableRow[] = []
  const seen = new Set<string>()
  let left = room
  for (const { line, cells } of body) {
    const { values, name } = rowOf(headers, cells, deps)
    const isKnown = seen.has(name) || (await deps.isKnown(name))
    seen.add(name)
    const refusals = isKnown ? [] : refusalsOf(values, deps)
    const action: RowAction = isKnown
      ? 'known'
      : refusals.length > 0
        ? 'refused'
        : left-- > 0
          ? 'publish'
          : 'over-quota'
    rows.push({ line, name, values, action, refusals })
  }
  return ok({ rows, unknown, room })
}

function refusalsOf(values: DraftValues, { town, check }: TableDeps): readonly Refusal[] {
  const category = town.categories.find(({ id }) => id === values['category'])
  if (category?.ownKey) return [{ rule: 'unknown-category', field: 'category' }] // signed by another key, which leads to no business
  const checked = submissionOf(town, values)
  return [...(checked.ok ? [] : checked.error), ...check(values)]
}

function rowOf(headers: readonly string[], cells: readonly string[], { town, basis }: TableDeps) {
  const said = new Map(headers.map((header, at) => [header, (cells[at] ?? '').trim()] as const))
  const of = (column: Column): string => said.get(column) ?? ''
  const category = named(town.categories, of('category'))
  const known = town.categories.find(({ id }) => id === category)
  const price = of('priceFen')
  const common = {
    category,
    intent: named(known?.intents ?? [], of('intent')) || (known?.intents[0]?.id ?? ''),
    sub: named(known?.kinds ?? [], of('sub')) || (known?.kinds.at(-1)?.id ?? ''),
    title: of('title'),
    text: of('text'),
    district: named(town.portal.districts, of('district')),
    priceFen: isAgreed(price) ? '' : price,
    byAgreement: isAgreed(price) ? 'yes' : '',
    ...(of('validDays') && { validDays: of('validDays').replace(/\D/g, '') }),
    ...(of('contactKind') && { contactKind: of('contactKind').toLowerCase() }),
    ...(of('contactValue') && { contactValue: of('contactValue') }),
  }
  const values: DraftValues = { ...basis, ...common, ...(known && fieldsOf(known, said)) }
  return { values, name: of('id') || [category, common.title, common.text, price, common.district].join('\n') }
}

const isAgreed = (price: string): boolean => agreedWords.includes(price.toLowerCase())

function fieldsOf(category: Category, said: ReadonlyMap<string, string>): DraftValues {
  const bySpelling = new Map([...said].map(([header, text]) => [spelledColumn(header), text]))
  return Object.fromEntries(
    category.fields.flatMap((field) => {
      const text = namesOf(field)
        .map((name) => bySpelling.get(name))
        .find(Boolean)
      return text ? [[field.id, valueOf(field, text)]] : []
    }),
  )
}

function valueOf(field: Field, text: string): string {
  if (field.type === 'choice') return named(field.options, text) || text
  if (field.type === 'flag') return yesWords.includes(text.toLowerCase()) ? 'yes' : ''
  return field.type === 'date' || field.type === 'month' ? text.replaceAll(/[/.]/g, '-') : text
}

interface Named {
  readonly id: string
  readonly name: object
}
/** By id, or by its name in any language that is at hand; empty when nothing is named so. */
const named = (rows: readonly Named[], text: string): string => {
  const said = spelledColumn(text)
  const row = rows.find(({ id, name }) => [id, ...wordsOf(name)].some((one) => spelledColumn(one) === said))
  return said ? (row?.id ?? '') : ''
}
const namesOf = ({ id, label }: Field): readonly string[] => [id, ...wordsOf(label)].map(spelledColumn)
/** In a script of one language there is one. */
const wordsOf = (words: object): readonly string[] => Object.values(words).filter((word) => typeof word === 'string')

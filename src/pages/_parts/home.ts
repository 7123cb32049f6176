/** What the home page shows, asked of the read model all at once. */
import type { Category } from '#domain/category.ts'
import type { Line } from '#domain/entry.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { latestOnHome } from '#domain/newest.ts'
import type { CategoryCount, ReadModel } from '#domain/read-model.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { town } from '#src/i18n/town.ts'
import { townItems } from './directory.ts'

/** Categories whose newest lines stand on the home page as rows, beside the latest of all. */
const blockIds = ['jobs', 'housing', 'vehicles', 'services'] as const
const rowsPerBlock = 5

export interface Tile {
  readonly id: string
  readonly href: string
  readonly name: string
  readonly icon: Category['icon']
  readonly live: number
  readonly subs: string
}
export interface Block {
  readonly id: string
  readonly href: string
  readonly name: string
  readonly live: number
  readonly lines: readonly Line[]
}

export async function homeOf(readModel: ReadModel, now: number, locale: Locale) {
  const categories = town.categories.filter(({ id }) => (blockIds as readonly string[]).includes(id))
  const [items, counts, latest, ...blocks] = await Promise.all([
    townItems(readModel),
    readModel.counts(now),
    readModel.latest({ limit: latestOnHome }, now),
    ...categories.map(({ id }) => readModel.latest({ category: id, limit: rowsPerBlock }, now)),
  ])
  return {
    items,
    latest,
    live: Object.values(counts).reduce((sum, { live }) => sum + live, 0),
    tiles: town.categories.map((category) => tileOf(category, counts[category.id], locale)),
    blocks: categories.flatMap((category, i): readonly Block[] => {
      const { id, href, name, live } = tileOf(category, counts[category.id], locale)
      const lines = blocks[i] ?? []
      return lines.length > 0 ? [{ id, href, name, live, lines }] : []
    }),
  }
}

/** The tile of a category; while nobody has posted there it says what it is for. */
function tileOf(category: Category, count: CategoryCount | undefined, locale: Locale): Tile {
  const { id, icon, name, hint, kinds } = category
  const used = kinds
    .filter((kind) => kind.id !== 'other' && count?.subs[kind.id])
    .sort((a, b) => (count?.subs[b.id] ?? 0) - (count?.subs[a.id] ?? 0))
    .map((kind) => wordIn(kind.name, locale))
  const subs = used.length >= 2 ? used.slice(0, 2).join(' · ') : wordIn(hint, locale)
  return { id, href: pathTo(locale).category(id), name: wordIn(name, locale), icon, live: count?.live ?? 0, subs }
}

/** The sides of the comparison, each run to its end in a process of its own. */
import { figuresOf, type Told } from './children.ts'
import type { PagefindFigures } from './pagefind-peer.ts'
import type { PressFigures } from './press.ts'
import type { TownFigures } from './town.ts'
import type { WholeIndexFigures } from './whole-index.ts'

export const sides = ['town', 'press', 'lunr', 'minisearch', 'pagefind'] as const
export type Side = (typeof sides)[number]

export interface Figures {
  readonly town: TownFigures
  readonly press: PressFigures
  readonly lunr: WholeIndexFigures
  readonly minisearch: WholeIndexFigures
  readonly pagefind: PagefindFigures
}
export type Taken = { readonly [S in Side]?: Told<Figures[S]> }

export interface Asked {
  readonly count: number
  readonly queriesEach: number
  /** ms */
  readonly now: number
}

export function measured<S extends Side>(side: S, { count, queriesEach, now }: Asked): Promise<Told<Figures[S]>> {
  switch (side) {
    case 'town':
    case 'press':
      return figuresOf(side, [count, queriesEach, now])
    case 'pagefind':
      return figuresOf('pagefind-peer', [count, Math.min(40, queriesEach), now]) // a browser context for each query
    default:
      return figuresOf('whole-index', [side, count, queriesEach, now])
  }
}

/** Whose listings somebody does not want to see: the map `hiddenSellers` of the private workspace, did → `<since, ms> <name as it was then>`. */
import { sellersMap } from '#src/sync/mirror.ts'
import type { OpenRoom } from '#src/sync/session.ts'

export interface HiddenSeller {
  readonly did: string
  readonly name: string
  readonly at: number
}
export interface HiddenSellers {
  /** The last hidden first. */
  list(): readonly HiddenSeller[]
  has(did: string): boolean
  hide(seller: HiddenSeller): void
  show(did: string): void
  watch(changed: () => void): () => void
}

const mostName = 40

export function createHiddenSellers({ doc }: Pick<OpenRoom, 'doc'>): HiddenSellers {
  const map = doc.getMap<string>(sellersMap)
  return {
    list: () =>
      [...map].map(([did, text]) => sellerOf(did, text)).sort((a, b) => b.at - a.at || (a.did < b.did ? -1 : 1)),
    has: (did) => map.has(did),
    hide: ({ did, name, at }) => void map.set(did, `${at} ${[...name].slice(0, mostName).join('')}`),
    show: (did) => map.delete(did),
    watch(changed) {
      map.observe(changed)
      return () => map.unobserve(changed)
    },
  }
}

function sellerOf(did: string, text: string): HiddenSeller {
  const [, at, name] = /^(\d+) (.*)$/s.exec(text) ?? []
  return { did, at: Number(at ?? 0), name: name ?? '' }
}

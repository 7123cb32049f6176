/**
 * Saved searches: the map `searches` of the private workspace. The key is the search as an address says it (address.ts), so the
 * same search saved twice, or on two devices, is one; the value is its name as JSON. `<address>#seen` holds the time up to which
 * what is new has been looked at.
 */
import type { OpenRoom } from '#src/sync/session.ts'

export interface SavedSearch {
  readonly address: string
  readonly name: string
  /** ms, by the relay's clock */
  readonly seenAt: number
}

export interface SavedSearches {
  /** By name. */
  list(): readonly SavedSearch[]
  has(address: string): boolean
  /** From `now` on what is new counts; saved again it only gets the new name. */
  save(search: Pick<SavedSearch, 'address' | 'name'>, now: number): void
  see(address: string, now: number): void
  drop(address: string): void
  watch(changed: () => void): () => void
}

const mostName = 40
const seen = (address: string): string => `${address}#seen` // an address has no such sign: it would be %23

export function createSavedSearches({ doc }: Pick<OpenRoom, 'doc'>): SavedSearches {
  const map = doc.getMap<string>('searches')
  const see = (address: string, now: number) => {
    if (now > Number(map.get(seen(address)) ?? 0)) map.set(seen(address), String(now))
  }
  return {
    list: () =>
      [...map.keys()]
        .filter((key) => !key.includes('#'))
        .map((address) => ({
          address,
          name: map.get(address) ?? '',
          seenAt: Number(map.get(seen(address)) ?? 0),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.address < b.address ? -1 : 1)),
    has: (address) => map.has(address),
    save: ({ address, name }, now) =>
      doc.transact(() => {
        map.set(address, [...name.trim()].slice(0, mostName).join(''))
        if (!map.has(seen(address))) see(address, now)
      }),
    see,
    drop: (address) =>
      doc.transact(() => {
        map.delete(address)
        map.delete(seen(address))
      }),
    watch(changed) {
      map.observe(changed)
      return () => map.unobserve(changed)
    },
  }
}

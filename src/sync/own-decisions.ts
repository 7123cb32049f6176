/** What moderators have decided about things of mine, live, as a Solid accessor: by the subject's id. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { Decision, houseMap, type answeredMap } from '#domain/label.ts'
import type { OwnRooms } from './own-rooms.ts'

/** @param name what I was told about things of mine, or about what I have reported */
export function createDecisions(
  { inbox }: Pick<OwnRooms, 'inbox'>,
  name: typeof houseMap | typeof answeredMap = houseMap,
): Accessor<ReadonlyMap<string, Decision>> {
  const map = inbox.doc.getMap<string>(name)
  const read = () =>
    new Map(
      [...map.values()].flatMap((json) => {
        const decision = Decision.safeParse(JSON.parse(json)).data // only the relay writes it
        return decision ? [[decision.subject.id, decision] as const] : []
      }),
    )
  const [decisions, setDecisions] = createSignal<ReadonlyMap<string, Decision>>(read())
  const changed = () => setDecisions(read())
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return decisions
}

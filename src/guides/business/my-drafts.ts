/** The drafts I write, mine and shared ones, by name in my private workspace: what is in them lies in their own rooms. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import * as z from 'zod/mini'
import { DraftName } from '#domain/delegation.ts'
import { Did } from '#domain/identity.ts'
import type { OpenRoom } from '#src/sync/session.ts'
import type { DraftRef } from './address.ts'

const Listed = z.object({
  owner: Did,
  draft: DraftName,
  title: z.string(),
  at: z.number(),
  /** Kept for me of a draft that I may not write any more. */
  isCopy: z.optional(z.boolean()),
})
export type ListedDraft = z.infer<typeof Listed>

export interface MyDrafts {
  /** Solid accessor, the last changed first. */
  readonly all: Accessor<readonly ListedDraft[]>
  keep(draft: ListedDraft): void
  drop(draft: DraftRef): void
}

/** Call it where Solid has an owner. */
export function createMyDrafts(me: Pick<OpenRoom, 'doc'>): MyDrafts {
  const map = me.doc.getMap<string>('guideDrafts')
  const read = () =>
    [...map.values()]
      .flatMap((json) => listedIn(json) ?? [])
      .sort((a, b) => b.at - a.at || (a.draft < b.draft ? -1 : 1))
  const [all, setAll] = createSignal<readonly ListedDraft[]>(read())
  const changed = () => setAll(read())
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return {
    all,
    keep(draft) {
      const json = JSON.stringify(draft)
      if (map.get(keyOf(draft)) !== json) map.set(keyOf(draft), json)
    },
    drop: (draft) => map.delete(keyOf(draft)),
  }
}

const keyOf = ({ owner, draft }: DraftRef): string => `${owner}/${draft}`

function listedIn(json: string): ListedDraft | undefined {
  try {
    return Listed.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

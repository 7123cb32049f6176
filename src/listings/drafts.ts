/**
 * Drafts: the map `drafts` of the private workspace, one key per draft and field (`<draft>/<field>`), so that two tabs or two
 * devices on one draft merge field by field and never replace each other's. Names with a dot are ours: `.at` when it was last
 * edited, `.sent` the record it became, `.base` what the listing said when its edit began.
 */
import { dayMs } from '#domain/time.ts'
import type { OpenRoom } from '#src/sync/session.ts'
import type { DraftValues } from './draft-values.ts'

export interface Draft {
  readonly id: string
  readonly editedAt: number
  readonly values: DraftValues
}

export interface Drafts {
  /** Unfinished ones, the last edited first. */
  list(): readonly Draft[]
  read(id: string): Draft | undefined
  write(id: string, changes: DraftValues, now: number): void
  drop(id: string): void
  /** For the draft of an edit: the listing's words when it began, to tell what another device changed since. The first call counts. */
  begin(id: string, base: DraftValues): void
  baseOf(id: string): DraftValues | undefined
  /** The draft has become this record: its words go, the way to the record stays for a week. */
  markSent(id: string, recordId: string, now: number): void
  sentAs(id: string): string | undefined
  watch(changed: () => void): () => void
}

const keptSentMs = 7 * dayMs

/** @param now ms, to forget what was sent long ago */
export function createDrafts({ doc }: Pick<OpenRoom, 'doc'>, now: number): Drafts {
  const map = doc.getMap<string>('drafts')
  const drop = (id: string) => doc.transact(() => keysOf(map, id).forEach((key) => map.delete(key)))
  const stamp = (id: string, at: number) => map.set(`${id}/.at`, String(at))

  const drafts: Drafts = {
    list: () =>
      [...idsIn(map)]
        .flatMap((id) => drafts.read(id) ?? [])
        .sort((a, b) => b.editedAt - a.editedAt || (a.id < b.id ? -1 : 1)),
    read: (id) => (map.has(`${id}/.sent`) ? undefined : draftIn(map, id)),
    write: (id, changes, at) =>
      doc.transact(() => {
        for (const [field, value] of Object.entries(changes))
          if ((map.get(`${id}/${field}`) ?? '') !== value) map.set(`${id}/${field}`, value)
        stamp(id, at)
      }),
    drop,
    begin: (id, base) => {
      if (!map.has(`${id}/.base`)) map.set(`${id}/.base`, JSON.stringify(base))
    },
    baseOf: (id) => {
      const json = map.get(`${id}/.base`)
      return json === undefined ? undefined : (JSON.parse(json) as DraftValues)
    },
    markSent: (id, recordId, at) =>
      doc.transact(() => {
        drop(id)
        map.set(`${id}/.sent`, recordId)
        stamp(id, at)
      }),
    sentAs: (id) => map.get(`${id}/.sent`),
    watch: (changed) => {
      map.observe(changed)
      return () => map.unobserve(changed)
    },
  }
  for (const id of idsIn(map)) if (isForgotten(map, id, now)) drop(id)
  return drafts
}

interface Kept {
  keys(): IterableIterator<string>
  get(key: string): string | undefined
  has(key: string): boolean
}

const keysOf = (map: Kept, id: string): readonly string[] => [...map.keys()].filter((key) => key.startsWith(`${id}/`))
const idsIn = (map: Kept): ReadonlySet<string> => new Set([...map.keys()].map((key) => key.split('/')[0] ?? ''))
const editedAtOf = (map: Kept, id: string): number => Number(map.get(`${id}/.at`) ?? 0)
const isForgotten = (map: Kept, id: string, now: number): boolean =>
  map.has(`${id}/.sent`) && editedAtOf(map, id) < now - keptSentMs

function draftIn(map: Kept, id: string): Draft | undefined {
  const fields = keysOf(map, id)
    .map((key) => [key.slice(id.length + 1), map.get(key) ?? ''] as const)
    .filter(([field]) => !field.startsWith('.'))
  return fields.length > 0 ? { id, editedAt: editedAtOf(map, id), values: Object.fromEntries(fields) } : undefined
}

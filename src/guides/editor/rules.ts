/** The rules being written: the shared map as a draft, and the policy it makes or the reasons why it makes none. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Doc } from 'yjs'
import {
  aboutKey,
  readDraft,
  type DraftAbout,
  type DraftBar,
  type DraftRow,
  type PolicyDraft,
} from '#domain/policy-draft.ts'
import type { DraftFee, PromiseKind } from '#domain/policy-promises.ts'
import { policyOfDraft, type DraftFault, type PolicyFrame } from '#domain/policy-made.ts'
import type { Policy } from '#domain/policy-schema.ts'
import type { Result } from '#domain/result.ts'
import { policySentences } from '#src/i18n/policy-sentences.ts'
import { statutes } from '../policies.ts'

export interface Rules {
  readonly draft: Accessor<PolicyDraft>
  /** Undefined while there is nothing: a guide needs no rules. */
  readonly made: Accessor<Result<Policy, readonly DraftFault[]> | undefined>
  setAbout(about: DraftAbout): void
  setRow(id: string, row: DraftRow): void
  setBar(id: string, bar: DraftBar): void
  addRow(): void
  addBar(): void
  addFee(): void
  setFee(id: string, fee: DraftFee): void
  /** Undefined takes the promise back. */
  setPromise(kind: PromiseKind, days: number | undefined): void
  remove(kind: RowKind, id: string): void
  /** The article of the row that was removed last, while it can be put back. */
  readonly removed: Accessor<string | undefined>
  putBack(): void
}
type RowKind = 'row' | 'bar' | 'fee'

/** The map of `src/domain/policy-draft.ts` in a draft's document. */
export const rulesOf = (doc: Doc) => doc.getMap<unknown>('rules')

export function createRules(doc: Doc, frame: () => PolicyFrame): Rules {
  const map = rulesOf(doc)
  const [draft, setDraft] = createSignal(readDraft(map.entries()))
  const look = () => void setDraft(readDraft(map.entries()))
  map.observe(look)
  onCleanup(() => map.unobserve(look))
  const [removed, setRemoved] = createSignal<Removed>()
  const add = (kind: RowKind, value: DraftRow | DraftBar | DraftFee) =>
    void map.set(`${kind}/${crypto.randomUUID()}`, value)
  const last = <T extends { readonly place: number }>(rows: readonly T[]): number => (rows.at(-1)?.place ?? 0) + 1
  return {
    draft,
    made: createMemo(() => madeOf(draft(), frame())),
    setAbout: ({ goods, channel }) => void map.set(aboutKey, { goods, channel }),
    setRow: (id, row) => void map.set(`row/${id}`, row),
    setBar: (id, bar) => void map.set(`bar/${id}`, bar),
    addRow: () => add('row', nextRow(draft().rows, last(draft().rows))),
    addBar: () => add('bar', { place: last(draft().bars), by: 'special', refuses: 'exchange', always: false }),
    addFee: () => add('fee', { place: last(draft().fees), what: '', price: '' }),
    setFee: (id, fee) => void map.set(`fee/${id}`, fee),
    setPromise: (kind, days) =>
      void (days === undefined ? map.delete(`promise/${kind}`) : map.set(`promise/${kind}`, days)),
    remove(kind, id) {
      const key = `${kind}/${id}`
      const { article } = [...draft().rows, ...draft().bars, ...draft().fees].find((row) => row.id === id) ?? {}
      if (article) setRemoved({ key, article, value: map.get(key) })
      map.delete(key)
    },
    removed: () => removed()?.article,
    putBack() {
      const row = removed()
      setRemoved(undefined)
      if (row && !map.has(row.key)) map.set(row.key, row.value)
    },
  }
}

export const madeOf = (draft: PolicyDraft, frame: PolicyFrame): ReturnType<Rules['made']> =>
  isEmpty(draft) ? undefined : policyOfDraft(draft, frame, policySentences, statutes)

const isEmpty = ({ rows, bars, promises, fees }: PolicyDraft): boolean =>
  rows.length + bars.length + fees.length + Object.keys(promises).length === 0

interface Removed {
  readonly key: string
  readonly article: string
  readonly value: unknown
}

/** Begins where the last of its kind ends, so that there is no hole to begin with. */
function nextRow(rows: PolicyDraft['rows'], place: number): DraftRow {
  const before = rows.filter(({ fault }) => fault).at(-1)
  if (!before) return { place, fault: true, until: { unit: 'days', count: 15 }, remedies: ['refund'], unless: [] }
  const { until } = before
  return {
    place,
    fault: true,
    ...(until ? { after: until, until: { ...until, count: until.count * 2 } } : {}),
    remedies: [before.remedies[0] === 'refund' ? 'exchange' : 'free-repair'],
    unless: [],
  }
}

/** An edit that was begun on an older version: which of its words another device has changed since, so that neither goes silently. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { valuesOfBody, type DraftValues } from './draft-values.ts'
import type { FormDesk } from './form-desk.ts'
import type { OwnListing } from './own-listings.ts'

/** A control whose words here and in the newest version differ, though the newest version is not what the edit began with. */
export interface Overtaken {
  readonly field: string
  /** What the newest version says. */
  readonly now: string
}

export function overtakenIn(base: DraftValues, newest: DraftValues, here: DraftValues): readonly Overtaken[] {
  const at = (values: DraftValues, field: string) => values[field] ?? ''
  return [...new Set([...Object.keys(base), ...Object.keys(newest)])]
    .filter((field) => at(newest, field) !== at(base, field) && at(newest, field) !== at(here, field))
    .map((field) => ({ field, now: at(newest, field) }))
}

export interface EditBase {
  readonly overtaken: Accessor<readonly Overtaken[]>
  /** Somebody types: what the listing says now is what this edit begins with, unless it has begun. */
  begin(): void
  /** The draft has come, gone or changed: what it began with is read again. */
  look(): void
}

export interface EditBaseDeps {
  readonly desk: Accessor<FormDesk | undefined>
  readonly listing: Accessor<OwnListing | undefined>
  readonly values: DraftValues
}

export function createEditBase({ desk, listing, values }: EditBaseDeps): EditBase {
  const [base, setBase] = createSignal<DraftValues>()
  const look = (): void => {
    const [at, found] = [desk(), listing()]
    setBase(at && found && at.drafts.baseOf(found.id))
  }
  return {
    look,
    begin() {
      const [at, found] = [desk(), listing()]
      if (!at || !found || base()) return
      at.drafts.begin(found.id, valuesOfBody(found.body))
      look()
    },
    overtaken: createMemo(() => {
      const [found, began] = [listing(), base()]
      return found && began && !found.choice ? overtakenIn(began, valuesOfBody(found.body), values) : []
    }),
  }
}

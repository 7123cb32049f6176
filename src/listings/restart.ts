/** "Start over" and its way back. */
import { batch, createSignal, type Accessor } from 'solid-js'
import type { Bytes } from '#domain/bytes.ts'
import { freshValues, valuesOfBody, type DraftValues } from './draft-values.ts'
import { draftId, type FormDesk } from './form-desk.ts'
import type { PostAddress } from './form-state.ts'
import type { FormValues } from './form-values.ts'
import type { OwnListing } from './own-listings.ts'

export interface RestartDeps {
  readonly desk: Accessor<FormDesk | undefined>
  readonly form: FormValues
  readonly listing: Accessor<OwnListing | undefined>
  readonly address: Accessor<PostAddress | undefined>
  /** The draft has gone or come back. */
  readonly changed: () => void
  readonly random: () => Bytes
}
interface Backup {
  readonly id: string
  readonly values: DraftValues
  readonly typed: DraftValues
  readonly base: DraftValues | undefined
}

export function createRestart({ desk, form, listing, address, changed, random }: RestartDeps) {
  const [backup, setBackup] = createSignal<Backup>()
  return {
    cleared: () => backup() !== undefined,
    /** Empties the form, or takes an edit back to what was signed last. */
    startOver(): void {
      const at = desk()
      if (!at) return
      const found = listing()
      at.pen.flush()
      const id = at.pen.id()
      const name = form.values['name'] ?? ''
      const typed = Object.fromEntries(form.typed().map((field) => [field, form.values[field] ?? '']))
      batch(() => {
        setBackup({ id, values: { ...form.values }, typed, base: at.drafts.baseOf(id) })
        at.pen.take(found ? found.id : draftId(random()))
        at.drafts.drop(id)
        form.reset({ ...(found ? valuesOfBody(found.body) : freshValues), name })
        changed()
      })
      if (!found) address()?.replace('?new')
    },
    undo(): void {
      const [at, kept] = [desk(), backup()]
      if (!at || !kept) return
      batch(() => {
        at.pen.take(kept.id)
        at.drafts.write(kept.id, kept.typed, at.session.now())
        if (kept.base) at.drafts.begin(kept.id, kept.base)
        form.reset(kept.values)
        form.take(kept.typed)
        setBackup(undefined)
        changed()
      })
      if (!listing()) address()?.replace(`?draft=${kept.id}`)
    },
  }
}

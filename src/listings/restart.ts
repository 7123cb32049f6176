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
  readonly random: () => Bytes
}

export function createRestart({ desk, form, listing, address, random }: RestartDeps) {
  const [backup, setBackup] = createSignal<{ readonly id: string; readonly values: DraftValues }>()
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
      batch(() => {
        setBackup({ id, values: { ...form.values } })
        at.pen.take(found ? found.id : draftId(random()))
        at.drafts.drop(id)
        form.reset({ ...(found ? valuesOfBody(found.body) : freshValues), name })
      })
      if (!found) address()?.replace('?new')
    },
    undo(): void {
      const [at, kept] = [desk(), backup()]
      if (!at || !kept) return
      batch(() => {
        at.pen.take(kept.id)
        at.drafts.write(kept.id, kept.values, at.session.now())
        form.reset(kept.values)
        setBackup(undefined)
      })
      if (!listing()) address()?.replace(`?draft=${kept.id}`)
    },
  }
}

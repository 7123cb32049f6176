/** Submitting the form: signed and put on the shelf, or refused at its controls. The words stay in the form either way. */
import { batch, createMemo, createSignal, type Accessor } from 'solid-js'
import type { RecordId } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { FormDesk } from './form-desk.ts'
import type { FormValues } from './form-values.ts'
import type { OwnListing } from './own-listings.ts'
import type { OwnId } from './publish.ts'
import { controlOf } from './refusal-words.ts'

export interface SubmissionDeps {
  readonly desk: Accessor<FormDesk | undefined>
  readonly form: FormValues
  readonly listing: Accessor<OwnListing | undefined>
  readonly loaded: Accessor<boolean>
  readonly setRecordId: (id: RecordId) => void
}

export function createSubmission({ desk, form, listing, loaded, setRecordId }: SubmissionDeps) {
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const [busy, setBusy] = createSignal(false)

  const follow = async ({ pen, drafts, listings, session }: FormDesk, { id, use }: OwnId): Promise<void> => {
    const draft = pen.id()
    pen.take(id)
    if (draft === id) drafts.drop(id)
    else drafts.markSent(draft, id, session.now())
    await listings.open(use)
    form.settle()
    setRecordId(id)
  }
  return {
    busy,
    /** What kept the last submission from being signed. */
    unsigned: refused,
    /** The form's own refusals, or else those that came back from the relay. */
    refusals: createMemo(() => {
      const told = listing()
      return refused().length > 0 || !told || told.choice ? refused() : told.progress.refusals
    }),
    /** A control that is being mended is not marked any more. */
    forgive: (field: string): void => {
      if (refused().length > 0) setRefused((before) => before.filter((refusal) => controlOf(refusal) !== field))
    },
    async submit(): Promise<RecordId | undefined> {
      const at = desk()
      const own = listing()
      if (!at || !loaded() || busy()) return undefined
      at.pen.flush()
      setBusy(true)
      try {
        const result = await at.publisher.publish({ ...form.values }, own && { use: own.use, id: own.id })
        setRefused(result.ok ? [] : result.error)
        if (!result.ok) return undefined
        await follow(at, result.value)
        return result.value.id
      } finally {
        batch(() => setBusy(false))
      }
    },
  }
}

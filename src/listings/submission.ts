/** Submitting the form: signed and put on the shelf, or refused at its controls. The words stay in the form either way. */
import { batch, createMemo, createSignal, type Accessor } from 'solid-js'
import { sha256, utf8, type Bytes } from '#domain/bytes.ts'
import type { RecordId } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import { loadRefusals } from '#src/sync/refusal-speech.ts'
import type { DraftValues } from './draft-values.ts'
import type { FormDesk } from './form-desk.ts'
import type { FormValues } from './form-values.ts'
import type { OwnListing } from './own-listings.ts'
import type { Published } from './publish.ts'
import { controlOf } from './refusal-words.ts'

export interface SubmissionDeps {
  readonly desk: Accessor<FormDesk | undefined>
  readonly form: FormValues
  readonly listing: Accessor<OwnListing | undefined>
  /** False while it is not known which listing the form is about: then a submission would make a second one. */
  readonly isOpen: Accessor<boolean>
  readonly setRecordId: (id: RecordId) => void
  /** What the house rules find; asked before anything is signed. */
  readonly check: (values: DraftValues) => Promise<readonly Refusal[]>
}

export function createSubmission({ desk, form, listing, isOpen, setRecordId, check }: SubmissionDeps) {
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const [failed, setFailed] = createSignal(false)
  const [busy, setBusy] = createSignal(false)

  /** With their words, since they are read out at once. */
  const refuse = async (found: readonly Refusal[]): Promise<undefined> => {
    await loadRefusals()
    setRefused(found)
  }
  /** From now on the form edits the record. What was typed while it was signed becomes the draft of the next edit. */
  const follow = async ({ pen, drafts, listings, session }: FormDesk, made: Published, signed: DraftValues) => {
    const draft = pen.id()
    pen.take(made.id)
    if (draft === made.id) drafts.drop(draft)
    else if (made.isKept) drafts.markSent(draft, made.id, session.now())
    await listings.open(made.use)
    form.settle(signed)
    for (const field of form.typed()) pen.write(field, form.values[field] ?? '')
    setRecordId(made.id)
  }
  return {
    busy,
    /** Nothing was refused, and still it did not work: a full disk, code that did not come. */
    failed,
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
      if (!at || !isOpen() || busy()) return undefined
      at.pen.flush()
      const signed = { ...form.values }
      void loadRefusals() // the portal may refuse as well
      batch(() => (setBusy(true), setFailed(false)))
      try {
        const found = await check(signed)
        if (found.length > 0) return await refuse(found)
        const result = await at.publisher.publish(signed, own, await nonceOf(at.pen.id()))
        if (!result.ok) return await refuse(result.error)
        setRefused([])
        await follow(at, result.value, signed)
        return result.value.id
      } catch (thrown) {
        setFailed(true)
        throw thrown
      } finally {
        setBusy(false)
      }
    },
  }
}

/** One draft becomes one listing, however often it is submitted: by two tabs, or again after a crash. */
const nonceOf = async (draftId: string): Promise<Bytes> => (await sha256(utf8(`draft\n${draftId}`))).slice(0, 16)

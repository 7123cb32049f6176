/** The post form's state: what is typed (a draft at once), which listing it is about, what was refused. One per form. */
import { createEffect, createMemo, createSignal, getOwner, runWithOwner, type Accessor } from 'solid-js'
import type { Bytes } from '#domain/bytes.ts'
import type { Category } from '#domain/category.ts'
import type { Town } from '#domain/listing.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Session } from '#src/sync/session.ts'
import type { DraftMark } from './draft-pen.ts'
import { valuesOfBody, type DraftValues } from './draft-values.ts'
import { createDeskOpener, type FormDesk } from './form-desk.ts'
import { awaitDraft, createOtherDrafts, loadDraft, suggestProfile } from './form-opening.ts'
import { createFormValues } from './form-values.ts'
import { createHouse } from './house.ts'
import { createNear } from './near.ts'
import type { OwnListing } from './own-listings.ts'
import { createEditBase, type Overtaken } from './overtaken.ts'
import { keyUses } from '#src/sync/own-rooms.ts'
import type { Publisher } from './publish.ts'
import { createRestart } from './restart.ts'
import { createSubmission } from './submission.ts'

export interface PostFormDeps {
  readonly town: Town
  readonly session: () => Session
  /** 16 random bytes. */
  readonly random: () => Bytes
  /** Asked when the form starts, in the browser. */
  readonly address: () => PostAddress
}
/** What the page's own address says: which draft or listing it is about, or a new one. */
export interface PostAddress {
  readonly draft: string | undefined
  readonly edit: string | undefined
  readonly category: string | undefined
  readonly isNew: boolean
  replace(query: string): void
}

export interface PostForm {
  readonly values: DraftValues
  readonly category: Accessor<Category | undefined>
  /** Whether it can be submitted: drafts and own listings are open, and nothing is being signed. */
  readonly ready: Accessor<boolean>
  readonly busy: Accessor<boolean>
  readonly session: Accessor<Session | undefined>
  readonly publisher: Accessor<Publisher | undefined>
  /** The listing that this form has become, or was opened for. */
  readonly listing: Accessor<OwnListing | undefined>
  readonly isEdit: Accessor<boolean>
  readonly notFound: Accessor<boolean>
  /** What to mend, here or from the relay; `unsigned` holds only what kept the last submission from being signed. */
  readonly refusals: Accessor<readonly Refusal[]>
  readonly unsigned: Accessor<readonly Refusal[]>
  readonly mark: Accessor<DraftMark | undefined>
  readonly resumed: Accessor<boolean>
  readonly cleared: Accessor<boolean>
  readonly otherDrafts: Accessor<number>
  /** Why the form cannot work, or did not just now, where nobody refused anything. */
  readonly failure: Accessor<'open' | 'submit' | undefined>
  /** Of an edit: words that another device changed since it began. */
  readonly overtaken: Accessor<readonly Overtaken[]>
  /** Of a new one: a listing of one's own that says nearly the same. */
  readonly near: Accessor<OwnListing | undefined>
  set(field: string, value: string): void
  startOver(): void
  undo(): void
  /** @param typed what the controls held before this code ran */
  start(typed: DraftValues): Promise<void>
  /** Resolves with whether it was signed and put on the shelf. */
  submit(): Promise<boolean>
}

/** Call it where Solid has an owner. */
export function createPostForm(deps: PostFormDeps): PostForm {
  const owner = getOwner()
  const form = createFormValues()
  const [desk, setDesk] = createSignal<FormDesk>()
  const [session, setSession] = createSignal<Session>()
  const [address, setAddress] = createSignal<PostAddress>()
  const [recordId, setRecordId] = createSignal<string>()
  const [loaded, setLoaded] = createSignal(false)
  const [resumed, setResumed] = createSignal(false)
  const [stuck, setStuck] = createSignal(false)

  const category = createMemo(() => deps.town.categories.find(({ id }) => id === form.values['category']))
  const listing = createMemo(() =>
    desk()
      ?.listings.all()
      .find(({ id }) => id === recordId()),
  )
  const isOpen = () => loaded() && (recordId() === undefined || listing() !== undefined)
  const base = createEditBase({ desk, listing, values: form.values })
  const openDesk = createDeskOpener({
    ...deps,
    heard: (values) => (form.take(values), base.look()),
    becameRecord: (id) => runWithOwner(owner, () => followOther(id)),
  })
  const house = createHouse(form.values, category)
  const near = createNear(form.values, () => (recordId() === undefined ? (desk()?.listings.all() ?? []) : []))
  const submission = createSubmission({ desk, form, listing, isOpen, setRecordId, check: house.check })
  const restart = createRestart({ desk, form, listing, address, changed: base.look, random: deps.random })

  const set = (field: string, value: string): void => {
    base.begin()
    form.type(field, value)
    submission.forgive(field)
    const at = desk()
    if (!at) return
    at.pen.write(field, value)
    const kept = at.drafts.read(at.pen.id())?.values ?? {} // another tab may have dropped the draft
    for (const other of form.typed()) if (!(other in kept)) at.pen.write(other, form.values[other] ?? '')
    if (recordId() === undefined) address()?.replace(`?draft=${at.pen.id()}`)
  }
  createEffect(() => {
    const found = listing() // edited on another device meanwhile: what nobody typed here follows
    if (found && !found.choice && loaded()) form.suggest(valuesOfBody(found.body))
  })
  /** Another tab made this draft a record. Words that only this tab has stay, as an edit of it. */
  const followOther = (id: string): void => {
    const at = desk()
    if (!at) return
    at.pen.take(id)
    for (const use of keyUses) at.listings.open(use).catch(() => undefined) // the other tab may have made the key just now
    setRecordId(id)
    address()?.replace(`?edit=${id}`)
    let isSettled = false
    createEffect(() => {
      const found = listing()
      if (!found || isSettled) return
      isSettled = true
      form.settle({ ...form.values, ...valuesOfBody(found.body) })
      if (form.typed().length > 0) base.begin()
      for (const field of form.typed()) at.pen.write(field, form.values[field] ?? '')
    })
  }
  const loadListing = (id: string, { pen, drafts }: FormDesk): void => {
    setRecordId(id)
    pen.take(id)
    createEffect(() => {
      const found = listing()
      if (!found || loaded()) return
      form.take(drafts.read(id)?.values ?? {})
      base.look()
      setLoaded(true)
    })
  }

  return {
    values: form.values,
    category,
    session,
    listing,
    resumed: () => resumed() && !restart.cleared() && recordId() === undefined,
    set,
    ready: () => isOpen() && !submission.busy(),
    busy: submission.busy,
    publisher: () => desk()?.publisher,
    isEdit: () => recordId() !== undefined,
    notFound: () => recordId() !== undefined && desk()?.listings.ready() === true && listing() === undefined,
    refusals: () => withoutDoubles([...submission.refusals(), ...house.refusals()]),
    unsigned: submission.unsigned,
    mark: () => desk()?.pen.mark(),
    otherDrafts: createOtherDrafts(desk),
    failure: () => (stuck() ? 'open' : submission.failed() ? 'submit' : undefined),
    overtaken: base.overtaken,
    near,
    ...restart,

    async start(typed) {
      const [at, here] = [deps.session(), deps.address()]
      if (!here.edit) form.take(typed) // an edit's words come from its draft; what the browser put back may be an older version
      setSession(at)
      setAddress(here)
      if (at.readOnly) return
      const [open] = await Promise.all([openDesk(at).catch(() => undefined), at.prepared()])
      if (!open) return void setStuck(true)
      setDesk(open)
      const edit = here.edit ?? (here.draft && open.drafts.sentAs(here.draft))
      runWithOwner(owner, () => {
        if (edit) loadListing(edit, open)
        else {
          setResumed(loadDraft(form, open, here))
          awaitDraft(form, open, here)
          if (here.category) form.take({ category: here.category }) // by itself it is no draft
          setLoaded(true)
        }
        suggestProfile({
          session: at,
          form,
          category,
          isNew: () => listing() === undefined,
          portal: deps.town.portal.id,
          set,
        })
      })
    },
    async submit() {
      const id = await submission.submit()
      base.look()
      if (id) address()?.replace(`?edit=${id}`)
      return id !== undefined
    },
  }
}

/** A control is told once of a rule, by whoever found it first. */
const withoutDoubles = (refusals: readonly Refusal[]): readonly Refusal[] =>
  refusals.filter(({ rule, field }, at) => refusals.findIndex((one) => one.rule === rule && one.field === field) === at)

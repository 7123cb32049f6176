/** What the form finds when it opens: an unfinished draft, the name its author goes by, other drafts that wait. */
import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Category } from '#domain/category.ts'
import type { KeyUse } from '#domain/identity.ts'
import { isRecordId } from '#domain/record.ts'
import type { Session } from '#src/sync/session.ts'
import type { FormDesk } from './form-desk.ts'
import type { PostAddress } from './form-state.ts'
import type { FormValues } from './form-values.ts'
import { knownProfile } from './profile.ts'

/** Fills the form from the draft asked for, or else from the last one left unfinished; tells whether it was that. */
export function loadDraft(form: FormValues, { drafts, pen }: FormDesk, address: PostAddress): boolean {
  const isFresh = form.typed().length === 0 && !address.isNew && address.category === undefined
  const newest = isFresh ? drafts.list().find(({ id }) => !isRecordId(id)) : undefined
  const chosen = address.draft === undefined ? newest : drafts.read(address.draft)
  const id = address.draft ?? chosen?.id
  if (id) pen.take(id)
  const typed = form.typed()
  for (const field of typed) pen.write(field, form.values[field] ?? '')
  form.take(Object.fromEntries(Object.entries(chosen?.values ?? {}).filter(([field]) => !typed.includes(field))))
  if (id) address.replace(`?draft=${id}`)
  return newest !== undefined
}

export interface ProfileDeps {
  readonly session: Session
  readonly form: FormValues
  readonly category: Accessor<Category | undefined>
  readonly isNew: Accessor<boolean>
  readonly portal: string
}

/** A name is asked for once per key; which key signs follows from the category. */
export function suggestProfile({ session, form, category, isNew, portal }: ProfileDeps): void {
  const suggest = async (use: KeyUse): Promise<void> => {
    const known = await knownProfile(session, use, portal)
    form.suggest({ name: known?.name ?? '', ...(known && isNew() && { poster: known.poster }) })
  }
  createEffect(() => void suggest(category()?.ownKey ? 'friends' : 'person'))
}

/** How many other unfinished drafts wait; the drafts of published listings stand beside those on "me". */
export function createOtherDrafts(desk: Accessor<FormDesk | undefined>): Accessor<number> {
  const [count, setCount] = createSignal(0)
  createEffect(() => {
    const at = desk()
    if (!at) return
    const recount = () => setCount(at.drafts.list().filter(({ id }) => id !== at.pen.id() && !isRecordId(id)).length)
    recount()
    onCleanup(at.drafts.watch(recount))
  })
  return count
}

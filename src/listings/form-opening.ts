/** What the form finds when it opens: an unfinished draft, the name its author goes by, other drafts that wait. */
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
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
  const id = chosen?.id // a draft that is gone is not begun again: its name may be that of a listing by now
  if (id) pen.take(id)
  const typed = form.typed()
  for (const field of typed) pen.write(field, form.values[field] ?? '')
  form.take(Object.fromEntries(Object.entries(chosen?.values ?? {}).filter(([field]) => !typed.includes(field))))
  if (id) address.replace(`?draft=${id}`)
  return newest !== undefined
}

/**
 * The draft that the address names may come later: this device lost what it kept, or is new to the person. Until somebody types,
 * the form waits for it. Call it where Solid has an owner.
 */
export function awaitDraft(form: FormValues, desk: FormDesk, address: PostAddress): void {
  const { draft } = address
  if (draft === undefined || desk.drafts.read(draft)) return
  const stop = desk.drafts.watch(() => {
    if (!desk.drafts.read(draft) && form.typed().length === 0) return
    stop()
    if (form.typed().length === 0) loadDraft(form, desk, address)
  })
  onCleanup(stop)
}

export interface ProfileDeps {
  readonly session: Session
  readonly form: FormValues
  readonly category: Accessor<Category | undefined>
  readonly isNew: Accessor<boolean>
  readonly portal: string
  readonly set: (field: string, value: string) => void
}

/**
 * A name is asked for once per key; which key signs follows from the category. The name of one key is never carried over to the
 * other, neither as a suggestion that comes late nor as typed words: it would tell that both keys are one person's.
 */
export function suggestProfile({ session, form, category, isNew, portal, set }: ProfileDeps): void {
  const use = createMemo((): KeyUse => (category()?.ownKey ? 'friends' : 'person'))
  const typed = new Map<KeyUse, string>()
  const suggest = async (of: KeyUse): Promise<void> => {
    const known = await knownProfile(session, of, portal)
    if (of === use()) form.suggest({ name: known?.name ?? '', ...(known && isNew() && { poster: known.poster }) })
  }
  createEffect(
    on(use, (next, before) => {
      if (before && isNew() && form.typed().includes('name')) {
        typed.set(before, form.values['name'] ?? '')
        set('name', typed.get(next) ?? '')
        if (!typed.has(next)) form.settle({ name: '' })
      }
      void suggest(next)
    }),
  )
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

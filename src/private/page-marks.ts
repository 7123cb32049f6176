/**
 * What is one's own on pages about others' listings: a note, hiding who posts, what was seen. Each comes with its tap, or where there
 * is something already; a reader who uses none of it loads these lines and no more.
 */
import type { Line } from '#domain/entry.ts'
import { readFresh } from '#src/sync/fresh.ts'
import { isHiddenSeller } from '#src/sync/hidden-seller.ts'
import { isRemembering, remember } from './seen.ts'

const restMs = 3000 // the page itself comes first

const each = <E extends HTMLElement>(query: string, act: (element: E) => void) =>
  document.querySelectorAll<E>(query).forEach(act)

/** Tapped again, what could not be fetched is asked for again. */
async function load(slot: HTMLElement, fetchCode: () => Promise<unknown>): Promise<void> {
  const failed = slot.querySelector<HTMLElement>('[data-failed]')
  const isHere = await fetchCode().then(
    () => true,
    () => false,
  )
  if (failed) failed.hidden = isHere
}

each<HTMLDetailsElement>('details[data-note]', (slot) => {
  const show = () => load(slot, async () => (await import('./NoteBox.tsx')).showNote(slot))
  slot.addEventListener('toggle', () => slot.open && void show())
  const { notes, watched } = readFresh()
  if (slot.open || notes > 0) void show()
  else if (watched > 0) setTimeout(() => void import('./NoteBox.tsx').catch(() => undefined), restMs) // may be needed without a network
})

each('[data-hide-seller]', (slot) => {
  const show = (act: 'hide' | 'tell') =>
    load(slot, async () => (await import('./HideSeller.tsx')).showHiding(slot, act))
  slot.querySelector('button')?.addEventListener('click', () => void show('hide'))
  if (isHiddenSeller(slot.dataset['hideSeller'] ?? '')) void show('tell')
})

each('[data-line]', ({ dataset }) => {
  if (!isRemembering()) return
  const line = JSON.parse(dataset['line'] ?? '') as Line // only our own pages write it
  remember({ ...line, over: dataset['over'] !== undefined, seenAt: Date.now() })
})

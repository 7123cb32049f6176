/**
 * What pages must know of the private workspace without opening it, beside it on this device: whose listings to leave out, and how
 * many notes there are, and how large letters are. The workspace is the truth; whenever it is open here, this follows it.
 */
import type * as Y from 'yjs'
import { endOfDid } from '#domain/hidden-seller.ts'
import { hiddenStyleKey } from '#src/ui/hidden-key.ts'
import { hiddenStyleOf } from '#src/ui/hidden-style.ts'
import { textSizeKey } from '#src/ui/text-size.ts'
import { readFresh, writeFresh } from './fresh.ts'

export const sellersMap = 'hiddenSellers'
export const notesMap = 'notes'
const settingsMap = 'settings'
/** Of localStorage: the letters the workspace knew of last; where others are chosen, they were chosen here since. */
const toldKey = 'xxg/text-told'

/** @param isWhole whether what this device has of it was read: an empty document would otherwise make all of them seen again */
export function mirrorWorkspace(doc: Y.Doc, isWhole: boolean): void {
  const [sellers, notes] = [doc.getMap(sellersMap), doc.getMap(notesMap)]
  const follow = () => {
    leaveOut([...sellers.keys()])
    if (readFresh().notes !== notes.size) writeFresh({ notes: notes.size })
  }
  for (const map of [sellers, notes]) map.observe(follow)
  const settings = doc.getMap(settingsMap)
  settings.observe(() => takeLetters(settings))
  if (!isWhole) return // and nothing is written for who has no key
  follow()
  takeLetters(settings)
}

/** What was chosen here since goes in; else what another device chose counts here too. */
function takeLetters(settings: Y.Map<unknown>): void {
  const [kept, root] = [settings.get('text'), document.documentElement]
  try {
    const chosen = localStorage.getItem(textSizeKey)
    if (chosen && chosen !== localStorage.getItem(toldKey)) {
      localStorage.setItem(toldKey, chosen)
      settings.set('text', chosen)
    } else if (kept !== chosen && (kept === 'large' || kept === 'plain')) {
      localStorage.setItem(toldKey, kept)
      localStorage.setItem(textSizeKey, kept)
      root.dataset['text'] = kept
      root.querySelector('[data-letters]')?.setAttribute('aria-pressed', String(kept === 'large'))
    }
  } catch {
    // full or blocked: as above
  }
}

/** From now on, in this page too. */
function leaveOut(dids: readonly string[]): void {
  const style = hiddenStyleOf(dids.filter((did) => /^did:key:\w+$/.test(did)).map(endOfDid))
  try {
    if ((localStorage.getItem(hiddenStyleKey) ?? '') === style) return
    if (style) localStorage.setItem(hiddenStyleKey, style)
    else localStorage.removeItem(hiddenStyleKey)
  } catch {
    // full or blocked: this page follows, the next does not know
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets = [sheet]
  dispatchEvent(new Event(hiddenStyleKey))
}

/** What the form takes from the page it stands on: the address, and the words typed before its code had arrived. */
import { tidied } from '#domain/plain-text.ts'
import { freshValues, type DraftValues } from './draft-values.ts'
import type { PostAddress } from './form-state.ts'

export function pageAddress(): PostAddress {
  const query = new URLSearchParams(location.search)
  const asked = (name: string) => query.get(name)?.slice(0, 40) || undefined
  return {
    draft: asked('draft'),
    edit: asked('edit'),
    category: asked('category'),
    isNew: query.has('new'),
    replace: (next) => history.replaceState(history.state, '', `${location.pathname}${next}`),
  }
}

/** Words another app handed over (the manifest's share target). Taken once: the address forgets them, or a reload would begin a second draft. */
export async function sharedWords(): Promise<DraftValues> {
  const query = new URLSearchParams(location.search)
  const handed = query.has('shared')
    ? await import('./photos/shared.ts').then(({ sharedText }) => sharedText()).catch(() => ({}))
    : {}
  const given: Readonly<Record<string, string>> = { ...Object.fromEntries(query), ...handed }
  const told = (name: string) => tidied(given[name] ?? '', 'many')
  const words = {
    title: cutTo(longestTitle, tidied(told('title'))),
    text: cutTo(longestText, [told('text'), told('url')].filter(Boolean).join('\n')),
  }
  const shared = Object.fromEntries(Object.entries(words).filter(([, word]) => word !== ''))
  if (Object.keys(shared).length > 0 || query.has('shared')) history.replaceState(history.state, '', location.pathname)
  return shared
}

const longestTitle = 40
const longestText = 2_000
const cutTo = (length: number, text: string): string => [...text].slice(0, length).join('').trim()

/** Everything that differs from a fresh form: a browser restores controls after a reload, and people type before scripts run. */
export function typedIn(form: HTMLFormElement): DraftValues {
  const typed: Record<string, string> = {}
  for (const control of form.elements) {
    if (!isControl(control) || !control.name || isUnchosen(control)) continue
    if (control.value !== '' && control.value !== freshValues[control.name]) typed[control.name] = control.value
  }
  return typed
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const isControl = (element: Element): element is Control => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
const isUnchosen = (control: Control): boolean =>
  'checked' in control && /^(radio|checkbox)$/.test(control.type) && !control.checked

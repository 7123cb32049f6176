/** The entries of the navigation, in their order. */
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { shell } from '#src/i18n/shell.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { IconName } from '../ui/icons.ts'
import type { Section } from './frame.ts'

export interface Entry {
  readonly id: Section
  readonly href: string
  readonly name: string
}

export function sectionsIn(locale: Locale): readonly Entry[] {
  const { nav } = inLocale(shell, locale)
  const to = pathTo(locale)
  return [
    { id: 'guides', href: to.guides, name: nav.guides },
    { id: 'notices', href: to.notices, name: nav.notices },
    { id: 'phones', href: to.phones, name: nav.phones },
    { id: 'links', href: to.links, name: nav.links },
    { id: 'me', href: to.me, name: nav.me },
  ]
}

export function tabsIn(locale: Locale): readonly (Entry & { readonly icon: IconName })[] {
  const { nav } = inLocale(shell, locale)
  const to = pathTo(locale)
  return [
    { id: 'home', href: to.home, name: nav.home, icon: 'home' },
    { id: 'search', href: to.search, name: nav.search, icon: 'find' },
    { id: 'post', href: to.post, name: nav.postShort, icon: 'plus' },
    { id: 'guides', href: to.guides, name: nav.guidesShort, icon: 'guide' },
    { id: 'me', href: to.me, name: nav.me, icon: 'person' },
  ]
}

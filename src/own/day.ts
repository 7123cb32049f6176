/** The day of a moment, in the portal's zone. */
import type { Locale } from '#domain/locale.ts'
import { civilDateOf } from '#domain/time.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { town } from '#src/i18n/town.ts'

export const dayIn = (at: number, locale: Locale): string => dateIn(civilDateOf(at, town.portal.zone), locale)

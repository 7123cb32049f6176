/** When something was said, short, in the page's language and the town's time. */
import { clockLocale, type Locale } from '#domain/locale.ts'
import { town } from '#src/i18n/town.ts'

const formats = new Map<Locale, Intl.DateTimeFormat>()

export function timeIn(at: number, locale: Locale): string {
  const format = formats.get(locale) ?? formatIn(locale)
  formats.set(locale, format)
  return format.format(at)
}

const formatIn = (locale: Locale): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(clockLocale(locale), {
    timeZone: town.portal.zone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

/** Days of the last week by their names. */
import type { Locale } from '#domain/locale.ts'
import { dayMs } from '#domain/time.ts'
import { dateIn } from './facts.ts'
import { inLocale, type Area } from './strings.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const zhHans = { weekday: (n: number) => `周${'日一二三四五六'[n]}` }
const en: typeof zhHans = { weekday: (n) => weekdays[n] ?? '' }
export const recentDay = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>

/** A day of the last week goes by its name, as people say it. Both are `YYYY-MM-DD`. */
export function recentDayIn(date: string, today: string, locale: Locale): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  const days = (Date.parse(`${today}T00:00:00Z`) - at) / dayMs
  return days >= 0 && days < 7 ? inLocale(recentDay, locale).weekday(new Date(at).getUTCDay()) : dateIn(date, locale)
}

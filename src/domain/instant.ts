/** When something was, in words. */
import { clockLocale, type Locale } from './locale.ts'

/**
 * A day and its time, at an instant (ms); English with the day first, Chinese with air around its numbers, as all dates here,
 * and the same in both scripts, which share the signs of year, month and day. @param timeZone left out: that of the device
 */
export const instantWords = (at: number, locale: Locale, timeZone?: string): string =>
  new Date(at)
    .toLocaleString(clockLocale(locale), {
      dateStyle: 'medium',
      timeStyle: 'short',
      hourCycle: 'h23',
      timeZone,
    })
    .replace(/(\p{sc=Han}) ?/gu, '\u00a0$1\u00a0')

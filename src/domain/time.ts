/** Instants are milliseconds since 1970 (UTC); civil dates are `YYYY-MM-DD` in the portal's zone. No clock is read here. */
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The last instant a date-time may have here: the end of the year 9999, so that nothing overflows a date. */
export const lastInstant = 253_402_300_799_999

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, made)
  return made
}

/** The civil date of an instant in a zone, `YYYY-MM-DD`. */
export const civilDateOf = (at: number, zone: string): string => formatIn(zone).format(at)

/** Whether a text is a date of the calendar (leap years and month lengths included) in the years 1900 to 2199. */
export function isCivilDate(text: string): boolean {
  const match = /^(19\d\d|20\d\d|21\d\d)-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const isCivilMonth = (text: string): boolean => isCivilDate(`${text}-01`)

export const daysInMonth = (year: number, month: number): number => {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/** How long ago, in the largest unit that fits; pages give it words. Negative ages (a clock that runs ahead) count as now. */
export function ageOf(
  at: number,
  now: number,
): { readonly unit: 'now' | 'minutes' | 'hours' | 'days'; readonly n: number } {
  const age = Math.max(0, now - at)
  if (age < minuteMs) return { unit: 'now', n: 0 }
  if (age < hourMs) return { unit: 'minutes', n: Math.floor(age / minuteMs) }
  if (age < dayMs) return { unit: 'hours', n: Math.floor(age / hourMs) }
  return { unit: 'days', n: Math.floor(age / dayMs) }
}

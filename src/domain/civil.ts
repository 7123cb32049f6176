/** Arithmetic on civil dates (`YYYY-MM-DD`): no clock, no zone, no instant. Months are calendar months, clamped to the month's last day. */
import { dayMs, daysInMonth } from './time.ts'

/** Civil dates compare as texts. */
export type CivilDate = string

const partsOf = (date: CivilDate): readonly [year: number, month: number, day: number] => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return [year, month, day]
}

const dateOf = (year: number, month: number, day: number): CivilDate =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

const dayNumberOf = (date: CivilDate): number => {
  const [year, month, day] = partsOf(date)
  return Date.UTC(year, month - 1, day) / dayMs
}

export const addDays = (date: CivilDate, days: number): CivilDate =>
  new Date((dayNumberOf(date) + days) * dayMs).toISOString().slice(0, 10)

/** 30 November + 3 months is the last day of February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year, month, day] = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const [newYear, newMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return dateOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumberOf(to) - dayNumberOf(from)

export const laterOf = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b)

/** How long a right runs: by days, or by calendar months. */
export type Span = { readonly days: number } | { readonly months: number }

export const addSpan = (date: CivilDate, span: Span): CivilDate =>
  'days' in span ? addDays(date, span.days) : addMonths(date, span.months)

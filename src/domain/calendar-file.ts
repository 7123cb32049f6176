/** Days to keep as an iCalendar file (RFC 5545): whole-day events, CRLF, lines folded at 75 bytes. */
import { addDays, type CivilDate } from './civil.ts'

export interface CalendarDay {
  readonly id: string
  readonly on: CivilDate
  readonly title: string
}

/** @param stamp when the file was made, ms; @param maker names the program that made it */
export function calendarFile(days: readonly CalendarDay[], { stamp, maker }: { stamp: number; maker: string }): string {
  const stamped = new Date(stamp).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const events = days.flatMap(({ id, on, title }) => [
    'BEGIN:VEVENT',
    `UID:${id}-${on}@${maker}`,
    `DTSTAMP:${stamped}`,
    `DTSTART;VALUE=DATE:${plain(on)}`,
    `DTEND;VALUE=DATE:${plain(addDays(on, 1))}`,
    `SUMMARY:${escaped(title)}`,
    'END:VEVENT',
  ])
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//${maker}//policy//EN`, ...events, 'END:VCALENDAR']
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const plain = (date: CivilDate): string => date.replaceAll('-', '')
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** A line goes on after a line break and a space; no character is cut in two. */
function folded(line: string): string {
  let bytes = 0
  let text = ''
  for (const character of line) {
    const size = new TextEncoder().encode(character).length
    if (bytes + size > 75) {
      text += '\r\n '
      bytes = 1
    }
    text += character
    bytes += size
  }
  return text
}

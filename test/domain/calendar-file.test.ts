import { expect, it } from 'vitest'
import { calendarFile } from '#domain/calendar-file.ts'

const file = calendarFile(
  [
    { id: 'repaired', on: '2026-12-31', title: 'Repair; last day, "P-16"\nline' },
    { id: 'long', on: '2028-02-29', title: '修好的最后一天'.repeat(12) },
  ],
  { stamp: Date.UTC(2026, 10, 23, 1, 2, 3), maker: 'portal' },
)

it('is whole-day events that end the day after, with what must be escaped escaped', () => {
  expect(file).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n')
  expect(file).toContain('DTSTAMP:20261123T010203Z\r\n')
  expect(file).toContain('SUMMARY:Repair\\; last day\\, "P-16"\\nline\r\n')
  expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2)
})

it('folds lines at 75 bytes and loses no character', () => {
  for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'修好的最后一天'.repeat(12)}`)
})

/** Every article of `content/policies` and every row of the rule sheet is named by a test, or stands here with the reason why none can. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const untested: Readonly<Record<string, string>> = {
  'P-01': 'a purpose',
  'P-20': 'the desk: agreement or escalation is a state of a case',
  'P-21': 'the desk: the form that fits the case',
  'P-22': 'the desk: closing the day',
  'P-23': 'conduct',
  'P-24': 'the desk: the contact record, its purpose and how long it is kept',
  'P-29': 'the desk: an escalation of its own kind',
  'P-30': 'the desk: a quote is acknowledged before work',
  'P-31': 'the desk: payment comes after the work is done',
  'P-32': 'the desk: one survey for each closed case',
  'P-33': 'the desk: a back-order with its date',
  'P-34': 'the desk: a second consent before the transfer',
  'P-36': 'the desk: the notice goes out when the goods arrive',
  'P-37': 'conduct',
  'P-38': 'conduct',
}

/** Rows that must be covered whether or not a file of content cites them. */
const range = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `${prefix}${String(from + n).padStart(prefix === 'P-' ? 2 : 1, '0')}`)
const sheet = [...range('P-', 1, 41), ...range('I-', 1, 6), ...range('G', 1, 8), 'G10', 'G11', 'G12']

const folder = 'content/policies'
const shipped = readdirSync(folder).flatMap((name) => {
  const { articles, choices } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Record<
    string,
    { id: string }[]
  >
  return [...(articles ?? []), ...(choices ?? [])].map(({ id }) => id)
})
const tests = readdirSync('test/domain')
  .filter((name) => name.startsWith('policy-'))
  .map((name) => readFileSync(`test/domain/${name}`, 'utf8'))
  .join('\n')
const isNamed = (id: string, text: string): boolean => new RegExp(`\\b${id}(?![\\da-z])`).test(text)

describe('articles', () => {
  it.each([...new Set([...shipped, ...sheet])].filter((id) => !untested[id]))('%s is named by a test', (id) =>
    expect(isNamed(id, tests)).toBe(true),
  )
  it.each(Object.entries(untested))('%s has none (%s), and is still a row of a policy', (id) => {
    expect(shipped).toContain(id)
    expect(isNamed(id, tests)).toBe(false) // else its excuse is out of date
  })
  it('an id that only looks alike is not enough', () => {
    expect(isNamed('I-1', "'I-12'")).toBe(false)
    expect(isNamed('P-99', tests)).toBe(true) // named in the test of windows
    expect(isNamed('P-98', tests)).toBe(false)
  })
})

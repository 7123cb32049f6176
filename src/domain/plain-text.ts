/** What people type: one line or many, counted in characters (not UTF-16 units), free of control and direction marks. */
import * as z from 'zod/mini'
import type { RefusalRule } from './refusal.ts'

// C0 but line feed, DEL, C1, line and paragraph separators, direction overrides and isolates, tags, BOM, lone surrogates
const controls =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}\p{Cs}]/u
const everyControl = new RegExp(controls.source, 'gu')

/** Whether a text holds what nobody can see and nobody types. Line ends do not count. */
export const hasControls = (text: string): boolean => controls.test(text)

export const lengthOf = (text: string): number => [...text].length

/** Joiners, fillers and blanks belong to many scripts and to emoji; a text of nothing else shows nothing. */
const seen = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u

/** A schema for plain text of `min` to `max` characters; `rule` names the length rule. Markup is allowed: it is only ever text. */
export const plainText = (min: number, max: number, rule: RefusalRule, lines: 'one' | 'many' = 'one') =>
  z.string(rule).check((context) => {
    const text = context.value
    const limit = `${min}-${max}`
    const length = lengthOf(text)
    if (hasControls(text) || (lines === 'one' && text.includes('\n')))
      context.issues.push({ code: 'custom', message: 'control-characters', input: text })
    else if (text !== text.trim() || length < min || length > max || !seen.test(text))
      context.issues.push({ code: 'custom', message: rule, input: text, params: { limit } })
  })

/** What the form does before it signs: line ends made one, control marks gone, blanks trimmed. */
export const tidied = (text: string, lines: 'one' | 'many' = 'one'): string => {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\t', ' ')
  return (lines === 'one' ? plain.replaceAll('\n', ' ') : plain).replace(everyControl, '').trim()
}

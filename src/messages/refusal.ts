/** Why the portal did not take a message, in words. */
import type { messages } from '#src/i18n/messages.ts'
import type { Sent } from './book.ts'

type Words = (typeof messages)['zh-Hans']['refused']

export function refusalOf({ why }: Sent, words: Words): string {
  const kind = why?.kind ?? 'other'
  const said = Object.hasOwn(words, kind) ? words[kind as keyof Words] : words.other
  return said(why?.value ?? 0)
}

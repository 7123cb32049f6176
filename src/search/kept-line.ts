/** A listing as this device last had it: from the saved copy of its page, else from what was seen last. */
import { Line } from '#domain/entry.ts'
import { locales } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { readSeen } from '#src/private/seen.ts'
import type { Source } from './comparing.ts'

export interface KeptLine {
  readonly line: Line
  readonly over: boolean
  readonly source: Source
}

export async function keptLine(id: string): Promise<KeptLine | undefined> {
  for (const locale of locales) {
    const copy = await copyOf(pathTo(locale).listing(id))
    if (copy) return copy
  }
  const seen = readSeen().find((one) => one.id === id)
  const line = Line.safeParse(withoutMarks(seen)).data
  return line && { line, over: seen?.over === true, source: { kind: 'seen' } }
}

async function copyOf(path: string): Promise<KeptLine | undefined> {
  if (!('caches' in globalThis)) return undefined
  const copy = await caches.match(path, { ignoreVary: true })
  if (!copy) return undefined
  const page = new DOMParser().parseFromString(await copy.text(), 'text/html')
  const { line: json, over } = page.querySelector<HTMLElement>('[data-line]')?.dataset ?? {}
  const line = json === undefined ? undefined : Line.safeParse(JSON.parse(json)).data
  const at = Number(copy.headers.get('x-saved-at')) // as `offline/copies.ts` writes it
  return line && { line, over: over !== undefined, source: { kind: 'copy', at } }
}

function withoutMarks(seen: ReturnType<typeof readSeen>[number] | undefined): unknown {
  if (!seen) return undefined
  const { seenAt: _, over: __, renewedAt: ___, ...line } = seen
  return line
}

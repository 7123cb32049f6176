/** A town as the server knows it: its portal and the categories, read from `content` and checked against their schemas. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { Categories } from '#domain/category.ts'
import { HouseWords } from '#domain/house-rules.ts'
import type { Town } from '#domain/listing.ts'
import { Portal } from '#domain/portal.ts'
import { err, ok, type Result } from '#domain/result.ts'

/** `detail` names the place in the file and what is wrong there. */
export interface ContentFault {
  readonly kind: 'no-such-file' | 'bad-content'
  readonly path: string
  readonly detail: string
}

/** The domain's schemas carry no words of their own; who edits a file needs them. */
const english = z.locales.en().localeError

/** @param portalId the name of a file in `content/portals` */
export function loadTown(portalId: string, contentDir: string): Result<Town, ContentFault> {
  const portals = join(contentDir, 'portals')
  const portal = readContent(join(portals, `${portalId}.json`), Portal)
  if (!portal.ok)
    return portal.error.kind === 'no-such-file'
      ? err({ ...portal.error, detail: `no such town; there are ${townsIn(portals)}` })
      : portal
  const categories = readContent(join(contentDir, 'categories.json'), Categories)
  if (!categories.ok) return categories
  return ok({ portal: portal.value, categories: categories.value })
}

export const loadHouse = (contentDir: string): Result<HouseWords, ContentFault> =>
  readContent(join(contentDir, 'house-words.json'), HouseWords)

const townsIn = (portals: string): string =>
  readdirSync(portals)
    .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
    .sort()
    .join(', ')

export function readContent<S extends z.core.$ZodType>(path: string, schema: S): Result<z.infer<S>, ContentFault> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (thrown) {
    const kind = thrown instanceof SyntaxError ? 'bad-content' : 'no-such-file'
    return err({ kind, path, detail: thrown instanceof Error ? thrown.message : String(thrown) })
  }
  const parsed = z.safeParse(schema, value, { error: english })
  if (parsed.success) return ok(parsed.data)
  const [first] = parsed.error.issues
  return err({ kind: 'bad-content', path, detail: `${first?.path.join('.') || 'the file'}: ${first?.message ?? ''}` })
}

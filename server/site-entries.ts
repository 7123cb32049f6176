/** What is printed with the site and can be found (guides, notices, phones, links), as the build wrote it down. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { PrintedEntry } from '#domain/search-entry.ts'

/** None when the build has none: listings are found all the same. */
export function readSiteEntries(dist: string, report: (reason: string) => void): readonly PrintedEntry[] {
  try {
    return z.array(PrintedEntry).parse(JSON.parse(readFileSync(join(dist, 'client', 'search-static.json'), 'utf8')))
  } catch (thrown) {
    report(String(thrown))
    return []
  }
}

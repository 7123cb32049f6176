/** The after-sales policies of `content/policies`, each checked against its schema; the file bears the policy's id. */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Policy } from '#domain/policy-schema.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { readContent, type ContentFault } from './town.ts'

export function loadPolicies(contentDir: string): Result<readonly Policy[], ContentFault> {
  const folder = join(contentDir, 'policies')
  const policies: Policy[] = []
  for (const name of readdirSync(folder)
    .filter((one) => one.endsWith('.json'))
    .sort()) {
    const path = join(folder, name)
    const read = readContent(path, Policy)
    if (!read.ok) return read
    // an older version stands beside the newest as `<id>@<version>.json`
    if (basename(name, '.json').split('@')[0] !== read.value.id)
      return err({ kind: 'bad-content', path, detail: `id: ${read.value.id} is not the file's name` })
    policies.push(read.value)
  }
  return ok(policies)
}

/** Samples go into an empty data folder and into no other. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Town } from '#domain/listing.ts'
import { ok, type Result } from '#domain/result.ts'
import { Samples } from './sample-schema.ts'
import { loadSamples } from './samples.ts'
import type { Writer } from './stores/writer.ts'
import { readContent } from './town.ts'

export interface FirstLoadDeps {
  readonly writer: Writer
  readonly reader: DatabaseSync
  readonly town: Town
  readonly contentDir: string
  /** ms */
  readonly now: number
}

/** @returns how many listings were loaded: none when people have been here, or the town has no samples */
export async function loadSamplesOnce({
  writer,
  reader,
  town,
  contentDir,
  now,
}: FirstLoadDeps): Promise<Result<number, { readonly detail: string }>> {
  const path = join(contentDir, 'samples', `${town.portal.id}.json`)
  if (reader.prepare('SELECT 1 FROM rooms LIMIT 1').get() || !existsSync(path)) return ok(0)
  const samples = readContent(path, Samples)
  if (!samples.ok) return samples
  const projected = async () => void (await writer.ask('projected', undefined))
  return loadSamples({ log: writer.log, town, samples: samples.value, now, projected })
}

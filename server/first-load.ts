/**
 * Samples go into an empty data folder and into no other. The time they are dated from is written down before the first
 * of them: a load that was cut off is made again from there. Its records, keys and updates are then the same to the byte,
 * so that what is there already stays as it is.
 */
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
  readonly writer: Pick<Writer, 'ask'> & { readonly log: Pick<Writer['log'], 'append'> }
  readonly reader: DatabaseSync
  readonly town: Town
  readonly contentDir: string
  /** ms */
  readonly now: number
}

const mark = 'samples'
const loaded = 'loaded'

/** @returns how many listings were loaded: none when people have been here, or the town has no samples */
export async function loadSamplesOnce({
  writer,
  reader,
  town,
  contentDir,
  now,
}: FirstLoadDeps): Promise<Result<number, { readonly detail: string }>> {
  const path = join(contentDir, 'samples', `${town.portal.id}.json`)
  const begun = reader.prepare('SELECT value FROM meta WHERE key = ?').get(mark)?.['value']
  const isUsed = reader.prepare('SELECT 1 FROM rooms LIMIT 1').get() !== undefined
  if (begun === loaded || (begun === undefined && isUsed) || !existsSync(path)) return ok(0)
  const samples = readContent(path, Samples)
  if (!samples.ok) return samples
  const remember = (value: string) => writer.ask('remember', { key: mark, value })
  const projected = async () => void (await writer.ask('projected', undefined))
  if (begun === undefined) await remember(String(now))
  await projected() // what was cut off is judged by its own receipt, before older ones come again
  const since = begun === undefined ? now : Number(begun)
  await writer.ask('rest-quota', true) // a sample town has more of a person than a newcomer may have
  const done = await loadSamples({ log: writer.log, town, samples: samples.value, now: since, projected })
  await writer.ask('rest-quota', false)
  if (done.ok) await remember(loaded)
  return done
}

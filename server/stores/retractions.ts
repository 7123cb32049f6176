/**
 * What has to be taken out of the printed editions: ids in a file beside the segments, written before the first card is
 * blanked and gone only when a base without them is in force and those before it are deleted. Whoever starts on the folder
 * again blanks them first, so that no end of the process brings words back.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { hasSegment, segmentPath, syncFolder, wipeEntries } from './segment-file.ts'

export const retractionsFile = 'retracted.json'
const Ids = z.array(z.string())

export interface Retractions {
  owed(): ReadonlySet<string>
  /** When it returns they would survive a crash. */
  remember(ids: Iterable<string>): void
  /** Those that came meanwhile stay owed. */
  settle(ids: ReadonlySet<string>): void
}

export function createRetractions(folder: string): Retractions {
  const path = join(folder, retractionsFile)
  const write = (ids: readonly string[]) => {
    if (ids.length === 0) return rmSync(path, { force: true })
    const draft = `${path}.draft`
    const fd = openSync(draft, 'w')
    try {
      writeSync(fd, JSON.stringify(ids))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, path)
    syncFolder(folder)
  }
  const owed = (): ReadonlySet<string> => new Set(read(path))
  return {
    owed,
    remember: (ids) => write([...new Set([...owed(), ...ids])].sort()),
    settle: (ids) => write([...owed()].filter((id) => !ids.has(id))),
  }
}

/** Blanks these in these segments, as far as they are here; a segment that cannot be written goes. @returns whether one held any */
export function blank(folder: string, segments: Iterable<string>, ids: ReadonlySet<string>): boolean {
  let found = false
  for (const segment of segments) {
    if (ids.size === 0 || !hasSegment(folder, segment)) continue
    try {
      found = wipeEntries(folder, segment, ids) || found
    } catch {
      rmSync(join(folder, segmentPath(segment)), { force: true }) // damaged: a fresh print takes its place
    }
  }
  return found
}

/** What a process that was killed did not come to. Where it is not known what is owed, nothing printed is given out. */
export function resumeRetractions(folder: string, segments: ReadonlySet<string>): void {
  try {
    blank(folder, segments, createRetractions(folder).owed())
  } catch {
    for (const segment of segments) rmSync(join(folder, segmentPath(segment)), { force: true })
    rmSync(join(folder, retractionsFile), { force: true })
  }
}

/** @throws on a file that is there and cannot be read */
function read(path: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  return Ids.parse(JSON.parse(text))
}

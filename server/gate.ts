/** What the relay's limits ask of the store and of the disk. */
import { statfsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { RelayDeps } from './relay/relay.ts'
import { createIsEnded } from './stores/ends.ts'
import { createIsErased } from './stores/erasures.ts'
import { createMemberUntil } from './stores/guide-table.ts'
import { createKeyFacts, type Census } from './stores/newcomers.ts'
import type { Writer } from './stores/writer.ts'

export interface GateDeps {
  readonly reader: DatabaseSync
  readonly writer: Pick<Writer, 'ask'>
  readonly dataDir: string
}

export const createGate = ({ reader, writer, dataDir }: GateDeps) =>
  ({
    keys: createKeyFacts(reader),
    memberUntil: createMemberUntil(reader),
    isErased: createIsErased(reader),
    isEnded: createIsEnded(reader),
    newcomers: {
      census: async (before) => (await writer.ask('newcomers', before)) as Census,
      erase: async (room) => (await writer.ask('erase-newcomer', room)) === true,
    },
    freeBytes: () => freeBytesOf(dataDir),
  }) satisfies Partial<RelayDeps>

function freeBytesOf(dataDir: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(dataDir)
    return bavail * bsize
  } catch {
    return undefined // what is wrong with the disk the log will tell
  }
}

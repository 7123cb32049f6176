/** How many bytes of a room are still alive. What was deleted lies in the merged bytes until the log is compacted. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { covers, type Ranges } from './ranges.ts'

const tombBytes = 8 // what a deleted struct may still cost after compaction, at the most

/** Linear in the room; asked only where a room seems full. */
export function liveBytes(update: Uint8Array, deleted: Ranges): number {
  const { structs, ds } = Y.decodeUpdate(update)
  const out = new Y.UpdateEncoderV1()
  let tombs = 0
  for (const struct of structs) {
    const isDead = covers(deleted, struct.id.client, { clock: struct.id.clock, len: struct.length })
    if (isDead || !(struct instanceof Y.Item)) tombs++
    else struct.write(out, 0)
  }
  const ranges = [...ds.clients.values()].reduce((sum, own) => sum + own.length, 0)
  return encoding.length(out.restEncoder) + (tombs + ranges) * tombBytes
}

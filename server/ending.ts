/** Puts the signed end of a key on the key's own shelf, where the projector finds it as it finds every record. */
import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import type { KeyEnd } from '#domain/key-end.ts'
import type { Town } from '#domain/listing.ts'
import { shelfOf } from '#domain/room.ts'
import { minuteMs } from '#domain/time.ts'
import type { EndRouteOwn } from './routes/end.ts'
import { createLimiter } from './routes/limiter.ts'
import { createWhyClosed } from './stores/closed-keys.ts'
import { createIsEnded, createKeyEnding } from './stores/ends.ts'
import type { Writer } from './stores/writer.ts'

export interface EndingDeps {
  readonly writer: Pick<Writer, 'ask' | 'log'>
  readonly reader: DatabaseSync
  readonly town: Town
}

export function createEnding({ writer, reader, town: { portal } }: EndingDeps): EndRouteOwn {
  const isEnded = createIsEnded(reader)
  const whyClosed = createWhyClosed(reader)
  return {
    async end(said) {
      if (whyClosed(said.did)) return true // of an erased key not even its end is written down
      await writer.log.append([{ room: shelfOf(said.did), update: updateOf(said), at: Date.now() }])
      await writer.ask('projected', undefined)
      return isEnded(said.did)
    },
    endOf: createKeyEnding(reader),
    portal: portal.id,
    limiter: createLimiter({ most: 20, windowMs: 10 * minuteMs }),
  }
}

/** A slot of its own: nothing that any device of the key has written is touched. */
function updateOf({ record }: KeyEnd): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('records').set(`${record.envelope.id}/end`, record.text)
  return Y.encodeStateAsUpdate(doc)
}

/** Changes of a town as people make them: signed, over real sockets, into their own shelves, judged by the projector. */
import * as Y from 'yjs'
import { shelfOf } from '#domain/room.ts'
import type { OpenRecord } from '#domain/record.ts'
import type { Signer } from '#domain/identity.ts'
import type { Churn, CorpusListing } from '../corpus.ts'
import { each, joined } from '../relay/load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf, updateFrame } from '../relay/material.ts'
import { changedRecordOf, newRecordOf, type Authors } from './records.ts'
import { slotOf } from './town-folder.ts'

/** @param round another for each call: new listings have new authors @returns how many were stored */
export async function sendChanges(
  sync: string,
  authors: Authors,
  before: readonly CorpusListing[],
  { edited, gone, added }: Churn,
  round: number,
): Promise<number> {
  const places = new Map(before.map(({ entry }, at) => [entry.id, at]))
  const placeOf = ({ entry }: CorpusListing): number => places.get(entry.id) ?? 0
  const now = Date.now()
  const change = async (listing: CorpusListing, body: CorpusListing['body'] | undefined) => {
    const at = placeOf(listing)
    const signer = await authors.signerOf(at)
    return { signer, record: await changedRecordOf(authors, before[at]!, at, { body, now }) }
  }
  const records = await Promise.all([
    ...edited.map((listing) => change(listing, listing.body)),
    ...gone.map((listing) => change(listing, undefined)),
    ...added.map(async ({ body }, i) => {
      const signer = await keyOf(900_000 + 10_000 * round + Math.floor(i / 20))
      return { signer, record: await newRecordOf(signer, body, i, now) }
    }),
  ])
  const shelves = Map.groupBy(records, ({ signer }) => signer)
  await each([...shelves], 8, ([signer, some]) =>
    send(
      sync,
      signer,
      some.map(({ record }) => record),
    ),
  )
  return records.length
}

async function send(sync: string, signer: Signer, records: readonly OpenRecord[]): Promise<void> {
  const room = shelfOf(signer.did)
  const doc = new Y.Doc()
  const map = doc.getMap('records')
  doc.transact(() => {
    for (const { envelope, text } of records) map.set(slotOf(envelope.id), text)
  })
  const client = await joined(sync, await joinFrames(room, signer), emptyStepTwo(room), true)
  const stored = new Promise<void>((resolve, reject) => {
    client.listen((kind) => {
      if (kind === 'stored') resolve()
      if (kind === 'unstored' || kind === 'denied') reject(new Error(kind))
    })
    void client.socket.closed.then(() => reject(new Error('closed')))
  })
  client.socket.send(updateFrame(room, Y.encodeStateAsUpdate(doc)))
  await stored
  client.socket.close()
}

/** What the relay does with gaps: keep back, ask, store the repair, and give every counted frame its one status. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { ok } from '#domain/result.ts'
import { createRelay } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { connectRaw, recordedDoc, rest, type RawClient } from '../fixtures/relay-client.ts'

let alice: Signer
let room: string
beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  room = shelfOf(alice.did)
})

const verifyToken = async () => ok({ did: alice.did, expiresAt: Number.MAX_SAFE_INTEGER })

function open() {
  const log = createMemoryLog()
  const relay = createRelay({ log, verifyToken, audience: '', now: () => 1 })
  return { log, relay }
}

async function join(client: RawClient, doc?: Y.Doc): Promise<void> {
  client.join(room, 'token', doc)
  await rest()
  client.send({ kind: 'step-2', room, update: Uint8Array.of(0, 0) })
  await rest()
  client.forget()
}

/** Answers every step 1 after the first `answered` as the provider does; how many there were. */
async function answerAll(client: RawClient, doc: Y.Doc, answered = 0): Promise<number> {
  for (let asked = client.of('step-1'); answered < asked.length; asked = client.of('step-1')) {
    client.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, asked[answered++]!.vector) })
    await rest()
  }
  return answered
}

const change = (update: Uint8Array) => ({ kind: 'update', room, update }) as const

describe('a gap', () => {
  it('is not stored and not acknowledged; one question, whose answer acknowledges all that was kept back', async () => {
    const { log, relay } = open()
    const client = connectRaw(relay)
    await join(client)
    const { doc, updates } = recordedDoc(1)
    for (const at of [1, 2, 3, 4]) doc.getMap('records').set(`k${at}`, at)
    client.send(change(updates[1]!), change(updates[2]!))
    await rest()
    client.send(change(updates[3]!))
    await rest()
    expect(client.kinds()).toEqual(['step-1'])
    expect(await log.read(room)).toBeUndefined()
    expect(await answerAll(client, doc)).toBe(1)
    expect(client.kinds()).toEqual(['step-1', 'sync-status', 'sync-status', 'sync-status', 'stored'])
    expect(client.statuses()).toEqual([1, 1, 1])
    expect((await log.read(room))?.updates).toHaveLength(1)
  })

  it('that the answer does not close is refused, without a second question', async () => {
    const { log, relay } = open()
    const client = connectRaw(relay)
    await join(client)
    const { doc, updates } = recordedDoc(1)
    for (const at of [1, 2]) doc.getMap('records').set(`k${at}`, at)
    client.send(change(updates[1]!))
    await rest()
    client.send({ kind: 'step-2', room, update: updates[1]! })
    await rest()
    expect(client.statuses()).toEqual([0])
    expect(client.of('step-1')).toHaveLength(1)
    expect(client.codes()).toEqual(['gap', 'gap'])
    expect(await log.read(room)).toBeUndefined()
  })

  it.each([
    ['a merged update with a hole', (_: Y.Doc, updates: Uint8Array[]) => Y.mergeUpdates([updates[0]!, updates[2]!])],
    ['a deletion alone', (_: Y.Doc, updates: Uint8Array[]) => updates[3]!],
    [
      'an origin on an unknown client',
      (doc: Y.Doc) => {
        const other = recordedDoc(2)
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(doc))
        other.updates.length = 0
        other.doc.getText('t').insert(1, 'z')
        const update = other.updates[0]!
        Y.applyUpdate(doc, update)
        return update
      },
    ],
  ])('of %s is kept back and repaired', async (_, make) => {
    const { log, relay } = open()
    const client = connectRaw(relay)
    await join(client)
    const { doc, updates } = recordedDoc(1)
    for (const at of [0, 1, 2]) doc.getText('t').insert(at, 'x')
    doc.getText('t').delete(0, 1)
    client.send(change(make(doc, updates)))
    await rest()
    expect(client.kinds()).toEqual(['step-1'])
    expect(await log.read(room)).toBeUndefined()
    await answerAll(client, doc)
    expect(client.statuses()).toEqual([1])
    const copy = new Y.Doc()
    for (const update of (await log.read(room))!.updates) Y.applyUpdate(copy, update)
    expect(copy.getText('t').toJSON()).toBe(doc.getText('t').toJSON())
  })
})

describe('lost, doubled and reordered frames', () => {
  const journey = fc.record({
    edits: fc.array(fc.record({ who: fc.nat(1), what: fc.nat(3), key: fc.nat(2) }), { minLength: 1, maxLength: 12 }),
    fates: fc.infiniteStream(fc.constantFrom('sent', 'sent', 'sent', 'lost', 'doubled', 'late')),
  })

  it('never leave anything pending in the log, and in the end it holds every edit', async () => {
    await fc.assert(
      fc.asyncProperty(journey, async ({ edits, fates }) => {
        const { log, relay } = open()
        const ends = await Promise.all([1, 2].map((id) => device(relay, id)))
        for (const edit of edits) await ends[edit.who]!.edit(edit, fates.next().value ?? 'sent')
        for (const end of ends) await end.settle()
        for (const end of [...ends, ...ends]) await end.rejoin()
        const copy = new Y.Doc()
        for (const update of (await log.read(room))?.updates ?? []) {
          Y.applyUpdate(copy, update)
          expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null])
        }
        for (const { doc } of ends) {
          expect(copy.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
          expect(copy.getText('t').toJSON()).toBe(doc.getText('t').toJSON())
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** A device that edits, whose frames meet a fate, and that counts as the provider counts. */
async function device(relay: ReturnType<typeof createRelay>, id: number) {
  const client = connectRaw(relay)
  const { doc, updates } = recordedDoc(id)
  await join(client, doc)
  const late: Uint8Array[] = []
  let counted = 0
  let heard = 0
  let answered = 0
  const deliver = async () => {
    await rest()
    answered = await answerAll(client, doc, answered)
    const news = client.of('update')
    for (; heard < news.length; heard++) Y.applyUpdate(doc, news[heard]!.update)
  }
  return {
    doc,
    async edit({ what, key }: { what: number; key: number }, fate: string) {
      await deliver()
      updates.length = 0
      const text = doc.getText('t')
      if (what === 0) doc.getMap('m').set(`k${key}`, id)
      else if (what === 1) doc.getMap('m').delete(`k${key}`)
      else if (what === 2 && text.length > key) text.delete(key, 1)
      else text.insert(Math.min(key, text.length), 'ab')
      const copies = { sent: 1, doubled: 2 }[fate] ?? 0
      for (const update of updates.splice(0)) {
        if (fate === 'late') late.push(update)
        for (let at = 0; at < copies; at++) client.send(change(update))
        counted += copies
      }
      await deliver()
    },
    /** The late ones, last first; then every counted frame has had its status. */
    async settle() {
      for (const update of late.toReversed()) {
        client.send(change(update))
        counted++
      }
      await deliver()
      expect(client.statuses()).toEqual(Array.from({ length: counted }, () => 1))
      client.drop()
    },
    async rejoin() {
      const again = connectRaw(relay)
      again.join(room, 'token', doc)
      await rest()
      Y.applyUpdate(doc, again.of('step-2')[0]!.update)
      again.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, again.of('step-1')[0]!.vector) })
      await rest()
      expect(again.statuses()).toEqual([1])
      again.drop()
    },
  }
}

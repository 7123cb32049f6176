/** Drafts: the owner's and his members' rooms. Members write as long as the owner lets them, and hear at once when he does not any more; who is there is passed on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import type { Signer } from '#domain/identity.ts'
import type { OpenRecord } from '#domain/record.ts'
import { draftOf, inboxOf, shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { createRelay, type Relay } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import type { UpdateLog } from '../../server/stores/store.ts'
import { aDelegation, aDelegationBody, revoked } from '../fixtures/businesses.ts'
import { aDraft } from '../fixtures/guide-bodies.ts'
import { dialRelay, type Dialled } from '../fixtures/dialled.ts'
import { startPortalProcess } from '../fixtures/portal.ts'
import { slotOf } from '../fixtures/records.ts'
import { connectRaw, recordedDoc, rest, type RawClient } from '../fixtures/relay-client.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until as waitFor } from '../fixtures/until.ts'

const audience = 'https://port.example'
let [owner, clerk, stranger] = [] as unknown as [Signer, Signer, Signer]
let log: UpdateLog
let relay: Relay
let now: number
const members = new Map<string, number>()
let room: string

beforeAll(async () => {
  ;[owner, clerk, stranger] = await Promise.all([aSigner(1), aSigner(2), aSigner(3)])
  room = draftOf(owner.did, aDraft(1))
})
beforeEach(() => {
  now = 1_800_000_000_000
  members.clear()
  members.set(clerk.did, now + 60 * 60_000)
  log = createMemoryLog()
  relay = createRelay({
    log,
    verifyToken,
    audience,
    now: () => now,
    memberUntil: (of, draft, did, at) => {
      const until = of === owner.did && draft === aDraft(1) ? members.get(did) : undefined
      return until !== undefined && at < until ? until : undefined
    },
  })
})

const until = async (met: () => boolean) => {
  while (!met()) await rest()
}
async function joined(signer: Signer | undefined, name = room): Promise<RawClient> {
  const client = connectRaw(relay)
  client.join(name, signer ? await makeToken(signer, audience, now) : '')
  await until(() => client.of('step-1').length + client.codes().length > 0)
  return client
}
const typed = (client: number, words: string) => {
  const { doc, updates } = recordedDoc(client)
  doc.getText('body').insert(0, words)
  return { kind: 'update', room, update: updates[0]! } as const
}
async function stored(): Promise<string> {
  const bytes = await log.read(room)
  const doc = new Y.Doc()
  for (const update of bytes?.updates ?? []) Y.applyUpdate(doc, update)
  return doc.getText('body').toString()
}
const presence = (words: string) => ({ kind: 'awareness', room, states: new TextEncoder().encode(words) }) as const
const shown = (client: RawClient) => client.of('awareness').map(({ states }) => new TextDecoder().decode(states))

describe('a draft', () => {
  it('is read and written by its owner and his members, and by nobody else', async () => {
    const [hers, his] = [await joined(owner), await joined(clerk)]
    expect([hers, his].map((client) => client.of('authenticated')[0]?.scope)).toEqual(['read-write', 'read-write'])
    his.send(typed(5, '先看插头'))
    await until(() => hers.of('update').length > 0)
    expect(await stored()).toBe('先看插头')
    expect((await joined(stranger)).codes()).toEqual(['forbidden'])
    expect((await joined(undefined)).codes()).toEqual(['token-missing'])
    expect((await joined(clerk, draftOf(owner.did, aDraft(2)))).codes()).toEqual(['forbidden'])
  })

  it('is lost at once by who is a member no more: neither read nor written, whatever waits', async () => {
    const [hers, his] = [await joined(owner), await joined(clerk)]
    members.delete(clerk.did)
    await log.append([{ room: inboxOf(owner.did), update: Y.encodeStateAsUpdate(recordedDoc(9).doc), at: now }])
    await until(() => his.codes().length > 0)
    expect(his.of('permission-denied').map(({ reason }) => reason)).toEqual(['forbidden'])
    his.forget()
    his.send(typed(5, '不该写进去'))
    hers.send(typed(6, '还是老板的'))
    await until(() => hers.statuses().length > 0)
    expect(his.codes()).toEqual(['forbidden'])
    expect(his.statuses()).toEqual([0])
    expect(his.of('update')).toEqual([])
    expect(await stored()).toBe('还是老板的')
  })

  it('is not lost by members of whom nothing was said', async () => {
    const his = await joined(clerk)
    await log.append([{ room: inboxOf(owner.did), update: Y.encodeStateAsUpdate(recordedDoc(9).doc), at: now }])
    his.send(typed(5, '还在'))
    await until(() => his.statuses().length > 0)
    expect([his.codes(), his.statuses(), await stored()]).toEqual([[], [1], '还在'])
  })

  it('is asked for again when a member’s time is over, and then refused', async () => {
    members.set(clerk.did, now + 90_000)
    const his = await joined(clerk)
    now += 91_000
    relay.tick()
    expect(his.of('token-wanted')).toHaveLength(1)
    his.send({ kind: 'token', room, token: await makeToken(clerk, audience, now), version: '4.7.0' })
    await until(() => his.codes().length > 0)
    expect(his.codes()).toEqual(['forbidden'])
  })
})

describe('who is there', () => {
  it('is passed on to the others, told to who joins later, and not kept', async () => {
    const [hers, his] = [await joined(owner), await joined(clerk)]
    hers.send(presence('老板'))
    await until(() => his.of('awareness').length > 0)
    his.send(presence('店员'))
    expect([shown(hers), shown(his)]).toEqual([['店员'], ['老板']])
    const later = await joined(owner)
    expect(shown(later).sort()).toEqual(['店员', '老板'].sort())
    expect(await log.read(room)).toBeUndefined()
  })

  it('is told with the joining where it came before that, and never of who may not join', async () => {
    const hers = await joined(owner)
    const [his, other] = [connectRaw(relay), connectRaw(relay)]
    for (const [client, signer] of [
      [his, clerk],
      [other, stranger],
    ] as const) {
      client.join(room, await makeToken(signer, audience, now))
      client.send(presence(signer === clerk ? '店员' : '陌生人'))
    }
    await until(() => other.codes().length > 0 && hers.of('awareness').length > 0)
    expect(shown(hers)).toEqual(['店员'])
  })

  it('is of no interest in other rooms, to strangers, or when it is large', async () => {
    const shelf = shelfOf(owner.did)
    const [reader, hers, his, other] = [
      await joined(undefined, shelf),
      await joined(owner, shelf),
      await joined(clerk),
      await joined(stranger),
    ]
    hers.send({ ...presence('x'), room: shelf })
    other.send(presence('陌生人'))
    const large = await joined(owner)
    large.send(presence('x'.repeat(5000)))
    await rest()
    expect([reader, his].map(shown)).toEqual([[], []])
  })
})

describe('with the whole portal and real sockets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drafts-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('a member writes from the delegation on, and not a moment longer than it stands, with his page open', async () => {
    const portal = await startPortalProcess(folder, { DATA_DIR: folder })
    onTestFinished(async () => {
      for (const one of dialled) one.hangUp()
      await portal.end('SIGTERM')
    })
    const url = `${portal.url.replace('http', 'ws')}/sync`
    const dialled: Dialled[] = []
    const dial = (name: string, signer: Signer) => {
      const one = dialRelay(url, name, signer, new Y.Doc(), new URL(portal.url).origin)
      dialled.push(one)
      return one
    }
    const time = Date.now()
    const given = await aDelegation(owner, time, aDelegationBody(clerk.did, { until: time + 60_000 }))
    const shelf = dial(shelfOf(owner.did), owner)
    const inbox = dial(inboxOf(owner.did), owner)
    const put = (record: OpenRecord) => void shelf.doc.getMap('records').set(slotOf(record), record.text)
    const judged = (record: OpenRecord) => waitFor('a verdict', () => inbox.doc.getMap('notices').has(record.hash))
    put(given)
    await judged(given)
    const [hers, his] = [dial(room, owner), dial(room, clerk)]
    his.doc.getText('body').insert(0, '店员写的')
    await waitFor('the owner to read it', () => String(hers.doc.getText('body')) === '店员写的')
    const taken = await revoked(owner, given, time)
    put(taken)
    await waitFor('the member to be told', () => his.codes().includes('forbidden'))
    his.doc.getText('body').insert(0, '收回之后写的')
    hers.doc.getText('body').insert(0, '老板')
    await waitFor('the owner’s words to be stored', () => hers.provider.unsyncedChanges === 0)
    const copy = dial(room, owner)
    await waitFor('a fresh copy', () => copy.provider.isSynced)
    expect([String(hers.doc.getText('body')), String(copy.doc.getText('body'))]).toEqual([
      '老板店员写的',
      '老板店员写的',
    ])
  }, 60_000)
})

/** `/labels.json` as a portal gives it and a reader takes it: by whose signature each thing is hidden, and what a list that lies is worth. */
import { beforeEach, describe, expect, it } from 'vitest'
import { erasureMarkOf } from '#domain/erasure.ts'
import { openHidden, type Hidden, type HiddenFile, type Verify } from '#domain/hidden.ts'
import type { Signer } from '#domain/identity.ts'
import { isWhole, type LogLine } from '#domain/label-log.ts'
import { labelDays } from '#domain/label.ts'
import type { OpenRecord } from '#domain/record.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { createHiddenFile } from '../../server/hidden-file.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { createErasureAnswers, createIsErased } from '../../server/stores/erasures.ts'
import { createErasedSweep } from '../../server/stores/erasures.ts'
import { createHiddenIds } from '../../server/stores/moderation.ts'
import { createLabelLog, keepTerms } from '../../server/stores/hidden-file.ts'
import { aGuide } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody } from '../fixtures/guide-bodies.ts'
import { aLabel, onKey, onListing } from '../fixtures/labels.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, noon, portal as portalId, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const [alice, bob, judge, other] = (await Promise.all([1, 2, 3, 4].map((seed) => aSigner(seed)))) as [
  Signer,
  Signer,
  Signer,
  Signer,
]
type Town = ReturnType<typeof openProjection>
let town: Town
let moderators: Set<string>
const put = (signer: Signer, ...records: readonly OpenRecord[]) =>
  town.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
/** The list as it goes out now; a start of the portal is asked for by `restart`. */
const given = async (): Promise<HiddenFile> => (await createHiddenFile(town.core.db, portalId)(town.clock.now)).file
const restart = () => keepTerms(town.core.db, moderators, town.clock.now, createIsErased(town.core.db))
const opened = async (file: HiddenFile, known?: Hidden, verify?: Verify): Promise<Hidden> => {
  const hidden = await openHidden(JSON.stringify(file), known, verify)
  if (typeof hidden === 'string') throw new Error(hidden)
  return hidden
}
const hides = async (file: HiddenFile) => [...(await opened(file)).ids].sort()

beforeEach(() => {
  moderators = new Set([judge.did])
  town = openProjection(':memory:', undefined, { moderators })
  restart()
})

const erase = (signer: Signer) => {
  const answer = createErasureAnswers(town.core, town.projector)
  answer('erasure-begin', { did: signer.did, at: town.clock.now })
  answer('erasure-records', signer.did)
  while (answer('erasure-journal', signer.did));
  answer('erasure-close', 1)
}

async function aHiddenListing(signer = judge): Promise<string> {
  const listing = await aRecord(alice, 1, noon)
  await put(alice, listing)
  town.clock.now += minuteMs
  await put(signer, await aLabel(signer, 1, town.clock.now, { subject: onListing(listing.envelope.id) }))
  return listing.envelope.id
}

describe('a list that is as it was given', () => {
  it('hides by the moderator’s own signature, and no more when it is restored', async () => {
    const id = await aHiddenListing()
    const file = await given()
    expect(await opened(file)).toMatchObject({ ids: new Set([id]), gone: new Set(), wrong: [] })
    expect(file.word).not.toContain(id) // not the portal's word, the moderator's
    town.clock.now += minuteMs
    await put(judge, await aLabel(judge, 2, town.clock.now, { subject: onListing(id), action: 'restore' }))
    expect(await hides(await given())).toEqual([])
  })

  it('of a blocked key hides listings and guides, each bound to the key', async () => {
    const [one, two] = [await aRecord(alice, 11, noon), await aRecord(alice, 12, noon)]
    const body = await aGuideBody(alice.did, aDraft(1))
    await put(alice, await aProfile(alice, noon, aBusiness()), await aGuide(alice, noon, body), one, two)
    await put(judge, await aLabel(judge, 1, noon, { subject: onKey(alice.did), action: 'block' }))
    expect(await hides(await given())).toEqual([one.envelope.id, two.envelope.id, body.guide].sort())
    expect([...createHiddenIds(town.core.db)()].sort()).toEqual(await hides(await given()))
  })

  it('is the same file until something changes, and forgets after 90 days', async () => {
    await aHiddenListing()
    const file = createHiddenFile(town.core.db, portalId)
    const first = await file(town.clock.now)
    expect((await file(town.clock.now + 1)).tag).toBe(first.tag)
    town.clock.now += (labelDays + 1) * dayMs
    expect(await hides((await file(town.clock.now)).file)).toEqual([])
  })
})

describe('a list that lies', () => {
  const withLabels = async (...labels: readonly string[]) => {
    const file = await given()
    return { ...file, labels: [...file.labels, ...labels] }
  }

  it('hides nothing by a label of who is no moderator, nor by one that was changed; each is named', async () => {
    const id = await aHiddenListing()
    const victim = onListing((await aRecord(bob, 2, noon)).envelope.id)
    const strangers = (await aLabel(bob, 1, town.clock.now, { subject: victim })).text
    const changed = (await given()).labels[0]!.replace(id, victim.id)
    const stolen = strangers.replace(bob.did, judge.did) // names the moderator, signed by another
    const read = await opened(await withLabels(strangers, changed, stolen, 'nonsense', ''))
    expect(read.ids).toEqual(new Set([id]))
    expect(read.wrong).toHaveLength(5)
  })

  it('hides nothing by a label of before or after its signer’s time, and what he decided in it stands', async () => {
    const id = await aHiddenListing()
    const term = town.clock.now
    town.clock.now += hourMs
    moderators.delete(judge.did)
    moderators.add(other.did)
    restart()
    expect(await hides(await given())).toEqual([id])
    const victim = onListing((await aRecord(bob, 2, noon)).envelope.id)
    town.clock.now += dayMs
    const late = (await aLabel(judge, 5, town.clock.now, { subject: victim })).text
    const early = (await aLabel(other, 6, term, { subject: victim })).text
    const read = await opened(await withLabels(late, early))
    expect(read.ids).toEqual(new Set([id]))
    expect(read.wrong).toEqual([late.slice(0, 200), early.slice(0, 200)])
    town.clock.now += dayMs
    moderators.add(judge.did) // a second term
    restart()
    expect((await opened(await withLabels(late))).ids).toEqual(new Set([id]))
    const now = (await aLabel(judge, 7, town.clock.now, { subject: victim })).text
    expect((await opened(await withLabels(now))).ids).toEqual(new Set([id, victim.id]))
  })

  it('cannot slip somebody else’s listing under a blocked key', async () => {
    await put(alice, await aRecord(alice, 1, noon))
    await put(judge, await aLabel(judge, 1, noon, { subject: onKey(alice.did), action: 'block' }))
    const file = await given()
    const foreign = await aRecord(bob, 2, noon)
    const slipped = { ...file, blocked: { [alice.did]: [foreign.envelope.nonce], [bob.did]: [foreign.envelope.nonce] } }
    expect(await hides(slipped)).not.toContain(foreign.envelope.id)
  })

  it('of another key, another wording or of before is not taken at all', async () => {
    await aHiddenListing()
    const file = await given()
    const known = await opened(file)
    const text = (change: Partial<HiddenFile>) => JSON.stringify({ ...file, ...change })
    expect(await openHidden(text({ word: file.word.replace('"gone":[]', '"gone":["x"]') }), known)).toBe(
      'bad-signature',
    )
    expect(await openHidden(text({ word: '' }), known)).toBe('bad-signature')
    expect(await openHidden('{', known)).toBe('bad-format')
    town.clock.now += minuteMs
    const newer = await opened(await given())
    expect(await openHidden(JSON.stringify(file), newer)).toBe('older')
    const stranger = openProjection()
    keepTerms(stranger.core.db, new Set([bob.did]), town.clock.now, () => false)
    const theirs = await createHiddenFile(stranger.core.db, portalId)(town.clock.now)
    expect(await openHidden(JSON.stringify(theirs.file), known)).toBe('other-key')
  })

  it('is taken by a browser that cannot check: it hides rather too much', async () => {
    const id = await aHiddenListing()
    expect((await opened(await given(), undefined, async () => undefined)).ids).toEqual(new Set([id]))
  })
})

describe('the log of all labels', () => {
  const log = () => createLabelLog(town.core.db)()
  const three = async () => {
    const id = await aHiddenListing()
    await put(judge, await aLabel(judge, 2, town.clock.now + 1, { subject: onListing(id), action: 'restore' }))
    await put(judge, await aLabel(judge, 3, town.clock.now + 2, { subject: onListing(id), action: 'warn' }))
  }

  it('grows only: who kept a link sees when one is taken out, changed, moved or the end is cut off', async () => {
    await three()
    const kept = (await opened(await given())).log
    expect(kept[0]).toBe(3)
    const [one, two, last] = log() as [LogLine, LogLine, LogLine]
    expect(await isWhole([one, two, last], [kept])).toBe(true)
    const changed = { ...two, text: (two.text ?? '').replace('restore', 'hide') }
    const renamed = { hash: 'a'.repeat(64), text: null }
    for (const lie of [[one, last], [two, one, last], [one, two], [one, changed, last], [one, renamed, last], []])
      expect(await isWhole(lie, [kept])).toBe(false)
    expect(await isWhole([one, two, last], [[3, 'f'.repeat(64)], kept])).toBe(false) // a link of before, beside today's
    await put(judge, await aLabel(judge, 4, town.clock.now + 3, { subject: onKey(bob.did), action: 'warn' }))
    expect(log()).toHaveLength(4)
    expect(await isWhole(log(), [kept, (await opened(await given())).log])).toBe(true)
  })

  it('still hangs together when a moderator had all of his erased, and after a replay', async () => {
    await three()
    const kept = (await opened(await given())).log
    expect(replayInto(town.core).changed).toEqual([])
    erase(judge)
    expect(log().map(({ text }) => text)).toEqual([null, null, null])
    expect(await isWhole(log(), [kept, (await opened(await given())).log])).toBe(true)
  })
})

describe('who has all of his erased', () => {
  it('is in the list by ids and a mark, for 90 days, by the portal’s word', async () => {
    const listing = await aRecord(alice, 1, noon)
    await put(alice, listing)
    erase(alice)
    const read = await opened(await given())
    expect(read.ids).toEqual(new Set([listing.envelope.id]))
    expect(read.gone).toEqual(read.ids)
    expect(read.erased).toEqual(new Set([await erasureMarkOf(alice.did)]))
    expect(JSON.stringify(await given())).not.toContain(alice.did)
    town.clock.now += (labelDays + 1) * dayMs
    expect(await hides(await given())).toEqual([])
    const { db } = town.core
    db.exec("UPDATE erasures SET step = 'done'")
    createErasedSweep(db)(town.clock.now)
    expect(db.prepare('SELECT ids FROM erasures').all()).toEqual([{ ids: null }])
  })

  it('and was a moderator: what he hid stays hidden, without his key and his words, also by a replay, until another restores it', async () => {
    moderators.add(other.did)
    const id = await aHiddenListing()
    expect(Object.keys(town.labels())).toEqual([id])
    erase(judge)
    restart() // he still stands in the settings
    expect(await hides(await given())).toEqual([id])
    expect(town.labels()).toEqual({})
    expect((await town.model.decisions(1)).decisions).toMatchObject([{ action: 'hide', reason: '' }])
    const everything = JSON.stringify([dumpOf(town.core.db), await given()])
    expect(everything).not.toContain(judge.did)
    const before = dumpOf(town.core.db)
    expect(replayInto(town.core).changed).toEqual([])
    expect(dumpOf(town.core.db)).toEqual(before)
    restart()
    town.clock.now += minuteMs
    await put(other, await aLabel(other, 2, town.clock.now, { subject: onListing(id), action: 'restore' }))
    expect(await hides(await given())).toEqual([])
  })
})

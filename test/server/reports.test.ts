/** Reports over HTTP and on a real database: who counts how often, what is shown to whom, and what is taken back from print. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { openHidden } from '#domain/hidden.ts'
import type { Signer } from '#domain/identity.ts'
import { answeredMap, type Decision } from '#domain/label.ts'
import type { QueuePage } from '#domain/queue.ts'
import type { OpenRecord } from '#domain/record.ts'
import { inboxOf, labelsRoom } from '#domain/room.ts'
import { dayMs, minuteMs } from '#domain/time.ts'
import { makeToken } from '#domain/token.ts'
import { createModeration, startRetracting } from '../../server/moderation.ts'
import { moderationRoutes, reportRoutes } from '../../server/routes/moderation.ts'
import type { Pages } from '../../server/routes/pages.ts'
import { keepTerms } from '../../server/stores/hidden-file.ts'
import { createReportTable, type Report } from '../../server/stores/reports.ts'
import type { StoredEntry, UpdateLog } from '../../server/stores/store.ts'
import { aLabel, onKey, onListing } from '../fixtures/labels.ts'
import { openProjection, roomValues } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, portal as portalId, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'

const origin = 'https://port.example.org'
const [alice, bob, judge] = (await Promise.all([1, 2, 3].map((seed) => aSigner(seed)))) as [Signer, Signer, Signer]
let portal: ReturnType<typeof openProjection>
let listing: OpenRecord
let id: string
let asked: readonly { readonly path: string; readonly ok: boolean }[]

const put = async (signer: Signer, ...records: readonly OpenRecord[]) => {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
}

beforeEach(async () => {
  portal = openProjection(':memory:', undefined, { moderators: new Set([judge.did]) })
  listing = await aRecord(alice, 1, noon)
  id = listing.envelope.id
  await put(alice, listing)
  asked = []
})

/** @param network who asks, as far as limits are concerned */
function aSite(network = '192.0.2.1') {
  const table = createReportTable(portal.core.db)
  keepTerms(portal.core.db, new Set([judge.did]), portal.clock.now, () => false)
  const now = () => portal.clock.now
  const moderation = createModeration({
    reader: portal.core.db,
    writer: { ask: async (_, report) => table.put(report as Report) },
    moderators: [judge.did],
    origins: [origin],
    portal: portalId,
    now,
  })
  const pages = {
    render: async (c, page) => {
      asked = [...asked, { path: page?.path ?? '', ok: page?.reported?.ok === true }]
      return c.body(null, 200)
    },
    missing: async (c) => c.body(null, 404),
    broken: async (c) => c.body(null, 500),
  } satisfies Pages
  const deps = { moderation, now, pages, networkOf: () => network }
  const env = { incoming: {} } as never
  const bearer = async (signer: Signer | undefined) =>
    signer ? { Authorization: `Bearer ${await makeToken(signer, origin, portal.clock.now)}` } : {}
  return {
    async report(subject: string, form: Record<string, string>, signer?: Signer, accept = 'application/json') {
      const headers = { accept, 'content-type': 'application/x-www-form-urlencoded', ...(await bearer(signer)) }
      const body = new URLSearchParams(form).toString()
      const answer = await reportRoutes(deps).request(`/${subject}`, { method: 'POST', headers, body }, env)
      return { status: answer.status, ...((await answer.json().catch(() => ({}))) as { readonly kind?: string }) }
    },
    async queue(signer?: Signer) {
      const headers = await bearer(signer)
      const answer = await moderationRoutes(deps).request('/moderation/queue', { headers }, env)
      return { status: answer.status, page: (await answer.json()) as QueuePage }
    },
    async labels(tag = '') {
      const answer = await moderationRoutes(deps).request('/labels.json', { headers: { 'If-None-Match': tag } }, env)
      return { status: answer.status, tag: answer.headers.get('ETag') ?? '', text: await answer.text() }
    },
  }
}
const hiddenIn = async (list: string) => {
  const hidden = await openHidden(list, undefined)
  return typeof hidden === 'string' ? hidden : [...hidden.ids]
}
const itemsOf = async () => (await aSite().queue(judge)).page.items

describe('a report', () => {
  it('counts once for a key, once for a network without one, and names neither', async () => {
    const site = aSite()
    expect(await site.report(id, { reason: 'false', text: '不像' }, bob)).toEqual({ status: 201, kind: 'taken' })
    expect(await site.report(id, { reason: 'fraud' })).toEqual({ status: 201, kind: 'taken' })
    expect(await site.report(id, { reason: 'other' })).toEqual({ status: 201, kind: 'again' })
    expect(await itemsOf()).toMatchObject([
      { title: listing.envelope.body['title'], author: alice.did, weight: 2, count: 2, isHidden: false },
    ])
    const rows = portal.core.db.prepare('SELECT by FROM reports WHERE did IS NULL').all()
    expect(JSON.stringify(rows)).not.toContain('192.0.2')
    expect(JSON.stringify(rows)).not.toContain(
      createHash('sha256').update('192.0.2.1').digest('base64url').slice(0, 22),
    )
  })

  it('a thousand by one key count as one', async () => {
    const table = createReportTable(portal.core.db)
    const one = { subject: id, did: bob.did, network: 'n', reason: 'fraud', text: '' } as const
    const all = Array.from({ length: 1000 }, (_, i) => table.put({ ...one, at: noon + i }))
    expect(all.filter((answer) => answer === 'taken')).toHaveLength(1)
    expect(await itemsOf()).toMatchObject([{ weight: 1, count: 1 }])
  })

  it('over thirty in ten minutes from a network are put off; another network is not', async () => {
    const site = aSite()
    const answers = []
    for (let i = 0; i < 31; i++) answers.push((await site.report(id, { reason: 'other' })).status)
    expect(answers.slice(0, 30)).not.toContain(429)
    expect(answers[30]).toBe(429)
    portal.clock.now += 10 * minuteMs
    expect((await site.report(id, { reason: 'other' })).status).toBe(201)
    expect((await aSite('192.0.2.2').report(id, { reason: 'other' })).kind).toBe('taken')
  })

  it('weighs more by a key that has stood here for a while', async () => {
    const others = await Promise.all([1, 2, 3].map((seed) => aRecord(bob, seed, noon)))
    await put(bob, ...others)
    portal.clock.now += 31 * dayMs
    await put(alice, await anEdit(alice, listing, portal.clock.now))
    await aSite().report(id, { reason: 'false' }, bob)
    expect(await itemsOf()).toMatchObject([{ weight: 3, count: 1 }])
  })

  it.each([
    ['of 100,000 characters', { reason: 'other', text: 'x'.repeat(100_000) }, 413, 'too-large'],
    ['of 501 characters', { reason: 'other', text: '字'.repeat(501) }, 413, 'too-large'],
    ['without a reason', { text: 'x' }, 400, 'bad-form'],
    ['with a reason that is none', { reason: 'spite' }, 400, 'bad-form'],
  ] as const)('%s is refused, and nothing is kept', async (_, form, status, kind) => {
    expect(await aSite().report(id, form)).toEqual({ status, kind })
    expect(await aSite().report(id, form, undefined, 'text/html')).toMatchObject({ status: 200 })
    expect(asked).toEqual([{ path: `/reported?of=${id}`, ok: false }])
    expect(await itemsOf()).toEqual([])
  })

  it('of what is not there, or with a token that is none, is refused', async () => {
    expect(await aSite().report('a'.repeat(26), { reason: 'other' })).toEqual({ status: 404, kind: 'not-found' })
    expect((await aSite().report('nothing', { reason: 'other' })).status).toBe(404)
    portal.clock.now += 20 * minuteMs
    const stale = { did: bob.did, sign: bob.sign } as Signer
    const token = await makeToken(stale, 'https://elsewhere.example.org', portal.clock.now)
    const foreign = await reportRoutes({
      moderation: createModeration({
        reader: portal.core.db,
        writer: { ask: async () => 'taken' },
        moderators: [],
        origins: [origin],
        portal: portalId,
        now: () => portal.clock.now,
      }),
      now: () => portal.clock.now,
      pages: {} as Pages,
      networkOf: () => 'n',
    }).request(
      `/${id}`,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'reason=other',
      },
      { incoming: {} } as never,
    )
    expect(foreign.status).toBe(401)
  })
})

describe('the queue', () => {
  it('is shown to moderators alone', async () => {
    expect((await aSite().queue()).status).toBe(401)
    expect((await aSite().queue(bob)).status).toBe(403)
    expect((await aSite().queue(judge)).status).toBe(200)
  })

  it('loses what was decided, and takes it up again for an objection, a change, a later report', async () => {
    const site = aSite()
    await site.report(id, { reason: 'false' }, bob)
    portal.clock.now += minuteMs
    await put(judge, await aLabel(judge, 1, portal.clock.now, { subject: onListing(id) }))
    expect(await itemsOf()).toEqual([])

    portal.clock.now += minuteMs
    expect((await site.report(id, { reason: 'objection', text: '东西是真的' }, bob)).kind).toBe('again') // it is not his
    expect(await itemsOf()).toEqual([])
    expect((await site.report(id, { reason: 'objection', text: '东西是真的' }, alice)).kind).toBe('taken')
    expect(await itemsOf()).toMatchObject([
      {
        isHidden: true,
        weight: 0,
        decision: { action: 'hide' },
        reports: [{ reason: 'objection', text: '东西是真的' }],
      },
    ])
    portal.clock.now += minuteMs
    await put(judge, await aLabel(judge, 2, portal.clock.now, { subject: onListing(id) }))
    expect(await itemsOf()).toEqual([])

    portal.clock.now += minuteMs
    await put(alice, await anEdit(alice, listing, portal.clock.now, { title: '改过的标题，照实写' }))
    expect(await itemsOf()).toMatchObject([{ isChanged: true, title: '改过的标题，照实写' }])
    portal.clock.now += minuteMs
    await put(judge, await aLabel(judge, 3, portal.clock.now, { subject: onListing(id), action: 'restore' }))
    expect(await itemsOf()).toEqual([])
    portal.clock.now += minuteMs
    await aSite('192.0.2.9').report(id, { reason: 'fraud' })
    expect(await itemsOf()).toMatchObject([{ count: 1, decision: { action: 'restore' } }])
  })
})

describe('who reported something', () => {
  it('is told what became of it, if he has a key', async () => {
    await aSite().report(id, { reason: 'false' }, bob)
    await aSite().report(id, { reason: 'false' })
    portal.clock.now += minuteMs
    await put(judge, await aLabel(judge, 1, portal.clock.now, { subject: onListing(id) }))
    const told = roomValues<Decision>(portal.core, inboxOf(bob.did), answeredMap)
    expect(told).toEqual({ [id]: portal.decisions(alice.did)[id] })
    expect(roomValues(portal.core, inboxOf(alice.did), answeredMap)).toEqual({})
  })
})

describe('a key that is blocked', () => {
  it('objects with its own name, and nobody else for it', async () => {
    await put(judge, await aLabel(judge, 1, noon, { subject: onKey(alice.did), action: 'block' }))
    portal.clock.now += minuteMs
    expect((await aSite().report(alice.did, { reason: 'objection', text: '认错人了' }, bob)).kind).toBe('not-found')
    expect(await itemsOf()).toEqual([])
    expect((await aSite().report(alice.did, { reason: 'objection', text: '认错人了' }, alice)).kind).toBe('taken')
    expect(await itemsOf()).toMatchObject([
      { subject: { kind: 'key', id: alice.did }, decision: { action: 'block' }, reports: [{ text: '认错人了' }] },
    ])
  })
})

describe('a report', () => {
  it('is forgotten after half a year', async () => {
    await aSite().report(id, { reason: 'false', text: '早先的话' }, bob)
    portal.clock.now += 181 * dayMs
    const other = await aRecord(bob, 9, portal.clock.now)
    await put(bob, other)
    await aSite().report(other.envelope.id, { reason: 'other' }, alice)
    const texts = portal.core.db.prepare('SELECT text FROM reports').all()
    expect(JSON.stringify(texts)).not.toContain('早先的话')
  })
})

describe('the list of what is hidden', () => {
  it('changes with every label, and costs nothing while it does not', async () => {
    const site = aSite()
    const before = await site.labels()
    expect(await hiddenIn(before.text)).toEqual([])
    expect((await site.labels(before.tag)).status).toBe(304)
    await put(judge, await aLabel(judge, 1, noon, { subject: onListing(id) }))
    const after = await site.labels(before.tag)
    expect([after.status, await hiddenIn(after.text)]).toEqual([200, [id]])
    await put(judge, await aLabel(judge, 2, noon + 1, { subject: onListing(id), action: 'restore' }))
    expect(await hiddenIn((await site.labels(after.tag)).text)).toEqual([])
  })
})

describe('what was printed', () => {
  it('is taken back when something is hidden, also what was hidden before the start; once, and again after it was restored', async () => {
    const taken: string[][] = []
    const publishing = { retract: async (ids: ReadonlySet<string>) => taken.push([...ids]) > 0 }
    const heard = new Set<(entries: readonly StoredEntry[]) => void>()
    const follow: UpdateLog['follow'] = (listener) => (heard.add(listener), () => void heard.delete(listener))
    const changed = () => heard.forEach((hear) => hear([{ room: labelsRoom } as StoredEntry]))
    await put(judge, await aLabel(judge, 1, noon, { subject: onListing(id) }))
    const stop = startRetracting({ log: { follow } as UpdateLog }, portal.core.db, publishing)
    await until('the first', () => taken.length === 1)
    changed()
    await put(judge, await aLabel(judge, 2, noon + 1, { subject: onListing(id), action: 'restore' }))
    const other = await aRecord(alice, 2, noon)
    await put(alice, other)
    await put(judge, await aLabel(judge, 3, noon + 2, { subject: onListing(other.envelope.id) }))
    changed()
    await until('the second', () => taken.length === 2)
    await put(judge, await aLabel(judge, 4, noon + 3, { subject: onListing(id) }))
    changed()
    await until('the third', () => taken.length === 3)
    expect(taken).toEqual([[id], [other.envelope.id], [id]])
    stop()
    expect(heard.size).toBe(0)
  })
})

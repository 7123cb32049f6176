/** One's own data out of one browser and into another: the same portal, another portal, another key. */
import { describe, expect, it } from 'vitest'
import { openBundle, type Bundle } from '#domain/bundle.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { signEnd } from '#domain/key-end.ts'
import type { Town } from '#domain/listing.ts'
import { openRecord, rankOf, type RecordId } from '#domain/record.ts'
import { exportAll } from '#src/own/bundle-export.ts'
import { bring } from '#src/own/bundle-import.ts'
import { planOf, type Plan } from '#src/own/bundle-plan.ts'
import { createTakingBack } from '#src/own/taking-back.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import { createPublisher } from '#src/listings/publish.ts'
import { newestOf, slotsOf } from '#src/sync/own-rooms.ts'
import { town } from '#src/i18n/town.ts'
import { aDraft } from '../fixtures/draft.ts'
import { must } from '../fixtures/must.ts'
import { aSession, exchange, type TestSession } from '../fixtures/session.ts'

const random = () => crypto.getRandomValues(new Uint8Array(16))
const elsewhere: Town = { ...town, portal: { ...town.portal, id: 'huangdao' } }
const publisherOf = (session: TestSession, place: Town = town) => createPublisher(session, place, random)
const offline = (session: TestSession): TestSession => ({ ...session, connection: () => 'offline' })

/** Somebody with a listing, a listing among friends, a draft and a favourite. */
async function somebody(): Promise<TestSession> {
  const session = offline(aSession({ hasKey: true }))
  must(
    await publisherOf(session).publish(
      aDraft({ title: '要带走的实木书桌', contactValue: '13800000000', name: '海边的老周' }),
    ),
  )
  const me = await session.me()
  createDrafts(me, session.now()).write('0123456789abcdef', { category: 'goods', title: '没写完的' }, session.now())
  me.doc.getMap<string>('favourites').set('a'.repeat(26), '100 一张椅子')
  me.doc.getMap<string>('searches').set('q=书桌', '书桌')
  return session
}
async function exported(session: TestSession): Promise<{ text: string; bundle: Bundle }> {
  const made = await exportAll(session, town.portal.id)
  const text = made?.pieces.join('') ?? ''
  const opened = await openBundle(text)
  if (!opened.ok) throw new Error(opened.error.kind)
  return { text, bundle: opened.value }
}
async function planFor(bundle: Bundle, session: TestSession, place: Town = town): Promise<Plan> {
  const mine = new Map<Did, KeyUse>()
  for (const use of ['person', 'friends'] as const) mine.set((await session.signer(use)).did, use)
  const shelf = await session.room(`shelf/${(await session.signer('person')).did}`)
  const slots = await slotsOf(shelf, (await session.signer('person')).did, place.portal.id)
  const known = (_: KeyUse, id: RecordId) => {
    const newest = newestOf(slots.get(id) ?? [])
    return newest && rankOf(newest)
  }
  return planOf(bundle, {
    workspace: (await session.me()).doc,
    town: place,
    mine,
    known,
    check: () => [],
    now: session.now(),
  })
}
const depsOf = (session: TestSession, place: Town = town) => ({
  session,
  town: place,
  publisher: publisherOf(session, place),
  told: () => undefined,
})
/** As another page of that browser has it: nothing but what was kept. */
const backAt = (session: TestSession, place: Town = town) => createTakingBack('file', depsOf(session, place))
const recordsOf = (session: TestSession) =>
  [...session.opened.keys()]
    .filter((name) => name.startsWith('shelf/'))
    .flatMap((name) => [...session.at(name).doc.getMap<string>('records').values()])
const actionsOf = ({ lines }: Plan) => lines.map(({ kind, action }) => `${kind} ${action}`).sort()

describe('the file', () => {
  it('has everything of the person, signed, and not the key', async () => {
    const session = await somebody()
    const { bundle, text } = await exported(session)
    expect(bundle.content.keys[0]?.records).toHaveLength(2) // the listing and the name
    expect(Object.keys(bundle.content.workspace)).toEqual(expect.arrayContaining(['drafts', 'favourites', 'searches']))
    expect(text).toContain('13800000000') // it says so on the page
    expect(Object.values(bundle.content.keys[0]?.contacts ?? {})).toHaveLength(1)
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, -40), 'not-bundle'],
    ['something else', () => '{"hello":1}', 'not-bundle'],
    ['no text at all', () => '\u0000\u0001', 'not-bundle'],
    ['a word changed', (text: string) => text.replace('没写完的', '写完了的'), 'bad-signature'],
    ['another author', (text: string) => text.replaceAll('did:key:z6Mk', 'did:key:z6Mm'), 'bad-signature'],
    ['no signature', (text: string) => text.replace(/"signature":"[^"]+"/, '"signature":""'), 'bad-signature'],
  ] as const)('%s is refused as a whole', async (_, damage, kind) => {
    const { text } = await exported(await somebody())
    expect(await openBundle(damage(text))).toEqual({ ok: false, error: { kind } })
  })
})

describe('what its person is about to be rid of', () => {
  const sent = (text: string) => JSON.stringify({ text, state: 'sent' })
  const messagesOf = (session: TestSession) => (name: string) => session.at('me').doc.getMap<string>(`messages-${name}`)

  it('stays behind with the order for it, and what he goes on with comes along', async () => {
    const session = await somebody()
    const map = messagesOf(session)
    for (const id of ['kept', 'gone']) map('sent').set(id, sent(`words of ${id}`))
    for (const key of ['kept', 'gone']) map('drafts').set(key, `box of ${key}`)
    for (const mark of ['out/gone', 'box/gone', 'in/person/somebody/gone']) map('gone').set(mark, '5')
    const { bundle, text } = await exported(session)
    expect(bundle.content.workspace).toMatchObject({
      'messages-sent': { kept: sent('words of kept') },
      'messages-drafts': { kept: 'box of kept' },
    })
    expect(text).not.toMatch(/(?:words|box) of gone|messages-gone/)
  })

  it('is not brought by an older file that has it, nor is what was had back taken away by it', async () => {
    const { bundle } = await exported(await somebody())
    const workspace = {
      'messages-sent': { kept: sent('words of kept'), gone: sent('words of gone') },
      'messages-gone': { 'out/gone': '5', 'in/person/somebody/back': '5' },
    }
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    await bring(await planFor({ ...bundle, content: { ...bundle.content, workspace } }, other), depsOf(other))
    const map = messagesOf(other)
    expect([...map('sent').keys()]).toEqual(['kept'])
    expect(map('gone').size).toBe(0)
  })
})

describe('into another browser of the key', () => {
  it('records come as they were signed, with the contact, the drafts and the favourites, once', async () => {
    const { bundle } = await exported(await somebody())
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    const plan = await planFor(bundle, other)
    expect(actionsOf(plan)).toEqual(['listing put', 'profile put'])
    const brought = await bring(plan, depsOf(other))
    expect(recordsOf(other).sort()).toEqual([...(bundle.content.keys[0]?.records ?? [])].sort())
    expect([...other.at(`contact/${bundle.content.author}`).doc.getMap('contacts').keys()]).toEqual([
      `${brought.listings[0]?.id}/bbbbbbbbbbbb`,
    ])
    expect(createDrafts(other.at('me'), other.now()).list()).toMatchObject([{ values: { title: '没写完的' } }])
    expect(other.at('me').doc.getMap('favourites').size).toBe(1)
    expect(actionsOf(await planFor(bundle, other))).toEqual(['listing known', 'profile known'])
  })

  it('what was there already is not touched, and "take back" takes what came and nothing else', async () => {
    const { bundle } = await exported(await somebody())
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    const me = await other.me()
    me.doc.getMap<string>('favourites').set('b'.repeat(26), '5 my own')
    me.doc.getMap<string>('searches').set('q=书桌', 'my own name for it')
    const plan = await planFor(bundle, other)
    await bring(plan, depsOf(other))
    expect(me.doc.getMap<string>('searches').get('q=书桌')).toBe('my own name for it')
    expect(await backAt(other).undo()).toEqual({ kind: 'undone', count: 1, left: 0, isKept: true })
    expect([...me.doc.getMap('favourites').keys()]).toEqual(['b'.repeat(26)])
    expect(me.doc.getMap<string>('searches').get('q=书桌')).toBe('my own name for it')
    expect(createDrafts(me, other.now()).list()).toEqual([])
    const states = await Promise.all(
      recordsOf(other).map(async (text) => must(await openRecord(text, 'rizhao')).envelope.body['state']),
    )
    expect(states.filter(Boolean)).toEqual(['changed-mind'])
  })

  it('a record that was changed inside is named by its rule, and the others come', async () => {
    const session = await somebody()
    const did = (await session.signer('person')).did
    const records = session.at(`shelf/${did}`).doc.getMap<string>('records')
    const { bundle } = await exported(session)
    const [first = '', ...rest] = bundle.content.keys[0]?.records ?? []
    expect(records.size).toBe(2)
    const keys = [{ ...bundle.content.keys[0]!, records: [first.replace('"rev":1', '"rev":2'), ...rest] }]
    const plan = await planFor(
      { ...bundle, content: { ...bundle.content, keys } },
      offline(aSession({ device: 'bbbbbbbbbbbb' })),
    )
    expect(plan.lines[0]).toMatchObject({ line: 1, action: 'refused', refusals: [{ rule: 'bad-signature' }] })
    expect(plan.lines[1]?.action).toBe('put')
  })

  it('where the way back cannot be kept nothing comes in', async () => {
    const { bundle } = await exported(await somebody())
    const full = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb', disk: false }))
    await expect(bring(await planFor(bundle, full), depsOf(full))).rejects.toThrow('taken back')
    expect(recordsOf(full)).toEqual([])
  })
})

describe('into another portal', () => {
  it('the same key signs the same words again for it, under the same id, and the contact answers for them', async () => {
    const { bundle } = await exported(await somebody())
    const there = offline(aSession({ hasKey: true, device: 'cccccccccccc' }))
    const plan = await planFor(bundle, there, elsewhere)
    expect(actionsOf(plan)).toEqual(['listing publish', 'profile publish'])
    const brought = await bring(plan, depsOf(there, elsewhere))
    const made = await Promise.all(recordsOf(there).map((text) => openRecord(text, 'huangdao')))
    const listing = made.find((one) => one.ok && one.value.envelope.kind === 'listing')
    const before = plan.lines.find(({ kind }) => kind === 'listing')?.record?.envelope
    expect(listing?.ok && listing.value.envelope).toMatchObject({
      id: before?.id,
      portal: 'huangdao',
      rev: 1,
      author: before?.author,
    })
    expect(made.every(({ ok }) => ok)).toBe(true)
    expect(brought.failed).toEqual([])
    expect(there.at(`contact/${bundle.content.author}`).doc.getMap('contacts').size).toBe(1)
    expect(actionsOf(await planFor(bundle, there, elsewhere))).toEqual(['listing known', 'profile known'])
  })

  it('the end of a key stays where it was said', async () => {
    const session = await somebody()
    const { bundle } = await exported(session)
    const end = await signEnd(await session.signer('person'), { portal: 'rizhao', successor: undefined, now: 1 })
    const [key] = bundle.content.keys
    const content = { ...bundle.content, keys: [{ ...key!, records: [end.text] }] }
    const there = offline(aSession({ hasKey: true, device: 'cccccccccccc' }))
    expect(actionsOf(await planFor({ ...bundle, content }, there, elsewhere))).toEqual(['end stays'])
  })

  it('what its rules refuse comes as a draft, with the rule; what has ended stays', async () => {
    const { bundle } = await exported(await somebody())
    const there = offline(aSession({ hasKey: true, device: 'cccccccccccc' }))
    const narrow: Town = {
      ...elsewhere,
      portal: { ...elsewhere.portal, districts: [{ id: 'other', name: { zh: '别处', en: 'Other' } }] },
    }
    const plan = await planFor(bundle, there, narrow)
    const line = plan.lines.find(({ kind }) => kind === 'listing')
    expect(line).toMatchObject({ action: 'draft', refusals: [{ rule: 'unknown-district', field: 'district' }] })
    await bring(plan, depsOf(there, narrow))
    expect(
      createDrafts(there.at('me'), there.now())
        .list()
        .map(({ values }) => values['title']),
    ).toContain('要带走的实木书桌')
    there.setNow(there.now() + 90 * 86_400_000)
    expect(actionsOf(await planFor(bundle, there, elsewhere))).toContain('listing over')
  })
})

it('with another key listings come as drafts, to be looked at and signed anew', async () => {
  const { bundle } = await exported(await somebody())
  const stranger = offline(aSession({ entropy: new Uint8Array(16).fill(9), hasKey: true }))
  const plan = await planFor(bundle, stranger)
  expect([plan.isMine, ...actionsOf(plan)]).toEqual([false, 'listing draft', 'profile stays'])
  await bring(plan, depsOf(stranger))
  expect(recordsOf(stranger)).toEqual([])
  expect(createDrafts(stranger.at('me'), stranger.now()).list()).toHaveLength(2)
})

it('two browsers that both bring the same file end with one of everything', async () => {
  const { bundle } = await exported(await somebody())
  const [a, b] = [
    aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }),
    aSession({ hasKey: true, device: 'cccccccccccc' }),
  ].map(offline) as [TestSession, TestSession]
  for (const one of [a, b]) await bring(await planFor(bundle, one, elsewhere), depsOf(one, elsewhere))
  const shelf = `shelf/${bundle.content.author}`
  exchange(a.at(shelf), b.at(shelf))
  const slots = await slotsOf(a.at(shelf), bundle.content.author, 'huangdao')
  expect(slots.size).toBe(2)
})

describe('what came', () => {
  const statesAt = async (session: TestSession, portal = 'rizhao') =>
    Promise.all(
      recordsOf(session).map(async (text) => must(await openRecord(text, portal)).envelope.body['state']),
    ).then((states) => states.filter(Boolean))
  const ownAt = async (session: TestSession) => {
    const noted = await backAt(session).resume()
    return noted?.kind === 'noted' ? noted.note.listings : []
  }
  const withImport = async () => {
    const { bundle } = await exported(await somebody())
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    await bring(await planFor(bundle, other), depsOf(other))
    return other
  }

  it('can be taken back by another page for a week, once, and is nothing to take along', async () => {
    const other = await withImport()
    expect(await backAt(other).resume()).toMatchObject({ kind: 'noted', note: { listings: [{ use: 'person' }] } })
    expect(Object.keys((await exported(other)).bundle.content.workspace)).not.toContain('brought')
    const week = other.now() + 7 * 86_400_000
    other.setNow(week)
    expect(await backAt(other).resume()).toBeUndefined()
    other.setNow(week - 1)
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', count: 1 })
    expect(await backAt(other).resume()).toBeUndefined()
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', count: 0 })
    expect(await statesAt(other)).toEqual(['changed-mind'])
  })

  it('can still be taken back after a file that brought nothing more', async () => {
    const { bundle } = await exported(await somebody())
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    for (let n = 0; n < 2; n++) await bring(await planFor(bundle, other), depsOf(other))
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', count: 1 })
  })

  it('and was half there when its page was closed is taken back as far as it came', async () => {
    const { bundle } = await exported(await somebody())
    const other = offline(aSession({ hasKey: true, device: 'bbbbbbbbbbbb' }))
    const deps = { ...depsOf(other), told: () => { throw new Error('closed') } } // prettier-ignore
    await expect(bring(await planFor(bundle, other), deps)).rejects.toThrow('closed')
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', left: 0 })
    expect((await statesAt(other)).filter((state) => state === 'live')).toEqual([])
    expect((await other.me()).doc.getMap('favourites').size).toBe(0)
  })

  it('and was worked on since stays: a draft, a listing that was sold', async () => {
    const other = await withImport()
    const drafts = createDrafts(await other.me(), other.now())
    drafts.write('0123456789abcdef', { title: '带来以后接着写的' }, other.now() + 1)
    const [listing] = await ownAt(other)
    await publisherOf(other).setState(listing!, 'sold-here')
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', count: 0, left: 0 })
    expect(drafts.list()).toMatchObject([{ values: { category: 'goods', title: '带来以后接着写的' } }])
    expect(await statesAt(other)).toEqual(['sold-here'])
  })

  it('as a draft goes, unless it was written on since', async () => {
    const { bundle } = await exported(await somebody())
    for (const isWrittenOn of [false, true]) {
      const stranger = offline(aSession({ entropy: new Uint8Array(16).fill(9), hasKey: true }))
      await bring(await planFor(bundle, stranger), depsOf(stranger))
      const drafts = createDrafts(await stranger.me(), stranger.now())
      const one = drafts.list().find(({ values }) => values['title'] === '要带走的实木书桌')!
      if (isWrittenOn) drafts.write(one.id, { text: '搬家以后改写过的说明。' }, stranger.now())
      await backAt(stranger).undo()
      expect(drafts.list().map(({ id }) => id)).toEqual(isWrittenOn ? [one.id] : [])
    }
  })

  it('and cannot be withdrawn is counted, stays noted, and goes the next time', async () => {
    const other = await withImport()
    const deps = depsOf(other)
    const publisher = { ...deps.publisher, setState: async () => { throw new Error('no key') } } // prettier-ignore
    expect(await createTakingBack('file', { ...deps, publisher }).undo()).toMatchObject({ kind: 'undone', left: 1 })
    expect(await statesAt(other)).toEqual(['live'])
    expect(await backAt(other).undo()).toMatchObject({ kind: 'undone', count: 1, left: 0 })
  })

  it('on a device that keeps nothing any more is told so, and where nothing can be opened it stays', async () => {
    const other = await withImport()
    const full = { ...other, me: async () => ({ ...(await other.me()), saved: async () => ({ ok: false as const, error: { kind: 'storage' as const, detail: '' } }) }) } // prettier-ignore
    expect(await createTakingBack('file', { ...depsOf(other), session: full }).undo()).toMatchObject({ isKept: false })
    expect(await backAt(other).resume()).toMatchObject({ kind: 'noted' }) // on the disk it all is as it was
    const broken = { ...other, me: () => Promise.reject(new Error('no database')) }
    expect(await createTakingBack('file', { ...depsOf(other), session: broken }).undo()).toEqual({
      kind: 'undo-broken',
    })
  })
})

/** What moves on pages for readers: the newest listings, the contact behind its hint, the signature. */
import { createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import type { Line } from '#domain/entry.ts'
import { signerOf } from '#domain/identity.ts'
import type { ListingBody } from '#domain/listing.ts'
import { firstRevision } from '#domain/record.ts'
import { reading } from '#src/i18n/reading.ts'
import { askContact } from '#src/listings/contact-answer.ts'
import { ContactReveal } from '#src/listings/ContactReveal.tsx'
import { Latest } from '#src/listings/Latest.tsx'
import { latestLines } from '#src/listings/latest-lines.ts'
import { watchLatest } from '#src/listings/latest-room.ts'
import { SignatureMark } from '#src/listings/SignatureMark.tsx'
import { element, press } from '../fixtures/page.ts'
import { aSession } from '../fixtures/session.ts'

const words = reading['zh-Hans']
const now = 1_795_000_000_000
const aLine = (id: string, more: Partial<Line> = {}): Line => ({
  id,
  category: 'goods',
  intent: 'offer',
  sub: 'books',
  title: `第 ${id} 条`,
  priceFen: 100,
  district: 'donggang',
  by: 'person',
  author: 'did',
  at: now - 60_000,
  until: now + 60_000,
  sample: false,
  ...more,
})
const idsOf = (lines: readonly Line[]) => lines.map(({ id }) => id)

let dispose = () => undefined as void
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('which lines are the latest', () => {
  const full = Array.from({ length: 20 }, (_, i) => aLine(`r${i}`, { at: now - i }))
  it.each([
    ['the served ones, until the relay has spoken', [aLine('a')], undefined, ['a']],
    ['the room’s alone when it is not full: what left is gone', [aLine('a'), aLine('b')], [aLine('b')], ['b']],
    ['nothing expired, from neither side', [aLine('a', { until: now - 1 })], undefined, []],
    ['nothing expired from the room', [], [aLine('a', { until: now - 1 }), aLine('b')], ['b']],
    ['newest first', [], [aLine('old', { at: 1 }), aLine('new', { at: 2 })], ['new', 'old']],
  ] as const)('%s', (_, served, heard, ids) => {
    expect(idsOf(latestLines({ served, heard, limit: 24, now }))).toEqual(ids)
  })
  it('a full room goes on with what the server knew below it, up to the limit', () => {
    const served = [
      aLine('gone', { at: now - 3 }),
      aLine('below', { at: now - 100 }),
      aLine('further', { at: now - 200 }),
    ]
    expect(idsOf(latestLines({ served, heard: full, limit: 21, now }))).toEqual([...idsOf(full), 'below'])
  })
})

const ids = () => [...document.querySelectorAll<HTMLElement>('[data-record]')].map((card) => card.dataset['record'])

describe('the live list', () => {
  it('shows what arrives, marks it, counts it aloud, and takes away what left', async () => {
    const session = aSession({ now })
    const served = [aLine('a'), aLine('b', { at: now - 120_000 })]
    const watch: Parameters<typeof Latest>[0]['watch'] = (room, view, heard) => watchLatest(room, view, heard, session)
    const props = { locale: 'zh-Hans', room: 'latest/all', lines: served, limit: 8, now } as const
    dispose = render(() => <Latest {...props} watch={watch} />, document.body)
    expect(ids()).toEqual(['a', 'b'])
    await vi.waitFor(() => session.at('latest/all'))
    const lines = session.at('latest/all').doc.getMap('lines')
    lines.set('a', JSON.stringify(served[0]))
    lines.set('c', JSON.stringify(aLine('c', { at: now })))
    lines.set('bad', 'not json')
    expect(ids()).toEqual(['a', 'b']) // this browser's copy; the relay has not spoken
    session.at('latest/all').tell.synced(true)
    expect(ids()).toEqual(['c', 'a'])
    expect(element('[data-record=c]').classList.contains('fresh')).toBe(true)
    expect(element('[role=status]').textContent).toBe(words.latest.news(1))
    lines.delete('c')
    expect(ids()).toEqual(['a'])
  })

  it('keeps the served list when its code cannot be loaded', async () => {
    const [asked, setAsked] = createSignal(0)
    const watch = () => Promise.reject<() => void>((setAsked(1), new Error('offline')))
    const props = { locale: 'zh-Hans', room: 'latest/all', lines: [aLine('a')], limit: 8, now } as const
    dispose = render(() => <Latest {...props} watch={watch} />, document.body)
    await vi.waitFor(() => expect(asked()).toBe(1))
    expect(document.querySelectorAll('[data-record]')).toHaveLength(1)
  })
})

const answering =
  (body: unknown, status = 200) =>
  async () =>
    Response.json(body, { status })
const unreachable = () => Promise.reject<Response>(new TypeError('failed to fetch'))

describe('the contact', async () => {
  const held: HeldContact = { contact: { kind: 'phone', value: '138 0000 0000' }, key: 'AAAAAAAAAAAAAAAAAAAAAA' }
  const commitment = await commitmentOf(held)

  it.each([
    ['what fits the record', answering(held), { ok: true, value: { contact: held.contact, isChecked: true } }],
    [
      'another number',
      answering({ ...held, contact: { kind: 'phone', value: '13911112222' } }),
      { ok: false, error: 'mismatch' },
    ],
    ['another key', answering({ ...held, key: 'BAAAAAAAAAAAAAAAAAAAAA' }), { ok: false, error: 'mismatch' }],
    ['over', answering({ kind: 'over' }, 410), { ok: false, error: 'over' }],
    ['none', answering({ kind: 'no-contact' }, 404), { ok: false, error: 'none' }],
    ['too many', answering({ kind: 'too-many' }, 429), { ok: false, error: 'too-many' }],
    ['nonsense', answering('<html>'), { ok: false, error: 'failed' }],
    ['no network', unreachable, { ok: false, error: 'offline' }],
  ])('an answer with %s', async (_, ask, expected) => {
    expect(await askContact('/contact/x', commitment, ask)).toEqual(expected)
  })

  const open = () => {
    const props = { locale: 'zh-Hans', id: 'x', commitment, hint: '先看车，再付款。' } as const
    dispose = render(() => <ContactReveal {...props} />, document.body)
  }
  it('is a plain form at first, then the hint, then the number with a way to call it', async () => {
    vi.stubGlobal('fetch', vi.fn(answering(held)))
    open()
    expect(element<HTMLFormElement>('form').getAttribute('action')).toBe('/contact/x')
    press('form button')
    expect(element('.hint').textContent).toContain('先看车，再付款。')
    expect(document.body.textContent).not.toContain('138 0000 0000')
    expect(fetch).not.toHaveBeenCalled()
    press('[data-act=confirm]')
    await vi.waitFor(() => expect(element('a').getAttribute('href')).toBe('tel:13800000000'))
    expect(document.body.textContent).toContain(words.contact.checked)
  })
  it('says plainly that what came back is not what was signed', async () => {
    vi.stubGlobal('fetch', answering({ ...held, contact: { kind: 'phone', value: '13911112222' } }))
    open()
    press('form button')
    press('[data-act=confirm]')
    await vi.waitFor(() => expect(element('[role=alert]').textContent).toBe(words.contact.mismatch))
    expect(document.body.textContent).not.toContain('13911112222')
  })
})

describe('the signature', async () => {
  const signer = await signerOf(new Uint8Array(16).fill(9), 'person')
  const body: ListingBody = {
    category: 'goods',
    intent: 'offer',
    sub: 'furniture',
    title: '实木书桌',
    text: '用了两年，自提，今天可以看。',
    priceFen: 28_000,
    district: 'donggang',
    poster: 'person',
    validDays: 30,
    state: 'live',
    fields: { condition: 'good' },
    contact: 'A'.repeat(43),
  }
  const nonce = new Uint8Array(16)
  const record = await firstRevision(signer, { portal: 'rizhao', kind: 'listing', body, nonce, now })
  const shown = { id: record.envelope.id as string, author: signer.did as string, body }
  const otherOrder = Object.fromEntries(Object.entries(body).toReversed()) as unknown as typeof body

  it.each([
    ['genuine', record.text, shown, 'genuine'],
    ['the same in another order', record.text, { ...shown, body: otherOrder }, 'genuine'],
    ['a changed byte', record.text.replace('28000', '20000'), shown, 'forged'],
    ['a page that shows another price', record.text, { ...shown, body: { ...body, priceFen: 20_000 } }, 'forged'],
    ['a page that shows another title', record.text, { ...shown, body: { ...body, title: '红木书桌' } }, 'forged'],
    [
      'a page with the promise of another contact',
      record.text,
      { ...shown, body: { ...body, contact: 'B'.repeat(43) } },
      'forged',
    ],
    [
      'a page with another detail',
      record.text,
      { ...shown, body: { ...body, fields: { condition: 'new' } } },
      'forged',
    ],
  ])('%s', async (_, text, page, verdict) => {
    dispose = render(() => <SignatureMark locale="zh-Hans" portal="rizhao" shown={page} record={text} />, document.body)
    await vi.waitFor(() => expect(element('[data-signature]').dataset['signature']).toBe(verdict))
  })
})

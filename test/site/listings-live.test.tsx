/** What moves on pages for readers: the newest listings, the contact behind its hint, the signature. */
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import type { Line } from '#domain/entry.ts'
import { signerOf } from '#domain/identity.ts'
import type { ListingBody } from '#domain/listing.ts'
import { tagOf } from '#domain/newest.ts'
import { firstRevision } from '#domain/record.ts'
import { reading } from '#src/i18n/reading.ts'
import { askContact } from '#src/listings/contact-answer.ts'
import { ContactReveal } from '#src/listings/ContactReveal.tsx'
import { Latest } from '#src/listings/Latest.tsx'
import { watchLatest, type LatestDeps } from '#src/listings/latest-room.ts'
import { SignatureMark } from '#src/listings/SignatureMark.tsx'
import { element, press } from '../fixtures/page.ts'

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

let dispose = () => undefined as void
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

const ids = () => [...document.querySelectorAll<HTMLElement>('[data-record]')].map((card) => card.dataset['record'])

/** A room that a test changes, and the page's ear at it. */
function aRoom(first: readonly Line[]) {
  let lines: readonly Line[] | Error = first
  let hear: (why: 'joined' | 'changed') => void = () => undefined
  const asked: string[] = []
  const deps: LatestDeps = {
    listen: (heard) => ((hear = heard), () => (hear = () => undefined)),
    async ask(tag) {
      asked.push(tag)
      if (lines instanceof Error) throw lines
      return tag === tagOf(lines) ? undefined : lines
    },
    clock: { now: () => now, known: () => true },
  }
  const watch: Parameters<typeof Latest>[0]['watch'] = (room, served, heard) => watchLatest(room, served, heard, deps)
  return { watch, asked, hear: (why: 'joined' | 'changed') => hear(why), set: (next: typeof lines) => (lines = next) }
}
const show = (lines: readonly Line[], watch: ReturnType<typeof aRoom>['watch']) => {
  const props = { locale: 'zh-Hans', room: 'latest/all', lines, now } as const
  dispose = render(() => <Latest {...props} watch={watch} />, document.body)
}

describe('the live list', () => {
  const served = [aLine('a'), aLine('b', { at: now - 120_000 })]

  it('shows what arrives, marks it, counts it aloud, and takes away what left', async () => {
    const room = aRoom([aLine('c', { at: now }), aLine('a')])
    show(served, room.watch)
    expect(ids()).toEqual(['a', 'b']) // as they were served: nobody has spoken
    room.hear('joined')
    await vi.waitFor(() => expect(ids()).toEqual(['c', 'a']))
    expect(element('[data-record=c]').classList.contains('fresh')).toBe(true)
    expect(element('[role=status]').textContent).toBe(words.latest.news(1))
    room.set([aLine('a')])
    room.hear('changed')
    await vi.waitFor(() => expect(ids()).toEqual(['a']), { timeout: 4_000 })
  })

  it('asks with the tag of what it has, and leaves it where nothing else is there', async () => {
    const room = aRoom(served)
    show(served, room.watch)
    room.hear('joined')
    await vi.waitFor(() => expect(room.asked).toEqual([tagOf(served)]))
    expect(ids()).toEqual(['a', 'b'])
  })

  it.each([
    ['the network is away', new TypeError('failed to fetch')],
    ['the server has no time', new Error('status 503')],
  ])('stays as it was served while %s', async (_, error) => {
    const room = aRoom(served)
    room.set(error)
    show(served, room.watch)
    room.hear('joined')
    await vi.waitFor(() => expect(room.asked).toHaveLength(1))
    expect(ids()).toEqual(['a', 'b'])
  })

  it('shows nothing that has expired', () => {
    show([aLine('a', { until: now - 1 }), aLine('b')], aRoom([]).watch)
    expect(ids()).toEqual(['b'])
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

/** My listings on "me": how they stand, and every act with its way back. */
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import { openRecord, type OpenRecord } from '#domain/record.ts'
import { mine } from '#src/i18n/mine.ts'
import { town } from '#src/i18n/town.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import { MyListings } from '#src/listings/MyListings.tsx'
import { createPublisher } from '#src/listings/publish.ts'
import { aDraft } from '../fixtures/draft.ts'
import { element, press } from '../fixtures/page.ts'
import { aSession, exchange, type TestSession } from '../fixtures/session.ts'

const words = mine['zh-Hans']
const { did } = await signerOf(new Uint8Array(16).fill(7), 'person')
const random = () => crypto.getRandomValues(new Uint8Array(16))
const hourMs = 3_600_000

let dispose = () => undefined as void
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
})
const open = (session: TestSession) =>
  (dispose = render(() => <MyListings locale="zh-Hans" session={() => session} />, document.body))
const shown = () => document.body.textContent ?? ''

async function withListing(session = aSession()) {
  const result = await createPublisher(session, town, random).publish(aDraft())
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  const { id } = result.value
  const record = async (): Promise<OpenRecord> => {
    const text = session
      .at(`shelf/${did}`)
      .doc.getMap('records')
      .get(`${id}/${await session.device('person')}`)
    const opened = await openRecord(text, 'rizhao')
    if (!opened.ok) throw new Error(opened.error.rule)
    return opened.value
  }
  const publish = async () => {
    const { hash } = await record()
    session.notify(`inbox/${did}`, { id, kind: 'listing', hash, verdict: 'published', refusals: [], at: session.now() })
  }
  await publish()
  return { session, id, record, publish }
}
const row = (id: string) => element(`[data-record="${id}"]`)
const listed = (id: string) => vi.waitFor(() => expect(row(id)).toBeDefined())

describe('my listings', () => {
  it('an empty page shows the way to post', async () => {
    open(aSession())
    await vi.waitFor(() => expect(shown()).toContain(words.mine.empty))
    expect(element<HTMLAnchorElement>('.cta').getAttribute('href')).toBe('/post')
  })

  it('a published one links to its page and tells its days', async () => {
    const { session, id } = await withListing()
    open(session)
    await listed(id)
    expect(row(id).dataset['life']).toBe('live')
    expect(element<HTMLAnchorElement>('h3 a', row(id)).getAttribute('href')).toBe(`/l/${id}`)
    expect(row(id).textContent).toContain('¥280')
    expect(row(id).textContent).toContain('还有 30 天到期')
  })

  it('a listing whose time is over says so, and can be renewed', async () => {
    const { session, id, record } = await withListing()
    session.setNow(session.now() + 31 * 24 * hourMs)
    open(session)
    await listed(id)
    expect(row(id).dataset['life']).toBe('expired')
    press('[data-act=renew]', row(id))
    await vi.waitFor(() => expect(row(id).dataset['life']).toBe('live'))
    expect((await record()).envelope).toMatchObject({ rev: 2, renewedAt: session.now() })
  })

  it('cannot be renewed twice within 48 hours, and says when', async () => {
    const { session, id } = await withListing()
    session.setNow(session.now() + 10 * hourMs)
    open(session)
    await listed(id)
    const renew = element<HTMLButtonElement>('[data-act=renew]', row(id))
    expect(renew.disabled).toBe(true)
    const why = document.getElementById(renew.getAttribute('aria-describedby') ?? '')
    expect(why?.textContent).toBe(words.mine.renewFrom(38))
  })

  it.each([
    ['sold-here', 'sold'],
    ['sold-elsewhere', 'sold'],
    ['changed-mind', 'withdrawn'],
  ])('%s ends it, and "undo" takes the end back with the contact', async (act, life) => {
    const { session, id, record } = await withListing()
    open(session)
    await listed(id)
    press(`[data-act=${act}]`, row(id))
    await vi.waitFor(() => expect(row(id).dataset['life']).toBe(life))
    expect((await record()).envelope.body).toMatchObject({ state: act })
    expect(session.at(`contact/${did}`).doc.getMap('contacts').size).toBe(0)
    await vi.waitFor(() => press('.toast [data-act=undo]'))
    await vi.waitFor(() => expect(row(id).dataset['life']).toBe('live'))
    expect((await record()).envelope).toMatchObject({ rev: 3, body: { state: 'live' } })
    expect(session.at(`contact/${did}`).doc.getMap('contacts').size).toBe(1)
  })

  it('shows both versions when another device changed it too, and keeps the chosen one', async () => {
    const { session, id, record } = await withListing()
    const other = aSession({ device: 'bbbbbbbbbbbb', hasKey: true })
    exchange(session.at(`shelf/${did}`), await other.room(`shelf/${did}`))
    other.setNow(other.now() + 2000)
    const own = { use: 'person', id: (await record()).envelope.id } as const
    await createPublisher(session, town, random).publish(aDraft({ title: '这台设备改的', contactValue: '' }), own)
    await createPublisher(other, town, random).publish(aDraft({ title: '另一台改的', contactValue: '' }), own)
    open(session)
    await listed(id)
    exchange(session.at(`shelf/${did}`), other.at(`shelf/${did}`))
    await vi.waitFor(() => expect(document.querySelectorAll('.version')).toHaveLength(2))
    const titles = [...document.querySelectorAll('.version h3')].map(({ textContent }) => textContent)
    expect(titles).toEqual(['这台设备改的', '另一台改的'])
    press('[data-act=keep-mine]')
    await vi.waitFor(() => expect(document.querySelectorAll('.version')).toHaveLength(0))
    expect((await record()).envelope).toMatchObject({ rev: 3, body: { title: '这台设备改的' } })
  })

  it('lists unfinished drafts, and a discarded one comes back with "undo"', async () => {
    const session = aSession()
    createDrafts(await session.me(), 1).write('d1', { title: '没写完的' }, 5)
    open(session)
    await vi.waitFor(() => expect(element('[data-draft=d1]').textContent).toContain('没写完的'))
    expect(element('[data-draft=d1] a').getAttribute('href')).toBe('/post?draft=d1')
    press('[data-act=discard]')
    expect(document.querySelector('[data-draft=d1]')).toBeNull()
    press('.toast [data-act=undo]')
    expect(element('[data-draft=d1]').textContent).toContain('没写完的')
  })

  it('tells when the name was refused', async () => {
    const { session } = await withListing()
    open(session)
    for (const text of session.at(`shelf/${did}`).doc.getMap<string>('records').values()) {
      const opened = await openRecord(text, 'rizhao')
      if (!opened.ok || opened.value.envelope.kind !== 'profile') continue
      const told = { id: null, kind: 'profile', hash: opened.value.hash, verdict: 'refused', at: 1 } as const
      session.notify(`inbox/${did}`, { ...told, refusals: [{ rule: 'HR-2', field: 'name' }] })
    }
    await vi.waitFor(() => expect(shown()).toContain(words.mine.nameRefused))
  })
})

/** The form on a bad day: impatient fingers, two tabs, full disks, late answers. Words stay, nothing goes out twice, no two keys meet. */
import { createRoot } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import { openRecord, type OpenRecord } from '#domain/record.ts'
import { err, ok } from '#domain/result.ts'
import { post } from '#src/i18n/post.ts'
import { town } from '#src/i18n/town.ts'
import { openKeys } from '#src/identity/keys.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import { createPostForm } from '#src/listings/form-state.ts'
import { PostForm } from '#src/listings/PostForm.tsx'
import { createPublisher, type OwnId } from '#src/listings/publish.ts'
import type { Session } from '#src/sync/session.ts'
import { aDraft } from '../fixtures/draft.ts'
import { element, press } from '../fixtures/page.ts'
import { aSession, exchange, type TestSession } from '../fixtures/session.ts'

const words = post['zh-Hans']
const entropy = new Uint8Array(16).fill(7)
const [person, friends] = await Promise.all([signerOf(entropy, 'person'), signerOf(entropy, 'friends')])
const random = () => crypto.getRandomValues(new Uint8Array(16))
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

let dispose = () => undefined as void
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
  history.replaceState(null, '', '/post')
})

function open<T extends Session>(session: T, address = '/post'): T {
  history.replaceState(null, '', address)
  dispose = render(() => <PostForm locale="zh-Hans" session={() => session} />, document.body)
  return session
}
const control = (name: string): Control => element<Control>(`[name="${name}"]`)
const button = (): HTMLButtonElement => element<HTMLButtonElement>('button[type=submit]')
const ready = () => vi.waitFor(() => expect(button().disabled).toBe(false))
const state = () => document.querySelector('[data-state]')?.getAttribute('data-state')
function fill(name: string, value: string): void {
  const found = control(name)
  if (found instanceof HTMLInputElement && found.type === 'radio') return press(`[name="${name}"][value="${value}"]`)
  found.value = value
  found.dispatchEvent(new Event(found.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
}
const fillAll = (values = aDraft()) => Object.entries(values).forEach(([name, value]) => fill(name, value))
const submit = () => element('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
const saved = () => vi.waitFor(() => expect(state()).toBe('saved'))

async function listingsOn(session: TestSession, did: string = person.did): Promise<readonly OpenRecord[]> {
  const texts = [...session.at(`shelf/${did}`).doc.getMap<string>('records').values()]
  const opened = await Promise.all(texts.map((text) => openRecord(text, 'rizhao')))
  return opened.flatMap((one) => (one.ok && one.value.envelope.kind === 'listing' ? [one.value] : []))
}
async function published(session: TestSession, more = {}): Promise<OwnId> {
  const result = await createPublisher(session, town, random).publish(aDraft(more))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A session whose disk answers when the test says so, and with what it says. */
function slowDisk(session: TestSession) {
  const doors: (() => void)[] = []
  const slow = {
    ...session,
    room: async (name: string) => {
      const room = await session.room(name)
      const wait = () => new Promise<void>((resolve) => void doors.push(resolve))
      return name.startsWith('shelf') ? { ...room, saved: () => wait().then(() => ok(undefined)) } : room
    },
  }
  return { slow, open: () => doors.splice(0).forEach((door) => door()) }
}

describe('once', () => {
  it('a second tap before the first is through makes no second listing', async () => {
    const session = open(aSession())
    fillAll()
    await ready()
    submit()
    submit()
    await vi.waitFor(() => expect(location.search).toContain('edit='))
    submit() // the record is on the shelf, the list of own listings may not have read it yet
    await saved()
    await ready()
    expect(await listingsOn(session)).toHaveLength(1)
  })

  it('one draft is one listing, even when a crash or another tab submits it again', async () => {
    const session = aSession()
    const publisher = createPublisher(session, town, random)
    const nonce = random()
    const first = await publisher.publish(aDraft(), undefined, nonce)
    const second = await publisher.publish(aDraft({ title: '同一份草稿又交了一次' }), undefined, nonce)
    expect(first.ok && second.ok && first.value.id === second.value.id).toBe(true)
    const [only, ...more] = await listingsOn(session)
    expect(more).toEqual([])
    expect(only?.envelope).toMatchObject({ rev: 2, body: { title: '同一份草稿又交了一次' } })
  })

  it('a draft that has become a listing and was forgotten is not begun again under its name', async () => {
    const session = open(aSession(), '/post?draft=00112233aabbccdd')
    await ready()
    fillAll()
    await vi.waitFor(() => expect(location.search).toMatch(/^\?draft=(?!00112233aabbccdd)/))
    expect(session.opened.has(`shelf/${person.did}`)).toBe(false)
  })
})

const penRests = { timeout: 5000 } // it writes a second after the last key

describe('words stay', () => {
  it('what is typed while the listing is being signed, as the draft of the next edit', async () => {
    const session = aSession()
    const { slow, open: disk } = slowDisk(session)
    open(slow)
    fillAll()
    await ready()
    submit()
    await vi.waitFor(() => expect(button().textContent).toBe(words.form.working))
    fill('title', '交出去之后又改的标题')
    await vi.waitFor(() => (disk(), expect(location.search).toContain('edit=')))
    await ready()
    expect(control('title').value).toBe('交出去之后又改的标题')
    const [record] = await listingsOn(session)
    expect(record?.envelope.body['title']).toBe(aDraft()['title'])
    const drafts = createDrafts(session.at('me'), 1)
    await vi.waitFor(
      () => expect(drafts.read(record?.envelope.id ?? '')?.values).toEqual({ title: '交出去之后又改的标题' }),
      penRests,
    )
  })

  it('in their draft when the disk would not take the record', async () => {
    const session = aSession()
    open({
      ...session,
      room: async (name: string) => ({
        ...(await session.room(name)),
        saved: async () => err({ kind: 'storage', detail: 'QuotaExceededError' } as const),
      }),
    })
    fillAll()
    await ready()
    submit()
    await vi.waitFor(() => expect(document.body.textContent).toContain(words.state.unsaved))
    expect(createDrafts(session.at('me'), 1).list()[0]?.values).toMatchObject({ title: aDraft()['title'] })
  })

  it('when signing fails, which is told, and works the next time', async () => {
    const session = aSession()
    const broken = { is: true }
    const faults: unknown[] = []
    const hear = (fault: unknown) => void faults.push(fault)
    process.on('unhandledRejection', hear)
    open({
      ...session,
      signer: (use) => (broken.is ? Promise.reject(new Error('disk full')) : session.signer(use)),
    } satisfies Session)
    fillAll()
    await ready()
    submit()
    await vi.waitFor(() => expect(element('[data-failure=submit]').getAttribute('role')).toBe('alert'))
    expect([state(), control('text').value]).toEqual(['draft', aDraft()['text']])
    broken.is = false
    submit()
    await saved()
    expect(document.querySelector('[data-failure]')).toBeNull()
    process.off('unhandledRejection', hear)
    expect(faults.map(String)).toEqual(['Error: disk full']) // told to the person, and not hidden from whoever looks for faults
  })

  it('a page that came only in part says that nothing is saved', async () => {
    open({ ...aSession(), me: () => Promise.reject(new Error('no such chunk')) } satisfies Session)
    await vi.waitFor(() => expect(element('[data-failure=open]').textContent).toBe(words.failure.open))
    expect(button().disabled).toBe(true)
  })

  it('a draft thrown away in another tab is written whole again by the next key', async () => {
    const session = open(aSession())
    await ready()
    fill('title', '两个标签页都开着')
    fill('text', '这一段也写好了，别丢。')
    await vi.waitFor(() => expect(document.querySelector('[data-draft=saved]')).not.toBeNull(), penRests)
    const drafts = createDrafts(session.at('me'), 1)
    const [draft] = drafts.list()
    drafts.drop(draft?.id ?? '')
    fill('title', '两个标签页都开着呢')
    const both = { title: '两个标签页都开着呢', text: '这一段也写好了，别丢。' }
    await vi.waitFor(() => expect(drafts.read(draft?.id ?? '')?.values).toMatchObject(both), penRests)
  })

  it('another tab submits the draft: what only this one has stays, as an edit', async () => {
    const session = aSession()
    open(session)
    fillAll()
    await ready()
    await vi.waitFor(() => expect(document.querySelector('[data-draft=saved]')).not.toBeNull(), penRests)
    const drafts = createDrafts(session.at('me'), 1)
    const draft = drafts.list()[0]?.id ?? ''
    const own = await published(session)
    fill('title', '这个标签页刚打的字')
    drafts.markSent(draft, own.id, session.now())
    await vi.waitFor(() => expect(location.search).toBe(`?edit=${own.id}`))
    await ready()
    expect([control('title').value, control('text').value]).toEqual(['这个标签页刚打的字', aDraft()['text']])
    await vi.waitFor(() => expect(drafts.read(own.id)?.values).toEqual({ title: '这个标签页刚打的字' }), penRests)
  })
})

/** The same listing, changed by another device of the same key. */
async function changeElsewhere(session: TestSession, own: OwnId, more: Record<string, string>): Promise<void> {
  const other = aSession({ device: 'bbbbbbbbbbbb', hasKey: true })
  const shelf = `shelf/${person.did}`
  exchange(session.at(shelf), await other.room(shelf))
  await createPublisher(other, town, random).publish(aDraft({ contactValue: '', ...more }), own)
  exchange(session.at(shelf), other.at(shelf))
}

describe('an edit begun on an older version', () => {
  it('is told what another device changed meanwhile, and takes it over with one tap and back', async () => {
    const session = aSession()
    const own = await published(session)
    open(session, `/post?edit=${own.id}`)
    await vi.waitFor(() => expect(control('title').value).toBe(aDraft()['title']))
    await ready()
    fill('title', '正在这里改标题')
    expect(document.querySelector('[data-overtaken]')).toBeNull()
    await changeElsewhere(session, own, { title: '别处改的标题', district: 'lanshan' })
    await vi.waitFor(() => expect(element('[data-overtaken]').textContent).toContain('别处改的标题'))
    expect([...document.querySelectorAll('[data-overtaken] li')].map((row) => row.getAttribute('data-field'))).toEqual([
      'title', // the district was not touched here, so it followed
    ])
    press('[data-act=take-newest]')
    expect(control('title').value).toBe('别处改的标题')
    expect(document.querySelector('[data-overtaken]')).toBeNull()
    press('[data-act=undo]')
    expect(control('title').value).toBe('正在这里改标题')
    expect(element('[data-overtaken]').textContent).toContain('别处改的标题')
  })

  it('remembers over a reload what it began with', async () => {
    const session = aSession()
    const own = await published(session)
    open(session, `/post?edit=${own.id}`)
    await ready()
    fill('title', '没交的修改')
    await vi.waitFor(() => expect(document.querySelector('[data-draft=saved]')).not.toBeNull(), penRests)
    dispose()
    document.body.innerHTML = ''
    await changeElsewhere(session, own, { title: '关着的时候别处改了' })
    open(session, `/post?edit=${own.id}`)
    await vi.waitFor(() => expect(element('[data-overtaken]').textContent).toContain('关着的时候别处改了'))
    expect(control('title').value).toBe('没交的修改')
  })

  it('does not take what the browser put back into the controls for new words', async () => {
    const session = aSession()
    const own = await published(session)
    await changeElsewhere(session, own, { text: '新版本的说明，在另一台手机上写的。' })
    const address = { draft: undefined, edit: own.id, category: undefined, isNew: false, replace: () => undefined }
    await createRoot(async (end) => {
      const form = createPostForm({ town, random, session: () => session, address: () => address })
      await form.start({ text: aDraft()['text'] ?? '', district: 'lanshan' }) // the controls of yesterday, after a reload
      await vi.waitFor(() => expect(form.values['text']).toBe('新版本的说明，在另一台手机上写的。'))
      expect(form.values['district']).toBe(aDraft()['district'])
      end()
    })
  })
})

describe('two keys of one person', () => {
  const sheet = { category: 'friends', intent: '', sub: 'reading', ageBand: 'from-26', condition: '', priceFen: '' }

  it('a listing of one key never becomes a listing in the other’s category', async () => {
    const session = aSession()
    const own = await published(session)
    const result = await createPublisher(session, town, random).publish(aDraft(sheet), own)
    expect(result).toMatchObject({ ok: false, error: [{ rule: 'unknown-category', field: 'category' }] })
    expect((await listingsOn(session))[0]?.envelope).toMatchObject({ rev: 1, body: { category: 'goods' } })
  })

  it('a name that comes late is not suggested to the other key', async () => {
    const session = aSession()
    await published(session)
    const gate = Promise.withResolvers<undefined>()
    const late = (name: string) => (name === `shelf/${person.did}` ? gate.promise : Promise.resolve(undefined))
    open({ ...session, room: async (name: string) => (await late(name), session.room(name)) }, '/post?new')
    await ready()
    fill('category', 'friends')
    gate.resolve(undefined)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(control('name').value).toBe('')
    fill('category', 'goods')
    await vi.waitFor(() => expect(control('name').value).toBe('海边的老周'))
  })

  it('a typed name stays with its key when the category changes, and comes back with it', async () => {
    open(aSession())
    await ready()
    fill('category', 'goods')
    fill('name', '东港老周')
    fill('category', 'friends')
    expect(control('name').value).toBe('')
    fill('name', '海鸥')
    fill('category', 'jobs')
    expect(control('name').value).toBe('东港老周')
    fill('category', 'friends')
    expect(control('name').value).toBe('海鸥')
  })

  it('have slots of different names on their public shelves', async () => {
    const keys = openKeys()
    const [one, other] = await Promise.all([keys.device('person'), keys.device('friends')])
    expect(one).toMatch(/^[0-9a-f]{12}$/)
    expect(one).not.toBe(other)
    expect(await keys.device('person')).toBe(one)
    expect(friends.did).not.toBe(person.did)
  })
})

describe('a listing whose edit was refused', () => {
  const judge = (session: TestSession, { hash, envelope }: OpenRecord, rule?: 'HR-2') =>
    session.notify(`inbox/${person.did}`, {
      id: envelope.id,
      kind: 'listing',
      hash,
      verdict: rule ? 'refused' : 'published',
      refusals: rule ? [{ rule, field: 'text' }] : [],
      at: session.now(),
    })
  const newest = async (session: TestSession): Promise<OpenRecord> => {
    const [record] = await listingsOn(session)
    if (!record) throw new Error('no listing')
    return record
  }

  it('is ended and renewed as everybody sees it, and the refused words wait as a draft', async () => {
    const session = aSession()
    const publisher = createPublisher(session, town, random)
    const own = await published(session)
    const first = await newest(session)
    judge(session, first)
    await publisher.publish(aDraft({ text: '一米四的实木书桌，要看货打 13800000000。' }), own)
    const refused = await newest(session)
    judge(session, refused, 'HR-2')
    await publisher.setState(own, 'sold-here')
    const ended = (await newest(session)).envelope
    expect(ended).toMatchObject({ rev: 3, prev: first.hash, body: { state: 'sold-here', text: aDraft()['text'] } })
    expect(ended.body['contact']).toBeUndefined()
    const drafts = createDrafts(session.at('me'), 1)
    expect(drafts.read(own.id)?.values).toEqual({ text: '一米四的实木书桌，要看货打 13800000000。' })
    await publisher.setState(own, 'live')
    const { body } = (await newest(session)).envelope
    expect(body).toMatchObject({ text: aDraft()['text'], contact: refused.envelope.body['contact'] }) // the one in its room
  })

  it('goes on from the published version when it is mended, so no other device is called beaten', async () => {
    const session = aSession()
    const publisher = createPublisher(session, town, random)
    const own = await published(session)
    const first = await newest(session)
    judge(session, first)
    await publisher.publish(aDraft({ text: '一米四的实木书桌，要看货打 13800000000。' }), own)
    judge(session, await newest(session), 'HR-2')
    await publisher.publish(aDraft({ text: '一米四的实木书桌，看货请先联系。' }), own)
    expect((await newest(session)).envelope).toMatchObject({ rev: 3, prev: first.hash })
  })
})

describe('what the portal will not take', () => {
  it('is told with the relay’s reason, while the words are safe here', async () => {
    const session = aSession()
    open({
      ...session,
      room: async (name: string) => ({
        ...(await session.room(name)),
        refused: () => (name.startsWith('shelf') ? { code: 'room-full', detail: '2 MB' } : undefined),
      }),
    })
    fillAll()
    await ready()
    submit()
    await saved()
    expect(element('[data-held=room-full]').textContent).toBe(words.held('room-full'))
  })

  it.each([
    [
      'an email that no contact slot may hold',
      { contactKind: 'email', contactValue: `${'a'.repeat(38)}@${'b'.repeat(30)}.com` },
      'contactValue',
      'contact-form',
    ],
    ['a company without its name', { poster: 'company', firm: '' }, 'firm', 'company-name'],
    ['a company with a name of one character', { poster: 'company', firm: '李' }, 'firm', 'company-name'],
  ])('%s is refused at its control', async (_, more, field, rule) => {
    const session = open(aSession())
    await ready()
    fillAll(aDraft(more))
    submit()
    await vi.waitFor(() => expect(control(field).getAttribute('aria-invalid')).toBe('true'))
    const told = element(`.field [data-rule="${rule}"]`).textContent ?? ''
    expect(told.length).toBeGreaterThan(15) // why, and what to do
    expect(control('title').value).toBe(aDraft()['title'])
    expect(session.opened.has(`shelf/${person.did}`)).toBe(false)
  })
})

/** The post form in a document: what a person meets from the first key to "published". */
import { render } from 'solid-js/web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import { openRecord } from '#domain/record.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import { PostForm } from '#src/listings/PostForm.tsx'
import { createPublisher } from '#src/listings/publish.ts'
import { post } from '#src/i18n/post.ts'
import { town } from '#src/i18n/town.ts'
import { aDraft } from '../fixtures/draft.ts'
import { element, press } from '../fixtures/page.ts'
import { aSession, exchange, type TestSession, type TestSessionOptions } from '../fixtures/session.ts'

const words = post['zh-Hans']
const { did } = await signerOf(new Uint8Array(16).fill(7), 'person')
const random = () => crypto.getRandomValues(new Uint8Array(16))
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

let dispose = () => undefined as void
afterEach(() => {
  dispose()
  document.body.innerHTML = ''
  history.replaceState(null, '', '/post')
})

function open(session: TestSession = aSession(), address = '/post'): TestSession {
  history.replaceState(null, '', address)
  dispose = render(() => <PostForm locale="zh-Hans" session={() => session} />, document.body)
  return session
}
const control = (name: string): Control => element<Control>(`[name="${name}"]`)
const button = (): HTMLButtonElement => element<HTMLButtonElement>('button[type=submit]')
const state = () => document.querySelector('[data-state]')?.getAttribute('data-state')
const shown = () => document.body.textContent ?? ''
function fill(name: string, value: string): void {
  const found = control(name)
  if (found.tagName === 'INPUT' && (found as HTMLInputElement).type === 'radio')
    press(`[name="${name}"][value="${value}"]`)
  else {
    found.value = value
    found.dispatchEvent(new Event(found.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
  }
}
const fillAll = (values = aDraft()) => Object.entries(values).forEach(([name, value]) => fill(name, value))
const ready = () => vi.waitFor(() => expect(button().disabled).toBe(false))
async function submit(): Promise<void> {
  await ready()
  element('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
}

describe('the form', () => {
  it('shows the fields of the chosen category, each labelled and named like the schema', () => {
    open()
    for (const category of town.categories) {
      fill('category', category.id)
      const names = [...category.fields.map(({ id }) => id), 'sub', 'title', 'text', 'district', 'validDays', 'poster']
      if (category.price) names.push('priceFen')
      else expect(document.querySelector('[name=priceFen]')).toBeNull()
      for (const name of names) {
        const found = control(name)
        const labels = found.labels?.length ?? 0
        expect(labels, `${category.id} ${name}`).toBeGreaterThan(0)
      }
    }
  })

  it('asks a company for its name, once where the category asks for a firm itself', () => {
    open()
    fill('category', 'jobs')
    fill('poster', 'company')
    expect(document.querySelectorAll('[name=firm]')).toHaveLength(1)
    fill('category', 'goods')
    expect(document.querySelectorAll('[name=firm]')).toHaveLength(1)
    fill('poster', 'person')
    expect(document.querySelectorAll('[name=firm]')).toHaveLength(0)
  })

  it('refuses at the control, keeps every word, and moves the focus to the summary', async () => {
    open()
    fillAll(aDraft({ title: '出电动' }))
    await submit()
    await vi.waitFor(() => expect(control('title').getAttribute('aria-invalid')).toBe('true'))
    const described = (control('title').getAttribute('aria-describedby') ?? '').split(' ')
    const told = described.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
    expect(told).toContain('标题至少 4 个字，现在 3 个。')
    expect(control('title').value).toBe('出电动')
    await vi.waitFor(() => expect(document.activeElement?.className).toContain('summary'))
    expect(document.activeElement?.querySelector('a')?.getAttribute('href')).toBe('#post-title')
    expect(state()).toBe('draft')
    fill('title', '出电动车一辆')
    expect(control('title').getAttribute('aria-invalid')).toBeNull()
  })

  it('goes from draft over saved and stored to published', async () => {
    const session = open()
    fillAll()
    expect(state()).toBe('draft')
    await submit()
    await vi.waitFor(() => expect(state()).toBe('saved'))
    session.at(`shelf/${did}`).tell.stored(true)
    session.at(`contact/${did}`).tell.stored(true)
    expect(state()).toBe('stored')
    const [text] = [...session.at(`shelf/${did}`).doc.getMap<string>('records').entries()]
      .filter(([key]) => location.search.includes(key.split('/')[0] ?? '-'))
      .map(([, value]) => value)
    const record = await openRecord(text, 'rizhao')
    if (!record.ok) throw new Error(record.error.rule)
    const { hash, envelope } = record.value
    session.notify(`inbox/${did}`, {
      id: envelope.id,
      kind: 'listing',
      hash,
      verdict: 'published',
      refusals: [],
      at: 1,
    })
    expect(state()).toBe('published')
    expect(document.querySelector(`a[href="/l/${envelope.id}"]`)).not.toBeNull()
    expect(control('title').value).toBe(aDraft()['title'])
    expect(createDrafts(session.at('me'), 1).list()).toEqual([])
  })

  it('tells the relay’s refusal with its rule, its reason and what to do, at the control too', async () => {
    const session = open()
    fillAll()
    await submit()
    await vi.waitFor(() => expect(state()).toBe('saved'))
    for (const text of session.at(`shelf/${did}`).doc.getMap<string>('records').values()) {
      const record = await openRecord(text, 'rizhao')
      if (!record.ok || record.value.envelope.kind !== 'listing') continue
      const refusals = [{ rule: 'HR-2', field: 'text' } as const]
      const told = { id: record.value.envelope.id, kind: 'listing', hash: record.value.hash } as const
      session.notify(`inbox/${did}`, { ...told, verdict: 'refused', refusals, at: 1 })
    }
    expect(state()).toBe('refused')
    expect(document.querySelector('.status [data-rule="HR-2"]')?.textContent).toContain('联系方式只写在联系方式一栏')
    expect(control('text').getAttribute('aria-invalid')).toBe('true')
    expect(button().textContent).toBe(words.form.resubmit)
  })
})

const withDraft = async (values = { category: 'goods', title: '没写完的标题' }) => {
  const session = aSession()
  createDrafts(await session.me(), 1).write('d1', values, session.now())
  return session
}

describe('drafts in the form', () => {
  it('keeps what was typed, and says so', async () => {
    const session = open()
    await ready()
    fill('title', '写到一半')
    await vi.waitFor(() => expect(document.querySelector('[data-draft=saved]')).not.toBeNull())
    expect(createDrafts(session.at('me'), 1).list()[0]?.values).toMatchObject({ title: '写到一半' })
    expect(location.search).toMatch(/^\?draft=[0-9a-f]{16}$/)
  })

  it('goes on with the last one, starts over when asked, and takes that back', async () => {
    open(await withDraft())
    await vi.waitFor(() => expect(control('title').value).toBe('没写完的标题'))
    press('[data-act=start-over]')
    expect(control('title').value).toBe('')
    press('[data-act=undo]')
    expect(control('title').value).toBe('没写完的标题')
    expect(control('category').value).toBe('goods')
  })

  it('leaves an old draft alone when somebody is typing already, or asked for a new listing', async () => {
    const session = open(await withDraft())
    fill('title', '手比脚本快')
    await ready()
    expect([control('title').value, control('category').value]).toEqual(['手比脚本快', ''])
    expect(shown()).toContain(words.draft.others(1))
    dispose()
    document.body.innerHTML = ''
    open(session, '/post?new')
    await ready()
    expect(control('title').value).toBe('')
  })

  it('shows what another tab writes into the same draft', async () => {
    const session = await withDraft()
    open(session, '/post?draft=d1')
    await ready()
    createDrafts(session.at('me'), 1).write('d1', { text: '另一个窗口里写的' }, 5)
    expect(control('text').value).toBe('另一个窗口里写的')
    expect(control('title').value).toBe('没写完的标题')
  })
})

describe('an edit', () => {
  it('follows what another device changed, but not over what is being typed here', async () => {
    const session = aSession()
    const publisher = createPublisher(session, town, random)
    const made = await publisher.publish(aDraft())
    if (!made.ok) throw new Error('refused')
    open(session, `/post?edit=${made.value.id}`)
    await vi.waitFor(() => expect(control('title').value).toBe(aDraft()['title']))
    await vi.waitFor(() => expect(control('name').value).toBe('海边的老周'))
    fill('title', '正在这里改标题')
    const other = aSession({ device: 'bbbbbbbbbbbb', hasKey: true })
    exchange(session.at(`shelf/${did}`), await other.room(`shelf/${did}`))
    const elsewhere = aDraft({ title: '别处改的标题', priceFen: '260', contactValue: '' })
    await createPublisher(other, town, random).publish(elsewhere, made.value)
    exchange(session.at(`shelf/${did}`), other.at(`shelf/${did}`))
    await vi.waitFor(() => expect(control('priceFen').value).toBe('260'))
    expect(control('title').value).toBe('正在这里改标题')
  })
})

describe('what a person should know before', () => {
  it.each([
    ['no key on an insecure page', { readOnly: true }, words.notice.readOnly],
    ['nothing is kept here', { disk: false }, words.draft.memoryOnly],
  ] as const)('%s', async (_, options: TestSessionOptions, says) => {
    open(aSession(options))
    await vi.waitFor(() => expect(shown()).toContain(says))
    await vi.waitFor(() => expect(button().disabled).toBe(options.readOnly === true))
  })

  it('a listing that is not on this device', async () => {
    open(aSession({ hasKey: true }), `/post?edit=${'a'.repeat(26)}`)
    await vi.waitFor(() => expect(shown()).toContain(words.after.notFound))
    expect(button().disabled).toBe(true)
  })
})

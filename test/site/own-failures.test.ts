// @vitest-environment node
/** Bringing in and taking back when something goes wrong: each fault has its own state, and no page is left waiting. */
import { createRoot } from 'solid-js'
import { afterEach, describe, expect, it } from 'vitest'
import { sealBundle, type BundleContent } from '#domain/bundle.ts'
import { town } from '#src/i18n/town.ts'
import { createBringing } from '#src/own/bringing.ts'
import { createImporting } from '#src/own/table-import.ts'
import { aSession, type TestSession } from '../fixtures/session.ts'

const head = '编号,分类,方向,小类,标题,说明,价格（元）,区域,有效期,电话,成色'
const row = (n: number) =>
  `A-${n},二手供求,出让,家具家居,实木书桌第${n}张,店里样品第${n}张，桌面有两处浅划痕。,280,东港区,30,0633-1234567,八九成新`
const lost = () => Promise.reject(new Error('no database'))

const disposals: (() => void)[] = []
afterEach(() => disposals.splice(0).forEach((dispose) => dispose()))
const rooted = <T>(make: () => T): T =>
  createRoot((dispose) => {
    disposals.push(dispose)
    return make()
  })

describe('a file', () => {
  const opened = async (file: Partial<Blob>) => {
    const desk = rooted(() => createBringing(aSession({ hasKey: true })))
    await desk.open(file as Blob)
    return desk.state()
  }
  const aFile = async (more: object) => {
    const signer = await aSession().signer('person')
    const content = { type: 'bundle/1', portal: town.portal.id, author: signer.did, at: 1, keys: [], workspace: {}, guides: {}, messages: [], settings: {}, photos: [], ...more } // prettier-ignore
    const pieces = await sealBundle(signer, content as unknown as BundleContent, [])
    return new Blob([...pieces])
  }

  it('that is too large, cannot be read or was made by a newer version is told as that', async () => {
    expect(await opened({ size: 301 * 1024 * 1024 })).toEqual({ kind: 'fault', fault: 'too-large' })
    expect(await opened({ size: 1, text: lost })).toEqual({ kind: 'fault', fault: 'unreadable' })
    expect(await opened(await aFile({ wallet: [] }))).toEqual({ kind: 'fault', fault: 'bad-content' })
    expect(await opened(await aFile({}))).toMatchObject({ kind: 'plan' })
  })

  it('that cannot be kept, half way or at all, is told, and what came can be taken back', async () => {
    const session = aSession({ hasKey: true })
    const ill = { ...session, me: async () => ({ ...(await session.me()), saved: lost }) } as TestSession
    const desk = rooted(() => createBringing(ill))
    await desk.open(await aFile({ workspace: { favourites: { a: '1' } } }))
    const now = desk.state()
    if (now.kind !== 'plan') throw new Error(now.kind)
    await desk.bring(now.plan)
    expect(desk.state()).toEqual({ kind: 'broken', isNoted: true })
    expect((await session.me()).doc.getMap('favourites').size).toBe(0) // its way back comes first
    await desk.undo()
    expect(desk.state()).toEqual({ kind: 'undo-broken' })
    const later = rooted(() => createBringing(session))
    await later.resume()
    expect(later.state()).toMatchObject({ kind: 'noted' })
    await later.undo()
    expect(later.state()).toMatchObject({ kind: 'undone', left: 0, isKept: true })
    expect((await session.me()).doc.getMap('favourites').size).toBe(0)
  })
})

describe('a table', () => {
  const planned = async (session: TestSession) => {
    const desk = rooted(() => createImporting(session))
    await desk.open([head, row(1), row(2)].join('\n'))
    const now = desk.state()
    if (now.kind !== 'plan') throw new Error(now.kind)
    return { desk, plan: now.plan }
  }

  it('that cannot be read, or for which no key can be had, is told', async () => {
    const desk = rooted(() => createImporting(aSession({ hasKey: true })))
    await desk.openFile({ arrayBuffer: lost } as unknown as Blob)
    expect(desk.state()).toEqual({ kind: 'fault', fault: { kind: 'failed' } })
    const closed = rooted(() => createImporting({ ...aSession(), signer: lost }))
    await closed.open([head, row(1)].join('\n'))
    expect(closed.state()).toEqual({ kind: 'fault', fault: { kind: 'failed' } })
  })

  it('that cannot be noted brings nothing, and is told', async () => {
    const session = aSession({ hasKey: true })
    let isIll = false
    const { desk, plan } = await planned({ ...session, me: () => (isIll ? lost() : session.me()) })
    isIll = true
    await desk.publish(plan)
    expect(desk.state()).toEqual({ kind: 'broken' })
    const shelf = session.at(`shelf/${(await session.signer('person')).did}`)
    expect(shelf.doc.getMap('records').size).toBe(0)
  })

  it('names the lines that this device could not keep, and takes them back all the same', async () => {
    const session = aSession({ hasKey: true })
    const room = session.room
    let isFull = false
    const full = { ok: false as const, error: { kind: 'storage' as const, detail: 'full' } }
    const filling = async (...asked: Parameters<typeof room>) => {
      const opened = await room(...asked)
      return { ...opened, saved: async () => (isFull ? full : opened.saved()) }
    }
    const { desk, plan } = await planned({ ...session, room: filling } as TestSession)
    isFull = true
    await desk.publish(plan)
    expect(desk.state()).toMatchObject({ kind: 'published', failed: [2, 3] })
    isFull = false
    const later = rooted(() => createImporting(session))
    await later.resume()
    expect(later.state()).toMatchObject({ kind: 'noted', note: { listings: [{}, {}] } })
    await later.undo()
    expect(later.state()).toEqual({ kind: 'undone', count: 2, left: 0, isKept: true })
  })
})

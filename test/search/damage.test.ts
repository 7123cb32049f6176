/** Files that are damaged, cut, gone or never come: the rest answers, says so, and is whole again with the next question. */
import { describe, expect, it } from 'vitest'
import type { SearchEntry } from '#domain/search-entry.ts'
import { createAnswering } from '#src/search/answering.ts'
import type { Asked, Found } from '#src/search/asked.ts'
import type { FileCache } from '#src/search/files.ts'
import type { FromWorker } from '#src/search/messages.ts'
import { createEditionServer, diesOnTheWay, noNetwork, type Fault } from '../fixtures/edition-server.ts'
import { createMemoryCache } from '../fixtures/memory-cache.ts'
import { present } from '../fixtures/must.ts'
import { aGuide } from '../fixtures/printed-entries.ts'
import { town } from '../fixtures/town.ts'

const base = [aGuide('in-base', '冰箱怎么买', '看能效。'), aGuide('other', '书桌怎么搬')]
const all: readonly SearchEntry[] = [...base, aGuide('in-delta', '冰箱维修', '', { at: 1 })]

/** An edition of a base and a delta, each with a guide about fridges, and a worker's inside that has it. */
async function aTown({ cache = createMemoryCache() }: { readonly cache?: FileCache } = {}) {
  const server = createEditionServer()
  const put = server.put('a', base, all, all)
  const heard: FromWorker[] = []
  const clock = { now: 1_000_000 }
  const open = async () => {
    const made = createAnswering({
      town,
      fetch: server.fetch,
      cache: async () => cache,
      post: (message) => void heard.push(message),
      now: () => clock.now,
    })
    await made.tell({ kind: 'look' })
    await made.tell({ kind: 'wire', edition: put.edition, changed: put.wire })
    return made
  }
  let answering = await open()
  let n = 0
  const ask = async (query = '冰箱', more: Partial<Asked> = {}): Promise<Found> => {
    await answering.tell({ kind: 'ask', n: ++n, asked: { query, locale: 'zh-Hans', now: 0, ...more } })
    const answer = heard.findLast((message) => message.kind === 'answer')
    expect(answer).toMatchObject({ n })
    return present(answer).found
  }
  const times = (part: string) => server.asked.filter(({ path }) => path.includes(part)).length
  const restart = async () => {
    answering = await open()
  }
  return {
    server,
    put,
    ask,
    times,
    clock,
    heard,
    restart,
    tell: (message: Parameters<typeof answering.tell>[0]) => answering.tell(message),
  }
}
type ATown = Awaited<ReturnType<typeof aTown>>

const idsOf = ({ hits }: Found) => hits.map(({ id }) => id)
const bytesAt = ({ server }: ATown, path: string) => present(server.bytesOf(path))
const flipped = (bytes: Uint8Array) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1)

// prettier-ignore
const faults: Readonly<Record<string, (whole: Uint8Array) => Promise<Response> | Response>> = {
  'damaged':            (whole) => new Response(new Uint8Array(flipped(whole))),
  'cut':                (whole) => new Response(new Uint8Array(whole.subarray(0, whole.length - 2))),
  'empty':              () => new Response(new Uint8Array()),
  'of another kind':    () => new Response('<!doctype html><title>Sign in to the network</title>'),
  'gone':               () => new Response(null, { status: 404 }),
  'refused':            () => new Response(null, { status: 503 }),
  'not to be had':      noNetwork,
  'broken on its way':  diesOnTheWay,
}

describe.each(Object.keys(faults))('a chunk that is %s', (name) => {
  const faulty =
    (t: ATown, segment: string): Fault =>
    (path) =>
      path.startsWith(`/t/${segment}`) ? present(faults[name])(bytesAt(t, path)) : undefined

  it.each([
    [0, 'in-delta'],
    [1, 'in-base'],
  ] as const)(
    'in segment %i: the other one answers and says that something is missing; later all is there',
    async (i, left) => {
      const t = await aTown()
      t.server.fail(faulty(t, present(t.put.printed.segments[i]).name))
      const found = await t.ask()
      expect([idsOf(found), found.incomplete]).toEqual([[left], true])
      t.server.fail()
      const later = await t.ask()
      expect([idsOf(later), later.incomplete]).toEqual([['in-delta', 'in-base'], false])
    },
  )

  it('everywhere: no answer but an honest one', async () => {
    const t = await aTown()
    t.server.fail((path) => (path.startsWith('/t/') ? present(faults[name])(bytesAt(t, path)) : undefined))
    for (const query of ['冰箱', 'shouhou', '"冰箱" -书桌', 'fridge'])
      expect(await t.ask(query, { facets: true })).toMatchObject({ hits: [], incomplete: true, widened: [] })
    expect(t.heard.filter(({ kind }) => kind === 'facets')).toEqual([]) // no counts are better than wrong ones
  })
})

describe('lines that cannot be had', () => {
  it.each(['not to be had', 'broken on its way', 'of another kind', 'refused'])(
    '%s: counted, not shown, said',
    async (name) => {
      const t = await aTown()
      t.server.fail((path) => (path.startsWith('/cards?') ? present(faults[name])(new Uint8Array(9)) : undefined))
      expect(await t.ask()).toMatchObject({ hits: [], counts: { guide: 2 }, incomplete: true })
      t.server.fail()
      expect(await t.ask()).toMatchObject({ incomplete: false, counts: { guide: 2 } })
    },
  )
})

describe('what was damaged', () => {
  it('is fetched once more, past every cache, before anything is called missing', async () => {
    const t = await aTown()
    t.server.fail((path, init) =>
      path.startsWith('/t/') && init?.cache !== 'reload'
        ? new Response(new Uint8Array(flipped(bytesAt(t, path))))
        : undefined,
    )
    expect(await t.ask()).toMatchObject({ incomplete: false, counts: { guide: 2 } })
    const chunks = t.server.asked.filter(({ path }) => path.startsWith('/t/'))
    expect(chunks.filter(({ again }) => again)).toHaveLength(chunks.length / 2)
  })
  it('is not asked for without end within one question', async () => {
    const t = await aTown()
    t.server.fail((path) => (path.startsWith('/t/') ? new Response('nonsense') : undefined))
    await t.ask()
    expect(t.times('/t/')).toBe(4) // two segments, twice each
  })
  it('and stands in a kept pack is mended there', async () => {
    const cache = createMemoryCache()
    const t = await aTown({ cache })
    await t.tell({ kind: 'keep' })
    const path = `/t/${t.put.printed.segments[0].name}/0`
    await cache.put(path, new Response(new Uint8Array(flipped(bytesAt(t, path)))))
    expect(await t.ask()).toMatchObject({ incomplete: false })
    await t.restart()
    t.server.fail(noNetwork)
    expect(await t.ask()).toMatchObject({ incomplete: false, counts: { guide: 2 } })
  })
  it('is a kept directory: the network has a whole one', async () => {
    const cache = createMemoryCache()
    const t = await aTown({ cache })
    const path = `/edition/${t.put.printed.segments[0].name}`
    await cache.put(path, new Response('nonsense'))
    await t.restart()
    expect(await t.ask()).toMatchObject({ counts: { guide: 2 }, incomplete: false })
    expect(new Uint8Array(await present(await cache.match(path)).arrayBuffer())).toEqual(bytesAt(t, path))
  })
  it('is a directory on its way: fetched again, and never kept', async () => {
    const cache = createMemoryCache()
    const t = await aTown()
    t.server.fail((path, init) =>
      path.startsWith('/edition/a') && init?.cache !== 'reload' ? new Response('nonsense') : undefined,
    )
    const heard: FromWorker[] = []
    const other = createAnswering({
      town,
      fetch: t.server.fetch,
      cache: async () => cache,
      post: (message) => void heard.push(message),
    })
    await other.tell({ kind: 'look' })
    expect(heard).toEqual([{ kind: 'edition', edition: t.put.edition }])
    const path = `/edition/${t.put.printed.segments[0].name}`
    expect(new Uint8Array(await present(await cache.match(path)).arrayBuffer())).toEqual(bytesAt(t, path))
  })
})

describe('a file that is gone', () => {
  it('has the pointer looked at, once in a while', async () => {
    const t = await aTown()
    t.server.drop(t.put)
    await t.ask()
    await t.ask('书桌')
    expect(t.times('current.json')).toBe(2) // the start, and one look
    t.clock.now += 5_000
    await t.ask('维修')
    expect(t.times('current.json')).toBe(3)
  })
})

describe('a newer question', () => {
  const hanging =
    (aborted: string[]): Fault =>
    (path, init) =>
      path.startsWith('/t/')
        ? new Promise((_, reject) =>
            init?.signal?.addEventListener('abort', () => {
              aborted.push(path)
              reject(new DOMException('', 'AbortError'))
            }),
          )
        : undefined

  it('takes back what only the older one waits for, and the older one is never answered', async () => {
    const many = Array.from({ length: 4_000 }, (_, i) =>
      aGuide(`g${i}`, `${String.fromCodePoint(0x4e00 + i, 0x6000 + i)}机`, '', { at: i }),
    )
    const server = createEditionServer()
    const put = server.put('a', many, many, many)
    const heard: FromWorker[] = []
    const { tell } = createAnswering({
      town,
      fetch: server.fetch,
      cache: async () => undefined,
      post: (message) => void heard.push(message),
    })
    await tell({ kind: 'look' })
    await tell({ kind: 'wire', edition: put.edition, changed: put.wire })
    const aborted: string[] = []
    server.fail(hanging(aborted))
    const asked = (query: string): Asked => ({ query, locale: 'zh-Hans', now: 0 })
    const [first, last] = ['一怀机', `${String.fromCodePoint(0x4e00 + 2_000, 0x6000 + 2_000)}机`]
    const soon = () => new Promise((resolve) => setTimeout(resolve, 10))
    void tell({ kind: 'ask', n: 1, asked: asked(present(first)) })
    await soon()
    const waiting = server.asked.filter(({ path }) => path.startsWith('/t/'))
    void tell({ kind: 'ask', n: 2, asked: asked(`${first} `) })
    await soon()
    expect(aborted).toEqual([]) // the second question wants what the first one wanted
    expect(server.asked.filter(({ path }) => path.startsWith('/t/'))).toEqual(waiting)
    server.fail()
    await tell({ kind: 'ask', n: 3, asked: asked(present(last)) })
    expect(aborted.sort()).toEqual(waiting.map(({ path }) => path).sort())
    expect(aborted.length).toBeGreaterThan(0)
    expect(heard.filter(({ kind }) => kind === 'answer')).toMatchObject([
      { n: 3, found: { incomplete: false, counts: { guide: 1 } } },
    ])
  })
})

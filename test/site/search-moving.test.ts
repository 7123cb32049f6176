/** From one edition to the next with the page open: what is found is that of the one or of the other, whole, whatever fails on the way. */
import { createRoot, createSignal } from 'solid-js'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { SearchEntry } from '#domain/search-entry.ts'
import { nextKey, wireMaps } from '#domain/wire.ts'
import { town } from '#src/i18n/town.ts'
import { createAnswering } from '../../src/search/answering.ts'
import { createFinder, type Answer, type Finder } from '../../src/search/finder.ts'
import type { FromWorker } from '../../src/search/messages.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { createEditionServer, noNetwork, type Put } from '../fixtures/edition-server.ts'
import { createMemoryCache } from '../fixtures/memory-cache.ts'
import { present } from '../fixtures/must.ts'
import { until } from '../fixtures/until.ts'

const now = Date.UTC(2026, 10, 26)
const corpus = createCorpus({ town, now })
const entriesOf = (all: readonly { readonly entry: SearchEntry }[]) => all.map(({ entry }) => entry)
const states = [corpus.listings(60)]
for (let i = 0; i < 4; i++) states.push([...corpus.churned(present(states[i]), 0.3).live])
const [s0, s1, s2, s3, s4] = states.map(entriesOf) as [
  SearchEntry[],
  SearchEntry[],
  SearchEntry[],
  SearchEntry[],
  SearchEntry[],
]

/** What stands in an answer: each entry once, and as it is in that state. */
type Seen = Readonly<Record<string, string>>
const titleOf = (entry: SearchEntry): string => ('title' in entry ? entry.title : '')
const truth = (state: readonly SearchEntry[]): Seen =>
  Object.fromEntries(state.map((entry) => [entry.id, titleOf(entry)]))
function seen({ found }: Answer): Seen {
  expect(new Set(found.hits.map(({ id }) => id)).size).toBe(found.hits.length)
  expect(found.incomplete).toBe(false)
  return Object.fromEntries(found.hits.map(({ id, title }) => [id, title]))
}

const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

/** A server, a device with its cache, and the rooms of wires as the relay has them. */
function aWorld() {
  const server = createEditionServer()
  const cache = createMemoryCache()
  const [offline, setOffline] = createSignal(false)
  const rooms = new Map<string, { readonly doc: Y.Doc; readonly synced: () => boolean; sync(): void }>()
  const released: string[] = []
  const closed = new Set<string>()
  const clock = { now }
  /** Prints an edition with its wire; `isSynced` whether the wire is had at once. */
  const print = (
    mark: string,
    states: Parameters<typeof server.put> extends [string, ...infer S] ? S : never,
    isSynced = true,
  ): Put => {
    const put = server.put(mark, ...states)
    const doc = new Y.Doc()
    const [synced, setSynced] = createSignal(false)
    const sync = () => {
      doc.transact(() => {
        for (const [id, text] of put.wire.entries) doc.getMap(wireMaps.entries).set(id, text)
        for (const [ordinal, text] of put.wire.dead) doc.getMap(wireMaps.dead).set(ordinal, text)
      })
      setSynced(true)
    }
    if (isSynced) sync()
    rooms.set(put.edition, { doc, synced, sync })
    return put
  }
  const open = (): Finder =>
    createRoot((dispose) => {
      closers.push(dispose)
      return createFinder({
        makeWorker(hear) {
          const post = (message: FromWorker) => queueMicrotask(() => hear(message))
          const { tell } = createAnswering({
            town,
            post,
            fetch: server.fetch,
            cache: async () => cache,
            now: () => clock.now,
          })
          return { tell: (message) => void tell(message), close: () => undefined }
        },
        async openWire(edition) {
          if (closed.has(edition)) throw new Error('its code did not come')
          const { doc, synced } = present(rooms.get(edition))
          return { doc, synced, release: () => void released.push(edition) }
        },
        offline,
        now: () => now,
      })
    })
  const moveOn = (from: Put, to: Put) =>
    present(rooms.get(from.edition)).doc.getMap(wireMaps.edition).set(nextKey, to.edition)
  return {
    server,
    rooms,
    released,
    closed,
    clock,
    print,
    open,
    moveOn,
    setOffline,
    die: () => (server.fail(noNetwork), setOffline(true)),
    back: () => (server.fail(), setOffline(false)),
  }
}

const everything = { query: '', locale: 'zh-Hans', chips: { group: 'listing' }, limits: { listing: 1e6 } } as const

/** The newest answer to the question for everything, asked again. */
async function all(finder: Finder): Promise<Seen> {
  const before = finder.answer()
  finder.ask(everything)
  await until('an answer', () => !finder.isBehind() && finder.answer() !== before)
  return seen(present(finder.answer()))
}
const untilIs = (finder: Finder, state: readonly SearchEntry[]) =>
  until(
    'the state',
    async () =>
      JSON.stringify(Object.entries(await all(finder)).sort()) === JSON.stringify(Object.entries(truth(state)).sort()),
    4_000,
  )
const rest = () => new Promise((resolve) => setTimeout(resolve, 100))

describe('moving on', () => {
  it('is from the one whole to the other whole, and lets the old wire go', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    expect(await all(finder)).toEqual(truth(s2))
    const b = world.print('b', [s0, s2, s3], false)
    world.moveOn(a, b)
    for (let i = 0; i < 5; i++) expect(await all(finder)).toEqual(truth(s2)) // its wire is still to come
    present(world.rooms.get(b.edition)).sync()
    await untilIs(finder, s3)
    expect(world.released).toEqual([a.edition])
  })

  it('to a new base as to a new delta', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await all(finder)
    const c = world.print('c', [s2, s2, s3])
    world.moveOn(a, c)
    await untilIs(finder, s3)
  })

  it('asks an open question again by itself', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await all(finder)
    world.moveOn(a, world.print('b', [s0, s2, s3]))
    await until('the new answer', () => {
      const answer = finder.answer()
      return (
        answer !== undefined &&
        JSON.stringify(Object.keys(seen(answer)).sort()) === JSON.stringify(Object.keys(truth(s3)).sort())
      )
    })
  })

  it.each([0, 1, 2])(
    'when the network dies with request %i of it, the old one goes on, and later it is made up for',
    async (k) => {
      const world = aWorld()
      const a = world.print('a', [s0, s1, s2])
      const finder = world.open()
      expect(await all(finder)).toEqual(truth(s2))
      const b = world.print('b', [s0, s2, s3])
      let requests = 0
      world.server.fail(() => (requests++ >= k ? noNetwork() : undefined))
      world.moveOn(a, b)
      await rest()
      expect(requests).toBeGreaterThan(k)
      world.setOffline(true)
      expect(await all(finder)).toEqual(truth(s2))
      world.back()
      await untilIs(finder, s3)
    },
  )

  it('a look that failed is made up for by the next question, though the connection never broke', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await all(finder)
    const b = world.print('b', [s0, s2, s3])
    world.server.fail(noNetwork)
    world.moveOn(a, b)
    await rest()
    world.server.fail()
    world.clock.now += 5_000 // so often at most
    await untilIs(finder, s3)
  })

  it('when the network dies before the new wire is here, nothing is lost that the old wire had', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s3])
    const finder = world.open()
    expect(await all(finder)).toEqual(truth(s3))
    const b = world.print('b', [s0, s2, s4], false) // printed at s2: what came since is only in its wire
    world.moveOn(a, b)
    await rest()
    world.die()
    await rest()
    expect(await all(finder)).toEqual(truth(s3))
    world.back()
    present(world.rooms.get(b.edition)).sync()
    await untilIs(finder, s4)
  })

  it('when the new wire cannot be opened, it is tried again', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await all(finder)
    const b = world.print('b', [s0, s2, s3])
    world.closed.add(b.edition)
    world.moveOn(a, b)
    await rest()
    expect(await all(finder)).toEqual(truth(s2))
    world.closed.clear()
    world.setOffline(true)
    world.setOffline(false)
    await untilIs(finder, s3)
  })

  it('when another follows before the first is here, it ends with the last', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await all(finder)
    const b = world.print('b', [s0, s2, s3], false)
    world.moveOn(a, b)
    await rest()
    const c = world.print('c', [s3, s3, s4])
    world.moveOn(b, c)
    await rest()
    present(world.rooms.get(b.edition)).sync()
    await untilIs(finder, s4)
  })
})

describe('after a week without a network', () => {
  it('an open page goes over to what is printed now, though nothing of its edition is left', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    expect(await all(finder)).toEqual(truth(s2))
    world.die()
    await rest()
    expect(await all(finder)).toEqual(truth(s2))
    world.print('b', [s0, s2, s3])
    world.print('c', [s3, s3, s4])
    world.server.drop(a)
    world.back()
    await untilIs(finder, s4)
  })

  it('a file that is gone leads there, though the connection says nothing', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    await until('the edition', () => (finder.start(), finder.state() === 'ready'))
    world.print('c', [s3, s3, s4])
    world.server.drop(a)
    finder.ask(everything)
    await until(
      'a whole answer',
      () => finder.answer()?.found.incomplete === false && finder.answer()!.found.hits.length > 0,
      4_000,
    )
    expect(seen(present(finder.answer()))).toEqual(truth(s4))
  })
})

it('a start without a network begins with what was kept whole, not with what was on its way', async () => {
  const world = aWorld()
  const a = world.print('a', [s0, s1, s2])
  const first = world.open()
  await all(first)
  first.keep()
  await until('the pack', () => first.pack()?.kind === 'kept')
  const b = world.print('b', [s0, s2, s3], false)
  world.moveOn(a, b)
  await rest()
  closers.splice(0).forEach((close) => close())
  world.die()
  const second = world.open()
  expect(await all(second)).toEqual(truth(s2))
  world.back()
  present(world.rooms.get(b.edition)).sync()
  await untilIs(second, s3)
})

describe('with a whole town kept', () => {
  it('a newer edition takes over only when all of it is here; until then the old one answers whole, with no network too', async () => {
    const world = aWorld()
    const a = world.print('a', [s0, s1, s2])
    const finder = world.open()
    expect(await all(finder)).toEqual(truth(s2))
    finder.keep()
    await until('the town is kept', () => finder.pack()?.kind === 'kept')
    const b = world.print('b', [s2, s3, s4])
    const names = b.printed.segments.map(({ name }) => name)
    let left = 6 // files of the newer pack, and then the network dies
    world.server.fail((path) =>
      names.some((name) => path.includes(name)) && !path.startsWith('/edition/') && left-- <= 0
        ? Promise.reject(new Error('no network'))
        : undefined,
    )
    world.moveOn(a, b)
    await until('it failed', () => finder.pack()?.kind === 'failed')
    world.die()
    for (let i = 0; i < 3; i++) expect(await all(finder)).toEqual(truth(s2))
    world.back()
    world.clock.now += 60_000
    finder.keep()
    await untilIs(finder, s4)
    expect(finder.pack()).toMatchObject({ kind: 'kept', isCurrent: true })
  })
})

/** The parts of sync that need no browser: what is durable, whose clock counts, what waits, and who holds a room. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toBase64url } from '#domain/bytes.ts'
import { createClock, offsetOf } from '../../src/sync/clock.ts'
import { covers, createDurable, localVector, vectorOf, widen } from '../../src/sync/durable.ts'
import { createHolder } from '../../src/sync/holder.ts'
import type { HeldRoom } from '../../src/sync/rooms.ts'
import type { Kept } from '../../src/sync/storage.ts'
import { createUnsentFlag, unsentRooms } from '../../src/sync/unsent.ts'

describe('the durable vector', () => {
  it.each([
    [[], [], true],
    [[], [[1, 1]], false],
    [[[1, 3]], [[1, 3]], true],
    [[[1, 2]], [[1, 3]], false],
    [[[2, 9]], [[1, 1]], false], // another client's writes say nothing about mine
    [
      [
        [1, 9],
        [2, 2],
      ],
      [[1, 3]],
      true,
    ],
  ] as const)('%j covers %j: %s', (durable, local, answer) => {
    expect(covers(new Map(durable), new Map(local))).toBe(answer)
  })

  it('covers, once widened, what either side covered', () => {
    const vectors = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 })))
      .map((pairs) => new Map(pairs))
    fc.assert(
      fc.property(vectors, vectors, (a, b) => {
        expect(covers(widen(a, b), a) && covers(widen(a, b), b)).toBe(true)
        expect(covers(a, widen(a, b))).toBe(covers(a, b))
      }),
    )
  })

  it.each(['', '!', 'AQ', '_____w'])('that cannot be read ("%s") covers nothing', (sv) => {
    expect(covers(vectorOf(sv), new Map([[1, 1]]))).toBe(false)
  })
})

describe('a room that this browser writes', () => {
  const relay = {}
  const isRelay = (origin: unknown) => origin === relay
  const open = async (held = new Map<string, unknown>()) => {
    const doc = new Y.Doc()
    const flags = { raised: held.has('raised') }
    const unsent = {
      isRaised: () => flags.raised,
      raise: () => void (flags.raised = true),
      lower: () => void (flags.raised = false),
    }
    const kept = {
      read: async (key: string) => held.get(key),
      write: async (key: string, value: unknown) => void held.set(key, value),
    } as Kept
    const durable = await createDurable({ doc, kept, unsent, isLocal: (origin) => !isRelay(origin), isRelay })
    const vector = () => vectorOf(toBase64url(Y.encodeStateVector(doc)))
    return { doc, durable, flags, held, write: (key: string) => doc.getMap('records').set(key, key), vector }
  }

  it('is stored only when the relay has said so for the last write', async () => {
    const { durable, flags, write, vector } = await open()
    expect(durable.stored()).toBe(true) // nothing is written, nothing waits
    write('a')
    const early = vector()
    write('b')
    durable.grow(early, false)
    expect([durable.stored(), flags.raised]).toEqual([false, true])
    durable.grow(vector(), false)
    expect([durable.stored(), flags.raised]).toEqual([true, false])
  })

  it('counts what the relay sends as stored there, since it stores before it sends', async () => {
    const { doc, durable } = await open()
    const elsewhere = new Y.Doc()
    elsewhere.getMap('records').set('x', 'x')
    elsewhere.getMap('records').set('y', 'y')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere), relay)
    expect(durable.stored()).toBe(true)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere), 'another tab')
    expect(durable.stored()).toBe(true)
  })

  it('waits for the word after a deletion, which no vector shows', async () => {
    const { doc, durable, write, vector } = await open()
    write('a')
    durable.grow(vector(), false)
    doc.getMap('records').delete('a')
    expect(durable.stored()).toBe(false)
    durable.grow(vector(), true) // the greeting at a new join: the relay has not heard of it yet
    expect(durable.stored()).toBe(false)
    durable.grow(vector(), false)
    expect(durable.stored()).toBe(true)
  })

  it('waits for the relay when an earlier page left a flag, whatever the vector says', async () => {
    const { durable, flags, vector } = await open(new Map([['raised', true]]))
    durable.grow(vector(), true)
    expect([durable.stored(), flags.raised]).toEqual([false, true])
    durable.grow(vector(), false)
    expect([durable.stored(), flags.raised]).toEqual([true, false])
  })

  it('waits when another tab wrote what the relay has not', async () => {
    const { doc, durable } = await open()
    const tab = new Y.Doc()
    tab.getMap('records').set('x', 'x')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(tab), 'another tab')
    expect(durable.stored()).toBe(false)
  })

  it('remembers beside the document what was durable, and forgets it when the relay lost it', async () => {
    const first = await open()
    first.write('a')
    first.durable.grow(first.vector(), false)
    const again = await open(first.held)
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(first.doc))
    expect(covers(first.vector(), localVector(again.doc))).toBe(true)
    expect(again.durable.stored()).toBe(true)
    again.durable.forget()
    expect(again.durable.stored()).toBe(false)
  })
})

const clockOf = (over: Partial<Parameters<typeof createClock>[0]> = {}) => {
  let device = 1_000_000
  let memory: string | null = null
  const clock = createClock({
    ask: async () => undefined,
    deviceNow: () => device,
    recall: () => memory,
    remember: (offset) => (memory = offset),
    ...over,
  })
  return { clock, memory: () => memory, pass: (ms: number) => (device += ms) }
}

describe('the clock', () => {
  it('takes half the round trip off', () => {
    expect(offsetOf(1_000, 1_400, 61_200)).toBe(60_000)
  })

  it('is the device clock while nothing is known', async () => {
    const { clock } = clockOf()
    expect([clock.now(), clock.known(), await clock.measure(), clock.known()]).toEqual([1_000_000, false, false, false])
  })

  it('follows the relay, and remembers', async () => {
    const { clock, memory, pass } = clockOf({ ask: async () => 1_360_000 })
    expect(await clock.measure()).toBe(true)
    pass(5)
    expect([clock.now(), clock.known(), memory()]).toEqual([1_360_005, true, '360000'])
    expect(clockOf({ recall: memory }).clock.now()).toBe(1_360_000)
  })

  it('asks once for many who ask at one time, and once a page where once is enough', async () => {
    let questions = 0
    const { clock } = clockOf({ ask: async () => ++questions })
    await Promise.all([clock.measure(), clock.measure(), clock.measureOnce()])
    await clock.measureOnce()
    expect(questions).toBe(1)
    await clock.measure()
    expect(questions).toBe(2)
  })

  it('believes what the relay says by the way, but a measured offset is not moved by a slow message', async () => {
    const { clock } = clockOf({ ask: async () => 1_060_000 })
    clock.heard(1_300_000)
    expect(clock.now()).toBe(1_300_000)
    await clock.measure()
    clock.heard(1_059_000)
    expect(clock.now()).toBe(1_060_000)
    clock.heard(1_000_000) // a minute is no network delay: the device's clock was set
    expect(clock.now()).toBe(1_000_000)
  })

  it.each(['', 'soon', null])('remembered as %j is not known', (remembered) => {
    expect(clockOf({ recall: () => remembered }).clock.known()).toBe(false)
  })
})

describe('the flag of what waits', () => {
  const shelf = { room: 'shelf/did:key:z6Mk', use: 'person' } as const

  it('stands until the newest write is stored', () => {
    localStorage.clear()
    const flag = createUnsentFlag(shelf)
    flag.raise()
    expect(unsentRooms()).toEqual([shelf])
    flag.raise()
    flag.lower()
    expect(unsentRooms()).toEqual([])
  })

  it('is not taken away by a tab that knows nothing of the newest write', () => {
    localStorage.clear()
    createUnsentFlag(shelf).raise()
    const next = createUnsentFlag(shelf) // a page opened later, which sends what waits
    const writing = createUnsentFlag(shelf)
    writing.raise()
    next.lower()
    expect(unsentRooms()).toEqual([shelf])
    writing.lower()
    expect(unsentRooms()).toEqual([])
  })

  it('is read only where it is whole', () => {
    localStorage.clear()
    localStorage.setItem('xxg-unsent/nobody/shelf/x', '1')
    localStorage.setItem('xxg-unsent/friends/', '1')
    localStorage.setItem('other', '1')
    expect(unsentRooms()).toEqual([])
  })
})

const aRoom = (mayClose: () => boolean) => {
  const state = { opened: 0, closed: 0 }
  const open = async (): Promise<HeldRoom> => {
    state.opened += 1
    const close = async () => void (state.closed += 1)
    return { memoryOnly: false, mayClose, close } as unknown as HeldRoom
  }
  return { state, open }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a room', () => {
  it('is opened once for all who ask, and closed by the last who lets go', async () => {
    const holder = createHolder()
    const { state, open } = aRoom(() => true)
    const [one, two] = await Promise.all([holder.open('r', open), holder.open('r', open)])
    one.release()
    one.release() // letting go twice is letting go once
    await settled()
    expect(state).toEqual({ opened: 1, closed: 0 })
    two.release()
    await settled()
    expect(state).toEqual({ opened: 1, closed: 1 })
    await holder.open('r', open)
    expect(state.opened).toBe(2)
  })

  it('stays open while something waits in it', async () => {
    const holder = createHolder()
    const { state, open } = aRoom(() => false)
    ;(await holder.open('r', open)).release()
    await settled()
    expect(state.closed).toBe(0)
  })

  it('that failed to open is tried again', async () => {
    const holder = createHolder()
    await expect(holder.open('r', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const { state, open } = aRoom(() => true)
    await holder.open('r', open)
    expect(state.opened).toBe(1)
  })
})

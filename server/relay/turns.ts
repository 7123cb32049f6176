/**
 * Rooms take turns: all frames that wait in a room are judged in order, what is new goes to the log as one append, and
 * only then does anybody hear of it: first the acknowledgements, then the durable state vector, then the others.
 * While a turn is on the disk the room's next frames gather for the next one, so nothing is judged against hopes.
 */
import * as Y from 'yjs'
import { encodeFrame, messageFrame } from '#domain/protocol.ts'
import type { StoredEntry, UpdateLog } from '../stores/store.ts'
import { backlog, catchUp } from './backlog.ts'
import { judgeTask, type JudgeDeps, type Outcome, type Task } from './judge.ts'
import { acknowledge, bytesOf, challenge, type Member } from './peer.ts'
import type { Known } from './gaps.ts'
import type { Rooms, RoomState } from './rooms.ts'
import { createStoredNews, storedMessage, type Later } from './stored-news.ts'

export interface TurnDeps extends JudgeDeps {
  readonly log: Pick<UpdateLog, 'append'>
  readonly rooms: Rooms
  now(): number
  readonly later?: Later | undefined
}

export interface Turns {
  add(task: Task): void
  leave(member: Member): void
  /** Something became durable; the room's subscribers hear of what this relay did not write itself. */
  heard(entries: readonly StoredEntry[]): void
  /** Between two turns of the room, `erase` takes it from the disk; those who only read it are told. */
  retire(name: string, erase: () => Promise<boolean>): Promise<void>
  /** Resolves when nothing waits for the disk. */
  settled(): Promise<void>
  /** What memory holds of a room, unless a turn is on its way: then it may be ahead of the disk. */
  peek(name: string): RoomState | undefined
  openRooms(): number
}

interface OpenRoom {
  readonly name: string
  readonly subscribers: Set<Member>
  waiting: Task[]
  /** What wants to be alone in the room. */
  readonly apart: (() => Promise<void>)[]
  running: Promise<void> | undefined
}

export function createTurns({ log, rooms, now, later, ...judging }: TurnDeps): Turns {
  const storedNews = createStoredNews(later)
  const open = new Map<string, OpenRoom>()
  const mine = new WeakSet<Uint8Array>()

  const roomOf = (name: string): OpenRoom => {
    const known = open.get(name)
    if (known) return known
    const made: OpenRoom = { name, subscribers: new Set(), waiting: [], apart: [], running: undefined }
    open.set(name, made)
    return made
  }
  const closeIfIdle = (room: OpenRoom) => {
    if (!room.running && room.subscribers.size === 0) open.delete(room.name)
  }

  const run = async (room: OpenRoom) => {
    while (room.waiting.length + room.apart.length > 0) {
      for (const work of room.apart.splice(0)) await work()
      const state = await rooms.hold(room.name)
      const tasks = room.waiting.splice(0)
      if (state) await turn(room, state, tasks).catch((thrown: unknown) => fail(room, tasks, String(thrown)))
      else fail(room, tasks, 'the room cannot be read')
      tasks.forEach(release)
    }
    rooms.release(room.name)
    room.running = undefined
    closeIfIdle(room)
  }

  const fail = (room: OpenRoom, tasks: readonly Task[], detail: string) => {
    rooms.forget(room.name)
    for (const task of tasks) refuseTask(task, detail)
  }

  const turn = async (room: OpenRoom, state: RoomState, tasks: readonly Task[]) => {
    const outcomes = tasks.flatMap((task) => judgeTask(task, state, judging))
    const fresh = outcomes.filter((outcome) => outcome.kind === 'news')
    for (const { news } of fresh) mine.add(news.update)
    const at = now()
    const stored =
      fresh.length > 0
        ? await log.append(fresh.map(({ news }) => ({ room: room.name, update: news.update, at })))
        : undefined
    if (stored?.ok === false) {
      rooms.forget(room.name)
      const fallen = await rooms.hold(room.name)
      return outcomes
        .map((outcome) => unstored(outcome, stored.error.detail))
        .forEach((outcome) => tell(outcome, room, fallen))
    }
    state.epoch = stored?.value[0]?.epoch ?? state.epoch
    state.seq = stored?.value.at(-1)?.seq ?? state.seq
    for (const outcome of outcomes) tell(outcome, room, state)
    storedNews.tell(room.name, state.epoch, movedBy(outcomes) ?? state.vector, writersOf(outcomes))
    const before = vectorBefore(
      state,
      fresh.map(({ news }) => news.update),
    )
    for (const { member, news } of fresh) fanOut(room, news.update, member, before)
  }

  const tell = (outcome: Outcome, room: OpenRoom, state: RoomState | undefined) => {
    const { member } = outcome
    if (outcome.kind === 'news' || outcome.kind === 'known') {
      acknowledge(member, true, outcome.statuses)
    } else if (outcome.kind === 'refuse') {
      acknowledge(member, false, outcome.statuses)
      member.peer.refuse(room.name, ...outcome.no)
      if (outcome.no[0] === 'proof-of-work') challenge(member, judging.keys)
    } else if (outcome.kind === 'resync') {
      resync(member, state)
    } else if (!state) {
      member.peer.refuse(room.name, 'storage', 'the room cannot be read')
    } else if (outcome.kind === 'greet') {
      greet(member, state, now())
      challenge(member, judging.keys)
    } else if (outcome.kind === 'ask') {
      ask(member, state, 'repair')
    } else if (outcome.kind === 'answer') {
      if (outcome.late || member.peer.isSlow()) backlog.defer(member, outcome.vector)
      else answer(member, state, outcome.vector)
      ask(member, state, 'join')
      if (member.rights.read && isPresent(member)) room.subscribers.add(member)
    }
  }

  const resync = (member: Member, state: RoomState | undefined) => {
    const vector = backlog.take(member)
    if (vector && state && isPresent(member)) answer(member, state, vector)
    member.peer.catchingUp = false
    catchUp(member.peer, turns)
  }

  const turns: Turns = {
    add(task) {
      const room = roomOf(task.member.room.name)
      room.waiting.push(task)
      room.running ??= run(room)
    },
    async retire(name, erase) {
      const room = roomOf(name)
      room.apart.push(async () => {
        if (!(await erase().catch(() => false))) return
        rooms.forget(name)
        for (const { rights, peer } of room.subscribers)
          if (!rights.write) peer.refuse(name, 'erased', 'of a key without a published record')
      })
      room.running ??= run(room)
      await room.running
    },
    leave(member) {
      backlog.leave(member)
      const room = open.get(member.room.name)
      if (room?.subscribers.delete(member)) closeIfIdle(room)
    },
    heard(entries) {
      for (const entry of entries) {
        if (mine.has(entry.update)) continue
        rooms.heard(entry)
        const room = open.get(entry.room)
        if (room) fanOut(room, entry.update, undefined, vectorBefore(rooms.peek(entry.room), [entry.update]))
      }
    },
    async settled() {
      await Promise.all([...open.values()].map((room) => room.running))
    },
    peek: (name) => (open.get(name)?.running ? undefined : rooms.peek(name)),
    openRooms: () => open.size,
  }
  return turns
}

/** Whatever is wrong with one room, the others go on. */
function refuseTask({ member, frame }: Task, detail: string): void {
  if (frame === 'resync') member.peer.catchingUp = false // what is behind stays behind, and is tried again
  if (typeof frame !== 'string' && frame.kind !== 'step-1') acknowledge(member, false)
  member.peer.refuse(member.room.name, 'storage', detail)
}

const isPresent = (member: Member): boolean =>
  !member.peer.closed && member.peer.members.get(member.room.name) === member

function release({ member, frame }: Task): void {
  if (typeof frame === 'string') return
  member.peer.waitingFrames--
  member.peer.waitingBytes -= bytesOf(frame)
}

function greet(member: Member, state: RoomState, now: number): void {
  member.peer.send(messageFrame({ kind: 'joined', room: member.room.name, epoch: state.epoch, now }))
  if (member.rights.write) member.peer.send(storedMessage(member.room.name, state.epoch, state.vector))
}

/** A room its writer may not read back is answered as if it were empty. */
function answer(member: Member, state: RoomState, vector: Uint8Array): void {
  const update = member.rights.read ? difference(state, vector) : Uint8Array.of(0, 0)
  if (update) member.peer.send(encodeFrame({ kind: 'step-2', room: member.room.name, update }))
  else member.peer.refuse(member.room.name, 'bad-update', 'does not decode as a state vector')
}

function difference(state: RoomState, vector: Uint8Array): Uint8Array | undefined {
  try {
    const isEmpty = Y.decodeStateVector(vector).size === 0
    return isEmpty ? state.bytes() : Y.diffUpdate(state.bytes(), vector)
  } catch {
    return undefined
  }
}

function ask(member: Member, state: RoomState, why: 'join' | 'repair'): void {
  member.asked.push(why)
  member.peer.send(encodeFrame({ kind: 'step-1', room: member.room.name, vector: Y.encodeStateVector(state.vector) }))
}

/** The clocks that these outcomes moved: a shelf of many sessions is not told whole at every write. */
function movedBy(outcomes: readonly Outcome[]): Known['vector'] | undefined {
  if (outcomes.some(({ kind }) => kind === 'known')) return undefined // which of them were sent again is not known here
  return new Map(outcomes.flatMap((outcome) => (outcome.kind === 'news' ? [...outcome.news.vector] : [])))
}

/** Of whom something was acknowledged. */
const writersOf = (outcomes: readonly Outcome[]): readonly Member[] =>
  outcomes.flatMap((outcome) =>
    outcome.kind === 'news' || (outcome.kind === 'known' && outcome.member.rights.write) ? [outcome.member] : [],
  )

function fanOut(room: OpenRoom, update: Uint8Array, author: Member | undefined, before: () => Uint8Array): void {
  let frame: Uint8Array | undefined
  for (const member of room.subscribers) {
    if (member === author) continue
    frame ??= encodeFrame({ kind: 'update', room: room.name, update }) // mostly nobody else is there
    backlog.pass(member, frame, before)
  }
}

/** The state vector of a room without these updates, made when somebody needs it. Too low is right too: more is sent. */
function vectorBefore(state: RoomState | undefined, updates: readonly Uint8Array[]): () => Uint8Array {
  let made: Uint8Array | undefined
  const make = () => {
    const vector = new Map(state?.vector)
    for (const update of updates)
      for (const [client, clock] of Y.parseUpdateMeta(update).from)
        vector.set(client, Math.min(clock, vector.get(client) ?? clock))
    return Y.encodeStateVector(vector)
  }
  return () => (made ??= make())
}

/** The append failed: nothing judged in this turn may be taken for stored, not even what seemed known. */
function unstored(outcome: Outcome, detail: string): Outcome {
  if (outcome.kind !== 'news' && outcome.kind !== 'known') return outcome
  return { kind: 'refuse', member: outcome.member, no: ['storage', detail], statuses: outcome.statuses }
}

/**
 * Rooms take turns: all frames that wait in a room are judged in order, what is new goes to the log as one append, and
 * only then does anybody hear of it: first the acknowledgements, then the durable state vector, then the others.
 * While a turn is on the disk the room's next frames gather for the next one, so nothing is judged against hopes.
 */
import * as Y from 'yjs'
import { toBase64url } from '#domain/bytes.ts'
import { encodeFrame, messageFrame } from '#domain/protocol.ts'
import type { StoredEntry, UpdateLog } from '../stores/store.ts'
import { judgeTask, type Outcome, type Task } from './judge.ts'
import type { Limits } from './limits.ts'
import { acknowledge, bytesOf, type Member } from './peer.ts'
import type { Rooms, RoomState } from './rooms.ts'

export interface TurnDeps {
  readonly log: Pick<UpdateLog, 'append'>
  readonly rooms: Rooms
  readonly limits: Limits
  now(): number
}

export interface Turns {
  add(task: Task): void
  leave(member: Member): void
  /** Something became durable; the room's subscribers hear of what this relay did not write itself. */
  heard(entries: readonly StoredEntry[]): void
  /** Resolves when nothing waits for the disk. */
  settled(): Promise<void>
}

interface OpenRoom {
  readonly name: string
  readonly subscribers: Set<Member>
  waiting: Task[]
  running: Promise<void> | undefined
}

export function createTurns({ log, rooms, limits, now }: TurnDeps): Turns {
  const open = new Map<string, OpenRoom>()
  const mine = new WeakSet<Uint8Array>()

  const roomOf = (name: string): OpenRoom => {
    const known = open.get(name)
    if (known) return known
    const made: OpenRoom = { name, subscribers: new Set(), waiting: [], running: undefined }
    open.set(name, made)
    return made
  }
  const closeIfIdle = (room: OpenRoom) => {
    if (!room.running && room.subscribers.size === 0) open.delete(room.name)
  }

  const run = async (room: OpenRoom) => {
    while (room.waiting.length > 0) {
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
    const outcomes = tasks.flatMap((task) => judgeTask(task, state, limits))
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
    for (const outcome of outcomes) tell(outcome, room, state)
    tellStored(outcomes, room.name, state)
    for (const { member, news } of fresh) fanOut(room, news.update, member)
  }

  const tell = (outcome: Outcome, room: OpenRoom, state: RoomState | undefined) => {
    const { member } = outcome
    if (outcome.kind === 'news' || outcome.kind === 'known') {
      if (outcome.counted) acknowledge(member, true)
    } else if (outcome.kind === 'refuse') {
      if (outcome.counted) acknowledge(member, false)
      member.peer.refuse(room.name, outcome.code, outcome.detail)
    } else if (!state) {
      member.peer.refuse(room.name, 'storage', 'the room cannot be read')
    } else if (outcome.kind === 'greet') greet(member, state, now())
    else if (outcome.kind === 'ask') ask(member, state, 'repair')
    else {
      answer(member, state, outcome.vector)
      ask(member, state, 'join')
      if (member.rights.read && isPresent(member)) room.subscribers.add(member)
    }
  }

  return {
    add(task) {
      const room = roomOf(task.member.room.name)
      room.waiting.push(task)
      room.running ??= run(room)
    },
    leave(member) {
      const room = open.get(member.room.name)
      if (room?.subscribers.delete(member)) closeIfIdle(room)
    },
    heard(entries) {
      for (const entry of entries) {
        if (mine.has(entry.update)) continue
        rooms.heard(entry)
        const room = open.get(entry.room)
        if (room) fanOut(room, entry.update, undefined)
      }
    },
    async settled() {
      await Promise.all([...open.values()].map((room) => room.running))
    },
  }
}

/** Whatever is wrong with one room, the others go on. */
function refuseTask({ member, frame }: Task, detail: string): void {
  if (frame !== 'join' && frame.kind !== 'step-1') acknowledge(member, false)
  member.peer.refuse(member.room.name, 'storage', detail)
}

const isPresent = (member: Member): boolean =>
  !member.peer.closed && member.peer.members.get(member.room.name) === member

function release({ member, frame }: Task): void {
  if (frame === 'join') return
  member.peer.waitingFrames--
  member.peer.waitingBytes -= bytesOf(frame)
}

function greet(member: Member, state: RoomState, now: number): void {
  member.peer.send(messageFrame({ kind: 'joined', room: member.room.name, epoch: state.epoch, now }))
  if (member.rights.write) member.peer.send(storedMessage(member.room.name, state))
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

const storedMessage = (room: string, state: RoomState): Uint8Array =>
  messageFrame({ kind: 'stored', room, epoch: state.epoch, sv: toBase64url(Y.encodeStateVector(state.vector)) })

/** Once a turn to each writer of whom something was acknowledged. */
function tellStored(outcomes: readonly Outcome[], room: string, state: RoomState): void {
  const writers = outcomes.flatMap((outcome) =>
    outcome.kind === 'news' || (outcome.kind === 'known' && outcome.member.rights.write) ? [outcome.member.peer] : [],
  )
  if (writers.length === 0) return
  const message = storedMessage(room, state)
  for (const peer of new Set(writers)) peer.send(message)
}

function fanOut(room: OpenRoom, update: Uint8Array, author: Member | undefined): void {
  if (room.subscribers.size === 0) return
  const frame = encodeFrame({ kind: 'update', room: room.name, update })
  for (const member of room.subscribers) if (member !== author) member.peer.send(frame)
}

/** The append failed: nothing judged in this turn may be taken for stored, not even what seemed known. */
function unstored(outcome: Outcome, detail: string): Outcome {
  if (outcome.kind !== 'news' && outcome.kind !== 'known') return outcome
  return { kind: 'refuse', member: outcome.member, code: 'storage', detail, counted: outcome.counted }
}

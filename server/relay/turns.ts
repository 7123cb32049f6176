/**
 * Rooms take turns: the frames of a room are judged in order; what is new goes to the log together with what is new in all
 * other rooms, as one append, and only then does anybody hear of it: first the acknowledgements, then the durable state
 * vector, then the others. While a turn is on the disk the room's next frames wait, so nothing is judged against hopes.
 */
import { err, type Result } from '#domain/result.ts'
import type { LogEntry, Receipt, StorageFault, StoredEntry, UpdateLog } from '../stores/store.ts'
import {
  answer,
  ask,
  fanOut,
  greet,
  isPresent,
  movedBy,
  refuseTask,
  unstored,
  showPresence,
  subscribe,
  vectorBefore,
  writersOf,
} from './answers.ts'
import { backlog, catchUp } from './backlog.ts'
import { asksForBytes, judgeTask, mayWeigh, release, type JudgeDeps, type Outcome, type Task } from './judge.ts'
import { acknowledge, challenge, type Member } from './peer.ts'
import type { Rooms, RoomState } from './rooms.ts'
import { createStoredNews, type Later } from './stored-news.ts'

export interface TurnDeps extends JudgeDeps {
  readonly log: Pick<UpdateLog, 'append'>
  readonly rooms: Rooms
  now(): number
  readonly later?: Later | undefined
  /** What is stored together waits for it. */
  readonly soon: Later
}

export interface Turns {
  add(task: Task): void
  /** Passes on what the member tells of himself. */
  show(member: Member): void
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

/** What was judged and waits for the disk. */
interface Turn {
  readonly state: RoomState
  readonly tasks: Task[]
  readonly outcomes: Outcome[]
  /** Of its last update, in the batch. */
  last: number
}

interface OpenRoom {
  readonly name: string
  readonly subscribers: Set<Member>
  turn: Turn | undefined
  /** A task is being judged, or the turn takes in nothing more: it is on its way. */
  isShut: boolean
  /** The room is being loaded, or erased. */
  away: Promise<void> | undefined
  /** What came meanwhile, and what wants to be alone in the room. */
  readonly waiting: Task[]
  readonly apart: (() => Promise<void>)[]
}

type Stored = Result<readonly Receipt[], StorageFault>

export function createTurns({ log, rooms, now, later, soon, ...judging }: TurnDeps): Turns {
  const storedNews = createStoredNews(later)
  const open = new Map<string, OpenRoom>()
  let gathering: { readonly rooms: OpenRoom[]; readonly entries: LogEntry[] } = { rooms: [], entries: [] }
  let isDue = false
  let flying: Promise<void> | undefined
  let ownInFlight: readonly LogEntry[] = []

  const roomOf = (name: string): OpenRoom => {
    const known = open.get(name)
    if (known) return known
    const subscribers = new Set<Member>()
    const made = { name, subscribers, turn: undefined, isShut: false, away: undefined, waiting: [], apart: [] }
    open.set(name, made)
    return made
  }
  /** Judges what waits, until something must be waited for. */
  const goOn = (room: OpenRoom) => {
    while (!room.isShut && !room.away) {
      if (room.apart.length > 0) {
        if (room.turn) break // after it
        room.away = runApart(room)
      } else if (room.waiting.length > 0) {
        if (take(room, room.waiting[0]!)) room.waiting.shift()
        else if (room.turn) room.isShut = true
        else room.away = load(room)
      } else break
    }
    if (!room.isShut && !room.away && !room.turn && room.subscribers.size === 0) open.delete(room.name)
  }
  const runApart = async (room: OpenRoom) => {
    for (const work of room.apart.splice(0)) await work()
    comeBack(room)
  }
  const comeBack = (room: OpenRoom) => {
    room.away = undefined
    goOn(room)
  }
  const load = async (room: OpenRoom) => {
    const state = await rooms.load(room.name)
    if (state) rooms.release(room.name, true)
    else fail(room, room.waiting.splice(0), 'the room cannot be read')
    comeBack(room)
  }

  /** False when the room must be loaded before the task can be judged; a turn must land before that. */
  const take = (room: OpenRoom, task: Task): boolean => {
    const state = room.turn?.state ?? rooms.hold(room.name)
    if (!state) return false
    const asks = asksForBytes(task)
    if (!state.merged && (asks || mayWeigh(task, state, judging))) return false
    if (asks) state.asked++
    room.isShut = true
    try {
      for (const outcome of judgeTask(task, state, judging)) settle(room, state, outcome)
      if (room.turn) room.turn.tasks.push(task)
      else release(task)
      room.isShut = false
      if (!room.turn) rooms.release(room.name)
    } catch (thrown) {
      room.isShut = room.turn !== undefined // what was judged before is stored, what comes after is judged anew
      fail(room, [task], String(thrown))
    }
    return true
  }
  const settle = (room: OpenRoom, state: RoomState, outcome: Outcome) => {
    if (outcome.kind === 'news') {
      room.turn ??= begin(room, state)
      room.turn.last = gathering.entries.push({ room: room.name, update: outcome.news.update, at: now() }) - 1
    }
    if (room.turn) return void room.turn.outcomes.push(outcome)
    tell(outcome, room, state) // nothing waits for the disk that it could be told before
    if (outcome.kind === 'known') tellStored(room, state, [outcome])
  }
  const begin = (room: OpenRoom, state: RoomState): Turn => {
    gathering.rooms.push(room)
    if (!isDue && !flying) soon(fly)
    isDue = true
    return { state, tasks: [], outcomes: [], last: 0 }
  }
  const fail = (room: OpenRoom, tasks: readonly Task[], detail: string) => {
    rooms.forget(room.name)
    for (const task of tasks) {
      refuseTask(task, detail)
      release(task)
    }
  }

  const fly = () => {
    if (flying || gathering.rooms.length === 0) return
    isDue = false
    const batch = gathering
    gathering = { rooms: [], entries: [] }
    for (const room of batch.rooms) room.isShut = true
    ownInFlight = batch.entries
    flying = log
      .append(batch.entries)
      .catch((thrown: unknown): Stored => err({ kind: 'storage', detail: String(thrown) }))
      .then((stored) => land(batch.rooms, stored))
  }
  const land = (landed: readonly OpenRoom[], stored: Stored) => {
    flying = undefined
    ownInFlight = []
    for (const room of landed) {
      const turn = room.turn!
      room.turn = undefined
      room.isShut = false
      if (stored.ok) succeed(room, turn, stored.value[turn.last]!)
      else room.away = fallen(room, turn, stored.error.detail)
    }
    for (const room of landed) goOn(room)
    fly()
  }
  const succeed = (room: OpenRoom, { state, tasks, outcomes }: Turn, { seq, epoch }: Receipt) => {
    state.epoch = epoch
    state.seq = Math.max(seq, state.seq)
    for (const outcome of outcomes) tell(outcome, room, state)
    tellStored(room, state, outcomes)
    if (room.subscribers.size > 0) tellOthers(room, state, outcomes)
    tasks.forEach(release)
    rooms.release(room.name)
  }
  const fallen = async (room: OpenRoom, { tasks, outcomes }: Turn, detail: string) => {
    rooms.forget(room.name)
    const state = await rooms.load(room.name)
    for (const outcome of outcomes) tell(unstored(outcome, detail), room, state)
    tasks.forEach(release)
    rooms.release(room.name)
    comeBack(room)
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
      if (member.rights.read && isPresent(member)) subscribe(room, member)
    }
  }
  const tellStored = (room: OpenRoom, state: RoomState, outcomes: readonly Outcome[]) =>
    storedNews.tell(room.name, state.epoch, movedBy(outcomes, state), writersOf(outcomes))
  const tellOthers = (room: OpenRoom, state: RoomState, outcomes: readonly Outcome[]) => {
    const fresh = outcomes.filter((outcome) => outcome.kind === 'news')
    const updates = fresh.map(({ news }) => news.update)
    const before = vectorBefore(state, updates)
    for (const { member, news } of fresh) fanOut(room, news.update, member, before)
  }
  const resync = (member: Member, state: RoomState | undefined) => {
    const vector = backlog.take(member)
    if (vector && state && isPresent(member)) answer(member, state, vector)
    member.peer.catchingUp = false
    catchUp(member.peer, turns)
  }

  const erased = ({ name, subscribers }: OpenRoom) => {
    rooms.forget(name)
    for (const { rights, peer } of subscribers)
      if (!rights.write) peer.refuse(name, 'erased', 'of a key without a published record')
  }

  const turns: Turns = {
    add(task) {
      const room = roomOf(task.member.room.name)
      room.waiting.push(task)
      goOn(room)
    },
    retire(name, erase) {
      const room = roomOf(name)
      return new Promise((resolve) => {
        room.apart.push(async () => {
          if (await erase().catch(() => false)) erased(room)
          resolve()
        })
        goOn(room)
      })
    },
    show: (member) => showPresence(open.get(member.room.name), member),
    leave(member) {
      backlog.leave(member)
      const room = open.get(member.room.name)
      if (room?.subscribers.delete(member)) goOn(room)
    },
    heard(entries) {
      let own = 0
      for (const entry of entries) {
        if (entry.update === ownInFlight[own]?.update) {
          own++
          continue
        }
        rooms.heard(entry)
        const room = open.get(entry.room)
        if (room) fanOut(room, entry.update, undefined, vectorBefore(rooms.peek(entry.room), [entry.update]))
      }
    },
    async settled() {
      const pending = () => [flying, ...[...open.values()].map(({ away }) => away)].filter((one) => one !== undefined)
      for (fly(); pending().length > 0; fly()) await Promise.all(pending())
    },
    peek(name) {
      const room = open.get(name)
      return room?.turn || room?.away ? undefined : rooms.peek(name)
    },
    openRooms: () => open.size,
  }
  return turns
}

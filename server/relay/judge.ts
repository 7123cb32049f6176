/**
 * What becomes of each frame that waits in a room, decided in order against what is known so far. Nothing is sent and
 * nothing stored here: the turn does that with the outcomes, once the disk has what they say.
 */
import { bytesWith, type Fullness } from './fullness.ts'
import { judgeUpdate, type News } from './gaps.ts'
import type { Keys } from './keys.ts'
import { isOver, type Limits, type No } from './limits.ts'
import { frameBytes, type Member, type SyncFrame } from './peer.ts'
import { isCountDue, isTangled, tanglesOfUpdate } from './tangles.ts'
import { addNews, bytesOf, type RoomState } from './rooms.ts'

export interface Task {
  readonly member: Member
  /** `join`: greet the member, at every good token. `ask`: for what was put off. `resync`: send what was left out. */
  readonly frame: SyncFrame | 'join' | 'ask' | 'resync'
  /** Came faster than it may. */
  readonly late?: boolean
}

/** `statuses`: how many changes the provider counts are answered by it; none for a step 2 that a repair asked for. */
export type Outcome =
  | { readonly kind: 'greet'; readonly member: Member }
  | { readonly kind: 'ask'; readonly member: Member }
  | { readonly kind: 'resync'; readonly member: Member }
  | { readonly kind: 'answer'; readonly member: Member; readonly vector: Uint8Array; readonly late: boolean }
  | { readonly kind: 'news'; readonly member: Member; readonly news: News; readonly statuses: number }
  | { readonly kind: 'known'; readonly member: Member; readonly statuses: number }
  | { readonly kind: 'refuse'; readonly member: Member; readonly no: No; readonly statuses: number }

export interface JudgeDeps {
  readonly limits: Limits
  readonly keys: Keys
  readonly fullness: Fullness
}

export function judgeTask(
  { member, frame, late = false }: Task,
  state: RoomState,
  deps: JudgeDeps,
): readonly Outcome[] {
  if (frame === 'join') return [{ kind: 'greet', member }]
  if (frame === 'resync') return [{ kind: 'resync', member }]
  if (frame === 'ask') return askOnce(member)
  if (frame.kind === 'step-1') return [{ kind: 'answer', member, vector: frame.vector, late }]
  const why = frame.kind === 'step-2' ? member.asked.shift() : undefined
  const isRepair = why === 'repair'
  let statuses = isRepair ? 0 : 1
  if (why) statuses += takeOwed(member) // it holds all that was sent before it
  const outcome = late
    ? putOff(member, statuses, ['too-many-updates', paceOf(deps.limits)])
    : judgeWrite(member, frame.update, state, deps, { statuses, mayAsk: !isRepair })
  return isRepair ? [...outcome, ...judgeHeld(member, state, deps)] : outcome
}

/** Its frame waits no more. */
export function release({ member, frame }: Task): void {
  if (typeof frame === 'string') return
  member.peer.waitingFrames--
  member.peer.waitingBytes -= frameBytes(frame)
}

/** Whether it is answered with what is in the room. */
export const asksForBytes = ({ member, frame }: Task): boolean =>
  member.rights.read && (frame === 'resync' || (typeof frame !== 'string' && frame.kind === 'step-1'))

/** Whether judging it may take the room's bytes: so near to a limit it is weighed. Too often is right too. */
export function mayWeigh({ member, frame }: Task, state: RoomState, { limits, keys }: JudgeDeps): boolean {
  if (typeof frame === 'string' || frame.kind === 'step-1' || frame.update.length <= emptyUpdate) return false
  const bytes = frame.update.length + heldBytes(member)
  if (isCountDue(state, limits.tanglesPerRoom, bytes / leastBranchBytes)) return true
  const growth = 2 * bytes // cut at a known clock, an update may even grow
  return isOver(limits.roomBytes, state.size + growth) || (!!member.key && keys.isNearlyFull(member.key, growth))
}

const emptyUpdate = 2
const leastBranchBytes = 5 // what it is, an id, a letter

const paceOf = ({ socketUpdatesPerSecond, keyUpdatesPerSecond }: Limits): string =>
  `at most ${socketUpdatesPerSecond} updates a second of a socket and ${keyUpdatesPerSecond} of a key`

/** The repair has come: what was held fits now, or never will. */
function judgeHeld(member: Member, state: RoomState, deps: JudgeDeps): readonly Outcome[] {
  member.repairing = false
  return member.held
    .splice(0)
    .flatMap((update) => judgeWrite(member, update, state, deps, { statuses: 1, mayAsk: false }))
}

interface Manner {
  readonly statuses: number
  readonly mayAsk: boolean
}

function judgeWrite(
  member: Member,
  update: Uint8Array,
  state: RoomState,
  deps: JudgeDeps,
  { statuses, mayAsk }: Manner,
): readonly Outcome[] {
  const refuse = (no: No): readonly Outcome[] => [{ kind: 'refuse', member, no, statuses }]
  const most = deps.limits.tanglesPerRoom
  const judgement = judgeUpdate(update, state, most > 0 ? tanglesOfUpdate(most) : Infinity)
  if (judgement.kind === 'bad') return refuse(['bad-update', judgement.detail])
  if (judgement.kind === 'tangled') return refuse(['tangled', judgement.detail])
  if (judgement.kind === 'known') return [{ kind: 'known', member, statuses }]
  if (!member.rights.write) return refuse([member.closed ?? 'read-only', ''])
  const bits = member.key ? deps.keys.proofBits(member.key) : 0
  if (bits > 0) return putOff(member, statuses, ['proof-of-work', `${bits} zero bits before the first write of a key`])
  if (judgement.kind === 'gap') {
    if (!mayAsk || heldBytes(member) + update.length > mostHeld) return refuse(['gap', judgement.detail])
    return hold(member, update)
  }
  const { news } = judgement
  const problem = overLimit(member, news, state, deps)
  if (problem) return refuse(problem)
  addNews(state, news)
  deps.fullness.stored(state, news)
  if (member.key) deps.keys.stored(member.key, news.update.length)
  return [{ kind: 'news', member, news, statuses }]
}

const mostHeld = 4 * 1024 * 1024
const heldBytes = (member: Member): number => member.held.reduce((sum, update) => sum + update.length, 0)

/** Kept back, neither stored nor acknowledged; the first of them asks the client for what is missing. */
function hold(member: Member, update: Uint8Array): readonly Outcome[] {
  member.held.push(new Uint8Array(update))
  return askOnce(member)
}

function askOnce(member: Member): readonly Outcome[] {
  if (member.repairing) return []
  member.repairing = true
  return [{ kind: 'ask', member }]
}

/** Not kept: the client has it and is asked for it when it may be written, and then its status follows. Said once. */
function putOff(member: Member, statuses: number, no: No): readonly Outcome[] {
  const isTold = member.owedFor === no[0]
  member.owed += statuses
  member.owedFor = no[0]
  return isTold ? [] : [{ kind: 'refuse', member, no, statuses: 0 }]
}

function takeOwed(member: Member): number {
  const { owed } = member
  member.owed = 0
  member.owedFor = undefined
  return owed
}

/** An update that only deletes always passes. */
function overLimit(member: Member, news: News, state: RoomState, deps: JudgeDeps): No | undefined {
  const { limits, keys, fullness } = deps
  if (news.vector.size === 0) return undefined
  const newcomers = [...news.vector.keys()].filter((client) => !state.vector.has(client)).length
  if (newcomers > 0 && isOver(limits.clientsPerRoom, state.vector.size + newcomers))
    return ['too-many-clients', `at most ${limits.clientsPerRoom} client ids in a room`]
  const exactGrowth = () => bytesWith(state, news) - state.size
  if (isTangled(state, limits.tanglesPerRoom, () => bytesOf(state), news))
    return ['tangled', `at most ${limits.tanglesPerRoom} values at taken places in a room`]
  const own = member.key && keys.problemOf(member.key, member.peer.network, news.update.length, exactGrowth)
  return own ?? fullness.problemOf(state, news)
}

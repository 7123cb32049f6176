/**
 * What becomes of each frame that waits in a room, decided in order against what is known so far. Nothing is sent and
 * nothing stored here: the turn does that with the outcomes, once the disk has what they say.
 */
import type { RefusalCode } from '#domain/protocol.ts'
import { judgeUpdate, type News } from './gaps.ts'
import { isOver, type Limits } from './limits.ts'
import type { Member, SyncFrame } from './peer.ts'
import type { RoomState } from './rooms.ts'

export interface Task {
  readonly member: Member
  /** `join`: greet the member; told at every good token. */
  readonly frame: SyncFrame | 'join'
}

/** `counted`: the provider waits for a sync status. It does not for a step 2 that a repair asked for. */
export type Outcome =
  | { readonly kind: 'greet'; readonly member: Member }
  | { readonly kind: 'answer'; readonly member: Member; readonly vector: Uint8Array }
  | { readonly kind: 'news'; readonly member: Member; readonly news: News; readonly counted: boolean }
  | { readonly kind: 'known'; readonly member: Member; readonly counted: boolean }
  | { readonly kind: 'ask'; readonly member: Member }
  | {
      readonly kind: 'refuse'
      readonly member: Member
      readonly code: RefusalCode
      readonly detail: string
      readonly counted: boolean
    }

export function judgeTask({ member, frame }: Task, state: RoomState, limits: Limits): readonly Outcome[] {
  if (frame === 'join') return [{ kind: 'greet', member }]
  if (frame.kind === 'step-1') return [{ kind: 'answer', member, vector: frame.vector }]
  const isRepair = frame.kind === 'step-2' && member.asked.shift() === 'repair'
  const outcome = judgeWrite(member, frame.update, state, limits, { counted: !isRepair, mayAsk: !isRepair })
  return isRepair ? [...outcome, ...judgeHeld(member, state, limits)] : outcome
}

/** The repair has come: what was held fits now, or never will. */
function judgeHeld(member: Member, state: RoomState, limits: Limits): readonly Outcome[] {
  member.repairing = false
  return member.held
    .splice(0)
    .flatMap((update) => judgeWrite(member, update, state, limits, { counted: true, mayAsk: false }))
}

interface Manner {
  readonly counted: boolean
  readonly mayAsk: boolean
}

function judgeWrite(
  member: Member,
  update: Uint8Array,
  state: RoomState,
  limits: Limits,
  { counted, mayAsk }: Manner,
): readonly Outcome[] {
  const refuse = (code: RefusalCode, detail: string): readonly Outcome[] => [
    { kind: 'refuse', member, code, detail, counted },
  ]
  const judgement = judgeUpdate(update, state)
  if (judgement.kind === 'bad') return refuse('bad-update', judgement.detail)
  if (judgement.kind === 'known') return [{ kind: 'known', member, counted }]
  if (!member.rights.write) return refuse('read-only', '')
  if (judgement.kind === 'gap') {
    if (!mayAsk || heldBytes(member) + update.length > mostHeld) return refuse('gap', judgement.detail)
    return hold(member, update)
  }
  const problem = overLimit(judgement.news, state, limits)
  if (problem) return refuse(...problem)
  state.add(judgement.news)
  return [{ kind: 'news', member, news: judgement.news, counted }]
}

const mostHeld = 4 * 1024 * 1024
const heldBytes = (member: Member): number => member.held.reduce((sum, update) => sum + update.length, 0)

/** Kept back, neither stored nor acknowledged; the first of them asks the client for what is missing. */
function hold(member: Member, update: Uint8Array): readonly Outcome[] {
  member.held.push(new Uint8Array(update))
  if (member.repairing) return []
  member.repairing = true
  return [{ kind: 'ask', member }]
}

/** An update that only deletes always passes. */
function overLimit(news: News, state: RoomState, limits: Limits): readonly [RefusalCode, string] | undefined {
  const newcomers = [...news.vector.keys()].filter((client) => !state.vector.has(client)).length
  if (newcomers > 0 && isOver(limits.clientsPerRoom, state.vector.size + newcomers)) {
    return ['too-many-clients', `at most ${limits.clientsPerRoom}`]
  }
  const grows = news.vector.size > 0
  if (!grows || !isOver(limits.roomBytes, state.size() + news.update.length)) return undefined
  const exact = state.bytes().length + news.update.length // merging may have shrunk it
  return isOver(limits.roomBytes, exact) ? ['room-full', `at most ${limits.roomBytes} bytes`] : undefined
}

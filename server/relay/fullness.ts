/**
 * Whether a room has space for what is new. The merged bytes are counted first, which costs nothing; only a room that is
 * full by them is weighed by what is alive in it, since what was deleted goes with the next compaction.
 */
import type { News } from './gaps.ts'
import { isOver, type Limits, type No } from './limits.ts'
import { addRange, type Ranges } from './ranges.ts'
import { bytesOf, type RoomState } from './rooms.ts'
import { liveBytes } from './weight.ts'

export interface Fullness {
  /** What shrinks the room always passes. */
  problemOf(state: RoomState, news: News): No | undefined
  stored(state: RoomState, news: News): void
}

interface Weighing {
  readonly at: number
  /** Alive by then, and sent since. */
  readonly live: number
  added: number
}

/** Two megabytes take some 20 ms to weigh; nobody may keep the relay at that, so it rests for five times as long. */
const restMsOf = (bytes: number): number => Math.floor(bytes / (512 * 1024)) * 25

export function createFullness(limits: Limits, now: () => number): Fullness {
  const weighings = new WeakMap<RoomState, Weighing>()
  const most = limits.roomBytes
  const no: No = ['room-full', `at most ${most} bytes in a room`]

  const weigh = (state: RoomState): Weighing => {
    const weighing = { at: now(), live: liveBytes(bytesOf(state), state.deleted), added: 0 }
    weighings.set(state, weighing)
    return weighing
  }
  const fits = (weighing: Weighing, bytes: number) => !isOver(most, weighing.live + weighing.added + bytes)

  return {
    problemOf(state, news) {
      const bytes = news.update.length
      if (!isOver(most, state.size + bytes)) return undefined
      const last = weighings.get(state)
      if (last && fits(last, bytes)) return undefined
      if (!isOver(most, bytesOf(state).length + bytes)) return undefined // merging may have shrunk it
      if (last && now() - last.at < restMsOf(state.size)) return no
      const before = weigh(state)
      if (fits(before, bytes)) return undefined
      const after = news.deleted.length > 0 ? bytesWith(state, news) : before.live + bytes
      return isOver(most, after) && after >= before.live ? no : undefined
    },
    stored(state, news) {
      const weighing = weighings.get(state)
      if (weighing) weighing.added += news.update.length
    },
  }
}

/** What would be alive in the room with the news in it. */
export function bytesWith(state: RoomState, news: News): number {
  const deleted: Ranges = new Map([...state.deleted].map(([client, ranges]) => [client, [...ranges]]))
  for (const [client, range] of news.deleted) addRange(deleted, client, range)
  return liveBytes(bytesOf(state), deleted) + news.update.length
}

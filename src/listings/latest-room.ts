/** The live side of a list of newest lines: an ear for its room, and the lines anew when something has changed there. */
import type { Line } from '#domain/entry.ts'
import { tagOf } from '#domain/newest.ts'
import { minuteMs } from '#domain/time.ts'
import { pageClock, type Clock } from '#src/sync/clock.ts'
import { listenTo } from '#src/sync/ear.ts'

export interface LatestNews {
  readonly lines: readonly Line[]
  /** Whether the portal has spoken, so that a line nobody saw before is really new. */
  readonly live: boolean
  readonly now: number
}
export interface Served {
  /** What the server put into the page. */
  readonly lines: readonly Line[]
  /** The relay's clock when the page was rendered, ms: what counts for a device whose own clock was never compared with it. */
  readonly at: number
}
export interface LatestDeps {
  readonly listen: (heard: (why: 'joined' | 'changed') => void) => () => void
  /** The lines as they are now; undefined where they still are those with this tag. Rejects without a network. */
  readonly ask: (tag: string) => Promise<readonly Line[] | undefined>
  readonly clock: Pick<Clock, 'now' | 'known'>
}

const crowdMs = 1_500 // all who listen hear of a change at the same moment
const againMs = 10_000

/** Tells at once, at every change and every minute. Returns how to stop. @param room `latest/all` or `latest/<category>` */
export function watchLatest(
  room: string,
  served: Served,
  tell: (news: LatestNews) => void,
  { listen, ask, clock }: LatestDeps = depsOf(room),
): () => void {
  let { lines } = served
  let live = false
  let asking: ReturnType<typeof setTimeout> | undefined
  const show = () => {
    const now = clock.known() ? clock.now() : served.at
    tell({ lines: lines.filter(({ until }) => until >= now), live, now })
  }
  const look = async () => {
    try {
      lines = (await ask(tagOf(lines))) ?? lines
      live = true
      show()
    } catch (error) {
      if (!(error instanceof TypeError)) lookIn(againMs) // without a network the ear joins again later, and asks then
    }
  }
  const lookIn = (ms: number) => {
    clearTimeout(asking)
    asking = setTimeout(() => void look(), ms)
  }
  show()
  const stop = listen((why) => lookIn(why === 'joined' ? 0 : Math.random() * crowdMs))
  const aging = setInterval(show, minuteMs)
  return () => {
    stop()
    clearInterval(aging)
    clearTimeout(asking)
  }
}

const depsOf = (room: string): LatestDeps => ({
  clock: pageClock,
  async ask(tag) {
    const answer = await fetch(`/${room}`, { headers: { 'If-None-Match': tag } })
    if (answer.status === 304 || answer.status === 404) return undefined // 404: nothing was ever published here
    if (!answer.ok) throw new Error(`status ${answer.status}`)
    return (await answer.json()) as readonly Line[] // of the portal itself, as the lines in the page are
  },
  listen: (heard) => listenTo(room, heard),
})

/** The live side of a list of newest lines. Loaded when the page is idle, and with it the session and the schema. */
import { createEffect, createRoot, createSignal, onCleanup } from 'solid-js'
import { Line } from '#domain/entry.ts'
import { minuteMs } from '#domain/time.ts'
import { openSession, type OpenRoom, type Session } from '#src/sync/session.ts'
import { latestLines, type LatestView } from './latest-lines.ts'

export interface LatestNews {
  readonly lines: readonly Line[]
  /** Whether the relay has spoken, so that a line nobody saw before is really new. */
  readonly live: boolean
  readonly now: number
}
export interface Served extends Pick<LatestView, 'served' | 'limit'> {
  /** The relay's clock when the page was rendered, ms: what counts for a device whose own clock was never compared with it. */
  readonly at: number
}

/** Tells at once, at every change and every minute. Returns how to stop. @param name `latest/all` or `latest/<category>` */
export async function watchLatest(
  name: string,
  view: Served,
  heard: (news: LatestNews) => void,
  session: Session = openSession(),
): Promise<() => void> {
  const room = await session.room(name)
  return createRoot((dispose) => {
    const lines = createLines(room)
    const clock = () => (session.clockKnown() ? session.now() : view.at)
    const [now, setNow] = createSignal(clock())
    const timer = setInterval(() => setNow(clock()), minuteMs)
    onCleanup(() => clearInterval(timer))
    onCleanup(() => room.release())
    createEffect(() => {
      const live = room.synced()
      if (live) setNow(clock()) // the relay has said what time it is
      // before, this browser's copy may be days old, and the page is newer
      heard({ lines: latestLines({ ...view, heard: live ? lines() : undefined, now: now() }), live, now: now() })
    })
    return dispose
  })
}

function createLines({ doc }: OpenRoom) {
  const map = doc.getMap<string>('lines')
  const read = () => [...map.values()].flatMap((json) => lineIn(json) ?? [])
  const [lines, setLines] = createSignal<readonly Line[]>(read())
  const changed = () => setLines(read())
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return lines
}

function lineIn(json: string): Line | undefined {
  try {
    return Line.safeParse(JSON.parse(json)).data
  } catch {
    return undefined // one bad line does not take the others with it
  }
}

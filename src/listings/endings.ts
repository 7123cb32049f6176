/**
 * Notices that a listing of mine ends: the map `endings` of the private workspace, listing → `<renewedAt> <step> <told or seen>`. It
 * travels, so that no step of a listing's time is told twice on any device; a renewal begins a new time.
 */
import { createSignal, onMount, type Accessor } from 'solid-js'
import { endingSteps, endingStepOf, isPast, nextLookAt, type Ending, type EndingStep } from '#domain/ending.ts'
import { readFresh, writeFresh, type Fresh } from '#src/sync/fresh.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import type { OwnListing } from './own-listings.ts'

export interface EndingsDeps {
  readonly session: Pick<Session, 'me' | 'clockKnown'>
  /** Of the town. */
  readonly zone: string
  readonly listings: Accessor<readonly OwnListing[]>
  /** Solid accessor: ms, the relay's time as far as it is known. */
  readonly now: Accessor<number>
}
type Me = Pick<OpenRoom, 'doc'>

export type Ends = Pick<Fresh, 'due' | 'look'>

export interface Endings {
  /** The workspace, once it is open. */
  readonly me: Accessor<Me | undefined>
  stepOf(own: OwnListing): EndingStep | undefined
  /** What is to be told now: none twice. From then on it is told. */
  tell(me: Me): readonly { readonly own: OwnListing; readonly step: EndingStep }[]
  /** Their author looks at them; what every page has to know from then on. */
  seen(me: Me): Ends
  ends(me: Me): Ends
}

/** Call it where Solid has an owner. */
export function createEndings({ session, zone, listings, now }: EndingsDeps): Endings {
  const [me, setMe] = createSignal<Me>()
  onMount(() => void session.me().then(setMe, () => undefined)) // its code did not come: nothing is marked as seen
  /** A clock that was never compared with the relay's tells nothing. */
  const stepOf = (own: OwnListing) =>
    own.progress.step === 'published' && session.clockKnown() ? endingStepOf(endingOf(own), now(), zone) : undefined
  const due = () =>
    listings().flatMap((own) => {
      const step = stepOf(own)
      return step ? [{ own, step }] : []
    })
  const unseen = (map: Marks) => due().filter(({ own, step }) => !isMarked(map, own, step, 'seen'))
  const ends = (at: Me): Ends => {
    const looks = listings().flatMap((own) => nextLookAt(endingOf(own), now()) ?? [])
    return { due: unseen(marksIn(at)).length, look: looks.length > 0 ? Math.min(...looks) : null }
  }
  const mark = (at: Me, as: 'told' | 'seen', found: ReturnType<typeof due>) => {
    const map = marksIn(at)
    if (found.length > 0)
      at.doc.transact(() => {
        for (const { own, step } of found) map.set(own.id, `${own.span.renewedAt} ${step} ${as}`)
      })
    return found
  }
  return {
    me,
    stepOf,
    tell: (at) => mark(at, 'told', due().filter(({ own, step }) => !isMarked(marksIn(at), own, step, 'told'))), // prettier-ignore
    seen(at) {
      mark(at, 'seen', unseen(marksIn(at)))
      return ends(at)
    },
    ends,
  }
}

/** Of a listing that was published on another page than that of one's own: pages know from then on when to look. */
export function rememberEnd(own: OwnListing, now: number): void {
  const { look } = readFresh()
  const next = nextLookAt(endingOf(own), now)
  if (next !== undefined && (look === null || next < look)) writeFresh({ look: next })
}

const endingOf = ({ span, body }: OwnListing): Ending => ({ ...span, state: body.state })
type Marks = ReturnType<typeof marksIn>
const marksIn = ({ doc }: Me) => doc.getMap<string>('endings')

/** What was seen was told too. */
function isMarked(map: Marks, { id, span }: OwnListing, step: EndingStep, as: 'told' | 'seen'): boolean {
  const [renewedAt, of, how] = (map.get(id) ?? '').split(' ')
  const known = endingSteps.find((one) => one === of)
  return Number(renewedAt) === span.renewedAt && !!known && isPast(known, step) && (as === 'told' || how === 'seen')
}

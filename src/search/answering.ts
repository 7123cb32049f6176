/** The worker's inside, without the worker: an edition and its wire, questions in order, the newest one answered. */
import type { Town } from '#domain/listing.ts'
import { defaultLocale, type Locale } from '#domain/locale.ts'
import { smallTownBytes as standardSmallTown } from '#domain/whole.ts'
import type { Asked } from './asked.ts'
import { search } from './engine.ts'
import { createEditionFiles, type FilesDeps } from './files.ts'
import { createLibrary } from './library.ts'
import { match } from './match.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { createPacking } from './packing.ts'

export interface AnsweringDeps extends Pick<FilesDeps, 'fetch' | 'cache'> {
  readonly town: Town
  readonly post: (message: FromWorker) => void
  /** This device's clock, ms: it only paces. */
  readonly now?: () => number
  /** Ids that moderators have hidden, as far as this device can know. */
  readonly hidden?: () => Promise<ReadonlySet<string>>
  /** A town that weighs no more than this is kept whole without being asked. */
  readonly smallTownBytes?: number
  readonly later?: (job: () => void, ms: number) => void
}

const lookPauseMs = 5_000

export function createAnswering({
  town,
  post,
  fetch,
  cache,
  now = Date.now,
  hidden: loadHidden = async () => new Set(),
  smallTownBytes = standardSmallTown,
  later = (job, ms) => void setTimeout(job, ms),
}: AnsweringDeps): {
  tell(message: ToWorker): Promise<void>
} {
  let locale: Locale = defaultLocale
  let standing = new AbortController()
  let hidden: Promise<ReadonlySet<string>> = Promise.resolve(new Set())
  let lastLook = Number.NEGATIVE_INFINITY
  const files = createEditionFiles({ fetch, cache, onStale: () => void lookAgain() })
  const library = createLibrary({
    town,
    files,
    locale: () => locale,
    onLoaded: (edition) => post({ kind: 'edition', edition }),
    onBare() {
      const isPreparing = files.isPreparing()
      post({ kind: 'bare', isPreparing })
      if (isPreparing) later(() => void library.look(), lookPauseMs)
    },
    onInForce: (edition) => {
      post({ kind: 'in-force', edition })
      void tellPack()
    },
    onChanged: () => post({ kind: 'changed' }),
    async whenWhole(pointer, then) {
      const isKept = (await files.pack()) !== undefined
      if (!isKept) return then()
      await packing.keep(pointer, then)
    },
  })
  const packing = createPacking(files, library.pointer, (pack) => post({ kind: 'pack', pack }))

  /** A file that is gone says that there is a newer edition; once in a while is enough. */
  const lookAgain = async () => {
    if (now() - lastLook < lookPauseMs) return
    lastLook = now()
    await library.look()
  }
  const tellPack = async () => {
    const pack = await packing.state()
    post({ kind: 'pack', pack })
    const pointer = library.pointer()
    const isSmall = pointer !== undefined && pointer.bytes <= smallTownBytes
    const isOld = pack.kind === 'kept' && !pack.isCurrent
    const isWanted = isSmall && pack.kind === 'none' && !(await files.isDeclined())
    if (pointer && (isWanted || isOld)) await packing.keep(pointer)
  }
  const answer = async (n: number, question: Asked) => {
    const asked = { ...question, hidden: await hidden } // before anything that it may say is shown
    const [before, { signal }] = [standing, (standing = new AbortController())]
    locale = asked.locale
    const collection = library.collection()
    const searching = collection && search(asked, collection, signal)
    before.abort() // now that this question waits too for what both want
    if (library.isOwing()) void lookAgain()
    if (!searching) return
    const { found, facets } = await searching
    if (signal.aborted) return // somebody typed on
    post({ kind: 'answer', n, found })
    const category = town.categories.find(({ id }) => id === asked.chips?.category)
    const counted = asked.facets ? await facets(category) : undefined
    if (counted && !signal.aborted) post({ kind: 'facets', n, facets: counted })
  }
  return {
    async tell(message) {
      if (message.kind === 'look') {
        hidden = loadHidden()
        await library.look()
      } else if (message.kind === 'wire') library.hear(message.edition, message.changed)
      else if (message.kind === 'ask') await answer(message.n, message.asked)
      else if (message.kind === 'match') {
        const collection = library.collection()
        if (!collection) return
        const gone = await hidden
        const searches = message.matching.searches.map((asked) => ({ ...asked, hidden: gone }))
        const matched = await match({ ...message.matching, searches }, message.asker, collection)
        const listings = matched.listings.filter(({ id }) => !gone.has(id))
        post({ kind: 'matched', n: message.n, matched: { ...matched, listings } })
      } else if (message.kind === 'stop') await packing.stop()
      else if (message.kind === 'let-go') await packing.letGo()
      else {
        const pointer = library.pointer()
        if (pointer) await packing.keep(pointer)
      }
    },
  }
}

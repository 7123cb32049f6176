/** The worker's inside, without the worker: an edition and its wire, questions in order, the newest one answered. */
import type { Town } from '#domain/listing.ts'
import { defaultLocale, type Locale } from '#domain/locale.ts'
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
  /** A town that weighs no more than this is kept whole without being asked. */
  readonly smallTownBytes?: number
}

const standardSmallTown = 400_000

export function createAnswering({ town, post, fetch, cache, smallTownBytes = standardSmallTown }: AnsweringDeps): {
  tell(message: ToWorker): Promise<void>
} {
  let locale: Locale = defaultLocale
  let newest = 0
  let lastLook = 0
  const files = createEditionFiles({ fetch, cache, onStale: () => void lookAgain() })
  const library = createLibrary({
    town,
    files,
    locale: () => locale,
    onLoaded: (edition) => post({ kind: 'edition', edition }),
    onBare: () => post({ kind: 'bare' }),
    onInForce: (edition) => {
      post({ kind: 'in-force', edition })
      void tellPack()
    },
    onChanged: () => post({ kind: 'changed' }),
  })
  const packing = createPacking(files, library.pointer, (pack) => post({ kind: 'pack', pack }))

  /** A file that is gone says that there is a newer edition; once a while is enough. */
  const lookAgain = async () => {
    if (Date.now() - lastLook < 5_000) return
    lastLook = Date.now()
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
  const answer = async (n: number, asked: Asked) => {
    newest = n
    locale = asked.locale
    const collection = library.collection()
    if (!collection) return
    const { found, facets } = await search(asked, collection)
    if (n !== newest) return // somebody typed on
    post({ kind: 'answer', n, found })
    if (!asked.facets) return
    const counted = await facets()
    if (n === newest) post({ kind: 'facets', n, facets: counted })
  }
  return {
    async tell(message) {
      if (message.kind === 'look') await library.look()
      else if (message.kind === 'wire') library.hear(message.edition, message.changed)
      else if (message.kind === 'ask') await answer(message.n, message.asked)
      else if (message.kind === 'match') {
        const collection = library.collection()
        if (!collection) return
        const matched = await match(message.matching, message.asker, collection)
        post({ kind: 'matched', n: message.n, matched })
      } else if (message.kind === 'stop') await packing.stop()
      else if (message.kind === 'let-go') await packing.letGo()
      else {
        const pointer = library.pointer()
        if (pointer) await packing.keep(pointer)
      }
    },
  }
}

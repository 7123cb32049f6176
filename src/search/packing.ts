/** Keeps a whole town on this device: every file of the edition in force, a few at a time; a pack that is there stays until the new one is whole. */
import { segmentsOf, type Pointer } from '#domain/edition.ts'
import { cardsInPage, type Directory } from '#domain/segment.ts'
import { smallTownBytes } from '#domain/whole.ts'
import type { EditionFiles } from './files.ts'
import type { PackState } from './messages.ts'

const atOnce = 8

export interface Packing {
  state(): Promise<PackState>
  /** @param whole called once every file is here, before those of the pack until now go */
  keep(pointer: Pointer, whole?: () => void): Promise<void>
  /** What was fetched so far stays for the next time. */
  stop(): Promise<void>
  letGo(): Promise<void>
}

export function createPacking(
  files: EditionFiles,
  pointer: () => Pointer | undefined,
  tell: (state: PackState) => void,
): Packing {
  let round = 0
  const state = async (): Promise<PackState> => {
    const pack = await files.pack()
    const newest = pointer()
    if (!pack) return { kind: 'none', bytes: newest?.bytes }
    const isCurrent = newest === undefined || newest.edition === pack.pointer.edition
    return { kind: 'kept', bytes: pack.bytes, at: pack.pointer.printedAt, isCurrent }
  }
  return {
    state,
    async keep(wanted, whole = () => undefined) {
      const mine = ++round
      const paths = await pathsOf(wanted, files)
      const { bytes } = wanted
      let done = 0
      let failed = paths === undefined
      const queue = [...(paths ?? [])]
      const all = queue.length
      const worker = async () => {
        for (let path = queue.pop(); path !== undefined && !failed && mine === round; path = queue.pop()) {
          if (!(await files.keep(path))) failed = true
          done++
          if (done % 8 === 0) tell({ kind: 'keeping', done, all, bytes })
        }
      }
      tell({ kind: 'keeping', done, all, bytes })
      if (bytes <= smallTownBytes) await Promise.all(segmentsOf(wanted).map(files.keepWhole)) // what did not come so comes one by one
      await Promise.all(Array.from({ length: atOnce }, worker))
      if (mine !== round) return // another was asked for, or it was let go
      if (failed) return tell({ kind: 'failed', bytes })
      whole()
      await files.settle({ pointer: wanted, bytes })
      tell(await state())
    },
    async stop() {
      round++
      tell(await state())
    },
    async letGo() {
      round++
      await files.letGo()
      tell(await state())
    },
  }
}

/** Every file of base and delta; undefined when a directory cannot be had. */
async function pathsOf(pointer: Pointer, files: EditionFiles): Promise<readonly string[] | undefined> {
  const all = await Promise.all(
    segmentsOf(pointer).map(async (name) => {
      const directory = await files.directory(name)
      return directory && pathsIn(name, directory)
    }),
  )
  return all.every((paths) => paths !== undefined) ? all.flat() : undefined
}

function pathsIn(name: string, { count, chunks, columns }: Directory): readonly string[] {
  const numbered = (kind: string, n: number) => Array.from({ length: n }, (_, i) => `/${kind}/${name}/${i}`)
  return [
    ...numbered('t', chunks.length),
    ...numbered('cards', Math.ceil(count / cardsInPage)),
    ...numbered('cols', columns.length),
  ]
}

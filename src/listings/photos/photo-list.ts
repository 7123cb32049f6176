/** The photos of the form: added one after the other, moved, removed and brought back. What is refused is told by name, and nothing else is lost. */
import { batch, createMemo, createSignal, type Accessor } from 'solid-js'
import { mostPhotos, type Photo } from '#domain/photo.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'
import { photosIn, photosText } from '../photo-values.ts'
import { shrink, type PhotoFault } from './shrink.ts'

export type FileFault = PhotoFault | 'twice' | 'too-many' | 'not-kept'
export interface RefusedFile {
  readonly name: string
  readonly fault: FileFault
}

export interface PhotoListDeps {
  /** The form's text of photos. */
  readonly text: Accessor<string | undefined>
  readonly set: (text: string) => void
  readonly now: () => number
}

export function createPhotoList({ text, set, now }: PhotoListDeps) {
  const photos = createMemo(() => photosIn(text()))
  const [refused, setRefused] = createSignal<readonly RefusedFile[]>([])
  const [working, setWorking] = createSignal(0)
  const [removed, setRemoved] = createSignal<{ readonly photo: Photo; readonly at: number }>()
  let last: Promise<void> = Promise.resolve()

  const write = (next: readonly Photo[]): void => set(photosText(next))
  const addOne = async (file: File): Promise<FileFault | undefined> => {
    if (photos().length >= mostPhotos) return 'too-many'
    const shrunk = await shrink(file)
    if (!shrunk.ok) return shrunk.error
    const { photo, bytes } = shrunk.value
    if (photos().some(({ hash }) => hash === photo.hash)) return 'twice'
    const store = await openPhotoStore()
    const known = await store.get(photo.hash)
    const kept = known ?? { hash: photo.hash, bytes, type: photo.type, at: now() }
    if (!known && !(await store.put(kept)).ok) return 'not-kept'
    if (photos().length >= mostPhotos) return 'too-many' // another tab was quicker
    write([...photos(), photo])
    return undefined
  }
  const add = async (file: File): Promise<void> => {
    const fault = await addOne(file).catch((): FileFault => 'unreadable')
    batch(() => {
      setWorking((n) => n - 1)
      if (fault) setRefused((before) => [...before, { name: file.name || '…', fault }])
    })
  }
  return {
    photos,
    refused,
    /** Solid accessor: how many are still being made smaller. */
    working,
    removed,
    add(files: readonly File[]): void {
      batch(() => {
        setRefused([])
        setWorking((n) => n + files.length)
      })
      for (const file of files) last = last.then(() => add(file)) // one at a time: each is large while it is open
    },
    forgive: () => setRefused([]),
    /** Puts one photo at the place of another. */
    move(from: number, to: number): void {
      const next = [...photos()]
      const [photo] = next.splice(from, 1)
      if (!photo || to < 0 || to > next.length) return
      next.splice(to, 0, photo)
      write(next)
    },
    remove(at: number): void {
      const photo = photos()[at]
      if (!photo) return
      batch(() => {
        setRemoved({ photo, at })
        write(photos().filter((one) => one !== photo))
      })
    },
    undo(): void {
      const back = removed()
      if (!back || photos().length >= mostPhotos) return
      batch(() => {
        const next = [...photos()]
        next.splice(back.at, 0, back.photo)
        setRemoved(undefined)
        write(next)
      })
    },
    /** Resolves when all that was chosen has been taken or refused. */
    settled: () => last,
  }
}
export type PhotoList = ReturnType<typeof createPhotoList>

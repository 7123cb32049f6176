/** What every blob store promises. A new store runs this suite with an opener of its own. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BlobStore } from '../../server/stores/store.ts'

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text))

/** @param open a store on nothing @param reopen the same store, as the next process finds it */
export function blobStoreContract(
  name: string,
  { open, reopen, close }: { open: () => BlobStore; reopen: () => BlobStore; close: () => void },
): void {
  describe(`blob store: ${name}`, () => {
    const [one, two] = [bytesOf('one'), bytesOf('two')]
    const [first, second] = [hashOf(one), hashOf(two)]
    let store: BlobStore
    const all = async () => (await Array.fromAsync(store.all())).sort((a, b) => a.at - b.at)
    beforeEach(() => void (store = open()))
    afterEach(close)

    it('knows nothing of what was never put', async () => {
      expect([await store.read(first), await store.stat(first), await all()]).toEqual([undefined, undefined, []])
      expect(await store.readMade(first, 'w320')).toBeUndefined()
      await store.remove(first)
      await store.touch(first, 5)
    })

    it('gives back the bytes, their length and when they came, to the next process too', async () => {
      expect(await store.put(first, one, 1000)).toEqual({ ok: true, value: undefined })
      await store.put(second, two, 2000)
      store = reopen()
      expect(new Uint8Array((await store.read(first))!)).toEqual(one)
      expect(await store.stat(first)).toEqual({ bytes: 3, at: 1000 })
      expect(await all()).toEqual([
        { hash: first, bytes: 3, at: 1000 },
        { hash: second, bytes: 3, at: 2000 },
      ])
    })

    it('takes no bytes under another name, and no name that is none', async () => {
      await expect(store.put(second, one, 1000)).rejects.toThrow('named by its bytes')
      await expect(store.read('../../etc/passwd')).rejects.toThrow()
      expect(await all()).toEqual([])
    })

    it('a second time is the same blob, with its newer time', async () => {
      await store.put(first, one, 1000)
      await store.put(first, one, 3000)
      expect(await all()).toEqual([{ hash: first, bytes: 3, at: 3000 }])
      await store.touch(first, 4000)
      expect((await store.stat(first))?.at).toBe(4000)
    })

    it('what was made of a blob lies beside it, is no blob itself, and goes with it', async () => {
      await store.put(first, one, 1000)
      await store.putMade(first, 'w320', two, 2000)
      await store.put(second, two, 1000)
      expect(new Uint8Array((await store.readMade(first, 'w320'))!)).toEqual(two)
      expect((await all()).length).toBe(2)
      await store.remove(first)
      expect([await store.read(first), await store.readMade(first, 'w320')]).toEqual([undefined, undefined])
      expect((await all()).map(({ hash }) => hash)).toEqual([second])
    })

    it('keeps nothing that was made of a blob which has gone meanwhile', async () => {
      await store.putMade(first, 'w320', two, 2000)
      expect(await store.readMade(first, 'w320')).toBeUndefined()
    })

    it('two who put one blob at once leave one whole blob', async () => {
      await Promise.all(Array.from({ length: 8 }, (_, i) => store.put(first, one, 1000 + i)))
      expect((await all()).map(({ hash }) => hash)).toEqual([first])
      expect(new Uint8Array((await store.read(first))!)).toEqual(one)
    })
  })
}

/** The blob store there is, under the contract; and what lies in its folder. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBlobFolder } from '../../server/stores/blob-folder.ts'
import { blobStoreContract, hashOf } from '../contract/blob-store.ts'

let folder = ''
blobStoreContract('folder', {
  open: () => createBlobFolder((folder = mkdtempSync(join(tmpdir(), 'blobs-')))),
  reopen: () => createBlobFolder(folder),
  close: () => rmSync(folder, { recursive: true, force: true }),
})

it('a crash in the middle of a write leaves no blob, only a part that is none', async () => {
  const here = mkdtempSync(join(tmpdir(), 'blobs-'))
  const bytes = Buffer.from('half')
  const hash = hashOf(bytes)
  mkdirSync(join(here, hash.slice(0, 2)))
  writeFileSync(join(here, hash.slice(0, 2), `${hash}.part7-0`), bytes.subarray(0, 2))
  const store = createBlobFolder(here)
  expect(await store.stat(hash)).toBeUndefined()
  expect(await Array.fromAsync(store.all())).toEqual([])
  await store.put(hash, bytes, 1)
  expect(await store.stat(hash)).toEqual({ bytes: 4, at: 1 })
  await store.remove(hash)
  expect(readdirSync(join(here, hash.slice(0, 2)))).toEqual([])
  rmSync(here, { recursive: true })
})

it('a disk that says no is a value, not a throw', async () => {
  const here = mkdtempSync(join(tmpdir(), 'blobs-'))
  writeFileSync(join(here, 'file'), '')
  const bytes = Buffer.from('x')
  const put = await createBlobFolder(join(here, 'file')).put(hashOf(bytes), bytes, 1)
  expect(put).toMatchObject({ ok: false, error: { kind: 'storage' } })
  rmSync(here, { recursive: true })
})

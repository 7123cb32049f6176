/** Photos beside a backup: copied once, brought back where they are missing, and nothing else is. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { backUpBlobs, restoreBlobs } from '../../server/blob-backup.ts'
import { createBlobFolder } from '../../server/stores/blob-folder.ts'
import { hashOf } from '../contract/blob-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'backup-photos-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a backup has every photo once, and a restore puts back what is missing', async () => {
  const [dataDir, backups, elsewhere] = ['data', 'backups', 'new'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(backups)
  const store = createBlobFolder(join(dataDir, 'blobs'))
  const [one, two] = [Buffer.from('one'), Buffer.from('two')]
  await store.put(hashOf(one), one, 1000)
  await store.putMade(hashOf(one), 'w320', two, 1000)
  expect(backUpBlobs(dataDir, join(backups, 'monday.sqlite'), 5_000)).toBe(1) // not what was made of it
  await store.put(hashOf(two), two, 2000)
  await store.remove(hashOf(one))
  expect(backUpBlobs(dataDir, join(backups, 'tuesday.sqlite'), 90_000)).toBe(1)
  const seenAt = (hash: string) => statSync(join(backups, 'blobs', hash.slice(0, 2), hash)).mtimeMs
  expect([seenAt(hashOf(one)), seenAt(hashOf(two))]).toEqual([5_000, 90_000]) // which tells what has been gone for how long

  expect(restoreBlobs(elsewhere, join(backups, 'tuesday.sqlite'), 99_000)).toBe(2)
  const restored = createBlobFolder(join(elsewhere, 'blobs'))
  expect(Buffer.from((await restored.read(hashOf(two)))!)).toEqual(two)
  expect(restoreBlobs(elsewhere, join(backups, 'tuesday.sqlite'), 99_000)).toBe(0)
  expect(
    readdirSync(join(elsewhere, 'blobs'), { recursive: true }).filter((name) => String(name).includes('.')),
  ).toEqual([])
})

it('a portal without photos backs up and comes back', () => {
  expect(backUpBlobs(join(folder, 'none'), join(folder, 'x.sqlite'), 1)).toBe(0)
  expect(restoreBlobs(join(folder, 'none'), join(folder, 'none-at-all', 'x.sqlite'), 1)).toBe(0)
})

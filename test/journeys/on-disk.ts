/** What lies on the two disks, as bytes: in a browser's IndexedDB, and in the folder of the portal. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Which of these words lie in any row of any room that this browser keeps; its key has a database of its own. */
export const wordsInBrowser = (page: Page, words: readonly string[]): Promise<readonly string[]> =>
  page.evaluate(async (sought) => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    let rows = ''
    for (const { name = '' } of await indexedDB.databases()) {
      if (name === 'xxg-keys') continue
      const db = await asked(indexedDB.open(name))
      for (const store of db.objectStoreNames)
        for (const row of await asked(db.transaction(store).objectStore(store).getAll()))
          rows += row instanceof Uint8Array ? new TextDecoder().decode(row) : JSON.stringify(row)
      db.close()
    }
    return sought.filter((word) => rows.includes(word))
  }, words)

export function wordsOnRelay(folder: string, words: readonly string[]): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  return words.filter((word) => bytes.some((file) => file.includes(word)))
}

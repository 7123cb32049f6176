/** What the portal tells moderators alone, and what of it this browser keeps for the time without a network. */
import { signedHeaders } from '#src/sync/signed-headers.ts'

export type Told = 'loading' | 'ready' | 'offline' | 'stranger' | 'failed'

export async function fetchSigned<T>(path: string): Promise<T | 'offline' | 'stranger' | 'failed'> {
  try {
    const response = await fetch(path, { headers: await signedHeaders('person') })
    if (response.status === 403) return 'stranger'
    return response.ok ? ((await response.json()) as T) : 'failed'
  } catch {
    return 'offline'
  }
}

/** Beside the rooms: nothing of it ever leaves this device. */
export function createKept<T>(key: string) {
  return {
    read(): T | undefined {
      try {
        return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? undefined // only we write it
      } catch {
        return undefined
      }
    },
    write(value: T | undefined): void {
      try {
        if (value === undefined) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(value))
      } catch {
        // full or closed: this page still has it
      }
    },
  }
}

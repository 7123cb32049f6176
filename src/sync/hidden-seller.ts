/** Whether this device leaves out what a key publishes. Lists ask it with every page, so it is small; `mirror.ts` writes what it reads. */
import { endOfDid } from '#domain/hidden-seller.ts'
import { hiddenStyleKey } from '#src/ui/hidden-key.ts'

export function isHiddenSeller(did: string): boolean {
  try {
    return localStorage.getItem(hiddenStyleKey)?.includes(`"${endOfDid(did)}"`) ?? false
  } catch {
    return false // storage is blocked: nothing is hidden
  }
}

/** Asks the server for a contact and checks what comes back against what the poster signed. Loaded at the tap. */
import * as z from 'zod/mini'
import { HeldContact, matchesCommitment, type Contact } from '#domain/contact.ts'
import { err, ok, type Result } from '#domain/result.ts'

export type ContactFault = 'over' | 'none' | 'too-many' | 'offline' | 'mismatch' | 'failed'

export interface CheckedContact {
  readonly contact: Contact
  /** False only where the browser cannot check: a page that is not on a secure connection. */
  readonly isChecked: boolean
}

const Problem = z.object({ kind: z.string() })
// prettier-ignore
const faults: Readonly<Record<string, ContactFault>> = {
  'over': 'over', 'no-contact': 'none', 'not-found': 'none', 'too-many': 'too-many',
}

/** @param commitment from the signed record */
export async function askContact(
  address: string,
  commitment: string,
  ask: typeof fetch = fetch,
): Promise<Result<CheckedContact, ContactFault>> {
  const response = await ask(address, { method: 'POST', headers: { Accept: 'application/json' } }).catch(
    () => undefined,
  )
  if (!response) return err('offline')
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) return err(faults[Problem.safeParse(answer).data?.kind ?? ''] ?? 'failed')
  const held = HeldContact.safeParse(answer)
  if (!held.success) return err('failed')
  if (!globalThis.crypto?.subtle) return ok({ contact: held.data.contact, isChecked: false })
  const genuine = await matchesCommitment(held.data, commitment)
  return genuine ? ok({ contact: held.data.contact, isChecked: true }) : err('mismatch')
}

/** A contact room's slots, parsed. What does not parse is told to its author under the rule `contact-form`; nothing here is journalled. */
import { fromBase64url } from '#domain/bytes.ts'
import { commitmentOf, HeldContact, isContact } from '#domain/contact.ts'
import type { Notice } from '#domain/notice.ts'
import { isRecordId } from '#domain/record.ts'
import type { HeldContactRow } from '../stores/store.ts'
import { idOfSlot, type Slot } from './slots.ts'

export interface ContactRoom {
  readonly rows: readonly HeldContactRow[]
  readonly refused: readonly Notice[]
}

export async function readContacts(slots: readonly Slot[], at: number): Promise<ContactRoom> {
  const read = await Promise.all(slots.map(async (slot) => ({ slot, row: await rowOf(slot) })))
  return {
    rows: read.flatMap(({ row }) => row ?? []),
    refused: read.flatMap(({ slot, row }) => (row ? [] : [refusalOf(slot, at)])).slice(0, mostRefused),
  }
}

const mostRefused = 20

async function rowOf({ name, value }: Slot): Promise<HeldContactRow | undefined> {
  const id = idOfSlot(name)
  const held = HeldContact.safeParse(jsonOf(value))
  if (id === undefined || !held.success || !isContact(held.data.contact)) return undefined
  if (!fromBase64url(held.data.key)) return undefined // 22 letters that are not the one spelling of 16 bytes
  return { slot: name, id, held: held.data, commitment: await commitmentOf(held.data) }
}

function jsonOf(value: unknown): unknown {
  try {
    return typeof value === 'string' && value.length < 1000 ? JSON.parse(value) : undefined
  } catch {
    return undefined
  }
}

function refusalOf({ name, hash }: Slot, at: number): Notice {
  const id = idOfSlot(name)
  return {
    id: id !== undefined && isRecordId(id) ? id : null,
    kind: null,
    hash,
    verdict: 'refused',
    refusals: [{ rule: 'contact-form', field: 'contact' }],
    at,
  }
}

/** A thread is a listing, the other person, and which of my keys speaks with him. */
import type { Did, KeyUse } from '#domain/identity.ts'
import type { RecordId } from '#domain/record.ts'

export interface ThreadName {
  readonly use: KeyUse
  readonly listing: RecordId
  readonly with: Did
}

export const threadKeyOf = ({ use, listing, with: other }: ThreadName): string => `${use}/${listing}/${other}`

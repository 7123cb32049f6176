/** A thread is a listing, the other person, and which of my keys speaks with him. */
import { isDid, type Did, type KeyUse } from '#domain/identity.ts'
import { isRecordId, type RecordId } from '#domain/record.ts'

export interface ThreadName {
  readonly use: KeyUse
  readonly listing: RecordId
  readonly with: Did
}

export const threadKeyOf = ({ use, listing, with: other }: ThreadName): string => `${use}/${listing}/${other}`

export function threadIn(key: string): ThreadName | undefined {
  const [use, listing = '', other = '', ...more] = key.split('/')
  if ((use !== 'person' && use !== 'friends') || !isRecordId(listing) || !isDid(other) || more.length > 0)
    return undefined
  return { use, listing, with: other }
}

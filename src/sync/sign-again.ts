/**
 * A clock that ran ahead is no fault of the author: what was refused for it is signed once more, without asking. The time is that of
 * the relay's receipt, which stands in its notice, so it does not matter whether this device knows the right time by now.
 */
import { createEffect, type Accessor } from 'solid-js'
import type { Signer } from '#domain/identity.ts'
import type { Notice } from '#domain/notice.ts'
import { seal, type OpenRecord } from '#domain/record.ts'
import type { Slots } from './own-shelf.ts'

interface SignAgainDeps {
  readonly device: string
  readonly slots: Accessor<Slots>
  readonly notices: Accessor<ReadonlyMap<string, Notice>>
  again(mine: OpenRecord, notice: Notice): void
}

/** Once for each revision. Call it where Solid has an owner. */
export function signAgainOnClock({ device, slots, notices, again }: SignAgainDeps): void {
  const tried = new Set<string>()
  createEffect(() => {
    for (const found of slots().values()) {
      const mine = found.find((slot) => slot.device === device)?.record
      const notice = mine && notices().get(mine.hash)
      if (!notice || tried.has(mine.hash) || notice.at >= mine.envelope.updatedAt) continue
      if (!notice.refusals.some(({ rule }) => rule === 'clock')) continue
      tried.add(mine.hash)
      again(mine, notice)
    }
  })
}

/**
 * The same words at the right time. A revision on top of the refused one, though its times lie before it: the relay may remember
 * the refused one as this slot's newest. Two tabs that do it sign the same bytes.
 */
export const signedAt = (signer: Signer, { envelope, hash }: OpenRecord, now: number): Promise<OpenRecord> =>
  seal(signer, {
    ...envelope,
    rev: envelope.rev + 1,
    prev: envelope.prev ?? hash, // what the refused one stood on, or no other device could tell that this one does
    createdAt: Math.min(envelope.createdAt, now),
    updatedAt: now,
    renewedAt: Math.min(envelope.renewedAt, now),
    body: onTime(envelope, now),
  })

/** A length of time that was given with a wrong clock is given from the right one. */
const onTime = ({ kind, body, updatedAt }: OpenRecord['envelope'], now: number) => {
  const until = kind === 'delegation' ? Number(body['until']) : Number.NaN
  return Number.isInteger(until) ? { ...body, until: until - (updatedAt - now) } : body
}

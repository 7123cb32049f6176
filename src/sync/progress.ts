/**
 * How far a listing of mine has come. Everything is read from documents (my shelf, my inbox) and from two facts about them
 * (in IndexedDB, on the relay's disk), so a reload or another page tells the same.
 */
import type { Notice } from '#domain/notice.ts'
import { compareRevisions, rankOf, winnerOf, type OpenRecord } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Slot } from './own-rooms.ts'

export const steps = ['draft', 'saved', 'stored', 'published', 'refused'] as const
export type Step = (typeof steps)[number]

export interface Progress {
  readonly step: Step
  readonly refusals: readonly Refusal[]
}

/** A verdict comes only after the relay had the record on its disk, so it stands above what this page knows by itself. */
export function progressOf(
  notice: Notice | undefined,
  { isSaved, isStored }: { readonly isSaved: boolean; readonly isStored: boolean },
): Progress {
  if (notice?.verdict === 'published') return { step: 'published', refusals: [] }
  if (notice?.verdict === 'superseded') return { step: 'refused', refusals: [{ rule: 'superseded' }] }
  if (notice) return { step: 'refused', refusals: notice.refusals }
  return { step: isStored ? 'stored' : isSaved ? 'saved' : 'draft', refusals: [] }
}

/** Two versions of one listing that do not know of each other: `counts` is the one everybody sees. */
export interface Choice {
  readonly mine: OpenRecord
  readonly counts: OpenRecord
}
export interface Standing {
  /** The version to show: the greatest that was not refused, or this device's own even when it was. */
  readonly shown: OpenRecord
  readonly choice: Choice | undefined
}

/** @param device this device's part of slot names */
export function standingOf(
  slots: readonly Slot[],
  device: string,
  notices: ReadonlyMap<string, Notice>,
): Standing | undefined {
  const mine = slots.find((slot) => slot.device === device)?.record
  const isRefused = ({ hash }: OpenRecord) => notices.get(hash)?.verdict === 'refused'
  const shown = winnerOf(slots.map(({ record }) => record).filter((record) => record === mine || !isRefused(record)))
  if (!shown) return undefined
  const lost = mine && mine.hash !== shown.hash && (isFork(mine, shown) || wasBeaten(notices.get(mine.hash)))
  return { shown, choice: lost ? { mine, counts: shown } : undefined }
}

/** A revision that was made on top of `mine` has a greater number, and the very next one names it. */
const isFork = (mine: OpenRecord, winner: OpenRecord): boolean => {
  const ahead = winner.envelope.rev - mine.envelope.rev
  return (
    compareRevisions(rankOf(winner), rankOf(mine)) > 0 &&
    (ahead < 1 || (ahead === 1 && winner.envelope.prev !== mine.hash))
  )
}

const wasBeaten = (notice: Notice | undefined): boolean =>
  notice?.verdict === 'superseded' ||
  (notice?.verdict === 'refused' && notice.refusals.some(({ rule }) => rule === 'older-revision'))

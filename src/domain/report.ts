/** Reports: what readers tell the moderators of a listing or a guide. One for each key (or network) and subject; not public. */
import * as z from 'zod/mini'
import type { HouseRuleId } from './label.ts'
import { lengthOf, tidied } from './plain-text.ts'
import { dayMs } from './time.ts'

/** `objection` is the poster's own, against what was decided. */
export const reportReasons = ['illegal', 'fraud', 'false', 'category', 'duplicate', 'contact', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** The house rule that a reason speaks of; moderators may choose another. */
// prettier-ignore
export const ruleOfReason: Readonly<Record<ReportReason, HouseRuleId>> = {
  illegal: 'HR-5', fraud: 'HR-4', false: 'HR-4', category: 'HR-1', duplicate: 'HR-3', contact: 'HR-2', other: 'HR-8',
}

export const mostReportText = 500
/** Of the whole form, whatever it says. */
export const mostReportBytes = 16 * 1024

/** What a form says; `too-long` names the limit, and the form keeps what was typed. */
export const ReportForm = z.object({
  reason: z.enum([...reportReasons, 'objection']),
  text: z.pipe(
    z.prefault(z.string(), ''),
    z.pipe(
      z.transform((text: string) => tidied(text, 'many')),
      z.string().check(z.refine((text) => lengthOf(text) <= mostReportText, { error: 'too-long' })),
    ),
  ),
})
export type ReportForm = z.infer<typeof ReportForm>

/** What the portal knows of a key that reports: since when it is here, and how much of what it published stands. */
export interface ReporterRecord {
  readonly since: number | undefined
  readonly clean: number
  readonly hidden: number
}

/**
 * How much a report counts: a network without a key or a new key 1, a key of a week with something published 2, of a month with
 * more of it 3; nothing but 1 for whose own things are hidden. A thousand reports by one key are one report.
 */
export function weightOf({ since, clean, hidden }: ReporterRecord, now: number): number {
  if (since === undefined || hidden > 0) return 1
  const days = (now - since) / dayMs
  if (days >= 30 && clean >= 3) return 3
  return days >= 7 && clean >= 1 ? 2 : 1
}

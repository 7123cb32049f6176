/** What a moderator's queue holds, as `GET /moderation/queue` tells it. */
import type { Decision, Subject } from './label.ts'
import type { ReportForm } from './report.ts'

export interface QueueReport extends ReportForm {
  readonly at: number
  /** 0 for an objection: it is no report. */
  readonly weight: number
}
export interface QueueItem {
  readonly subject: Subject
  readonly author: string
  readonly title: string
  readonly text: string
  readonly category: string | undefined
  readonly isHidden: boolean
  /** Of all that were reported since the last decision. */
  readonly weight: number
  readonly count: number
  /** Objections first, then the oldest. */
  readonly reports: readonly QueueReport[]
  /** The last one, whatever it was. */
  readonly decision: Decision | undefined
  /** Hidden, and changed by its poster since. */
  readonly isChanged: boolean
}
export interface QueuePage {
  /** ms */
  readonly at: number
  /** The heaviest first. */
  readonly items: readonly QueueItem[]
  readonly more: number
}

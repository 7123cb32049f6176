/** What a batch leaves to be shown: gathered while its records are judged, written to the rooms once at its end. */
import type { Did } from '#domain/identity.ts'
import type { Notice } from '#domain/notice.ts'
import type { Changed, Labelled } from '../stores/store.ts'
import type { Finding } from './finding.ts'
import type { Showing } from './showing.ts'

export interface Effects {
  tell(did: Did, notice: Notice): void
  show(changed: Changed): void
  write(showing: Showing, finding: Finding, now: number): void
}

export function createEffects(): Effects {
  const notices = new Map<Did, Notice[]>()
  const ids = new Set<string>()
  const touched = new Set<string>()
  const labels: Labelled[] = []
  return {
    tell: (did, notice) => void notices.set(did, [...(notices.get(did) ?? []), notice]),
    show({ found, categories, labelled }) {
      if (labelled) labels.push(labelled)
      for (const id of found) ids.add(id)
      for (const category of categories) touched.add(category)
    },
    write(showing, finding, now) {
      if (ids.size > 0) {
        showing.latest(touched, now)
        showing.wire([...ids], now)
        finding.changed(ids, now)
      }
      if (labels.length > 0) showing.labels(labels, now)
      for (const [did, told] of notices) showing.notices(did, told, now)
    },
  }
}

/** On the page of all decisions: whether the log still has everything that this browser has seen in it. Offline nothing is said. */
import { isWhole, labelLogPath, type LogHead, type LogLine } from '#domain/label-log.ts'
import { loadHidden } from '#src/sync/labels.ts'

/** The last link that was checked here. */
const seenKey = 'xxg/label-log'

export async function startLogCheck(place: HTMLElement | null): Promise<void> {
  const hidden = await loadHidden()
  const log = await fetch(labelLogPath, { cache: 'no-cache' })
    .then(async (answer) => (answer.ok ? ((await answer.json()) as readonly LogLine[]) : undefined)) // only the portal writes it
    .catch(() => undefined)
  if (!place || !hidden || !log) return
  const isAll = await isWhole(log, [...seen(), hidden.log])
  if (isAll) remember(hidden.log)
  for (const text of place.querySelectorAll<HTMLElement>('[data-whole]'))
    text.hidden = text.dataset['whole'] !== String(isAll)
}

function seen(): readonly LogHead[] {
  try {
    const text = localStorage.getItem(seenKey)
    return text ? [JSON.parse(text) as LogHead] : [] // only we write it
  } catch {
    return [] // storage is blocked: it is checked against the portal's own word alone
  }
}

function remember(head: LogHead): void {
  try {
    localStorage.setItem(seenKey, JSON.stringify(head))
  } catch {
    // blocked or full: the next check has less to go by
  }
}

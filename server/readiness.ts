/** Whether people should be sent here now, and if not, why. Asked by /readyz; a balancer or an alarm reads it. */
import type { Unready } from '#domain/operator.ts'
import type { DiskGauge } from './disk.ts'
import type { Writer } from './stores/writer.ts'

export interface Readiness {
  reasons(): Promise<readonly Unready[]>
  started(): void
  draining(): void
  lost(detail: string): void
}

export interface ReadinessDeps {
  readonly disk: Pick<DiskGauge, 'freeBytes' | 'floorBytes'>
  readonly health: Writer['health']
}

export function createReadiness({ disk, health }: ReadinessDeps): Readiness {
  let phase: Unready | undefined = { reason: 'starting', detail: '' }
  return {
    async reasons() {
      const found = health()
      const storage: readonly Unready[] = found.ok ? [] : [{ reason: 'storage', detail: firstLine(found.reason) }]
      return [...(phase ? [phase] : []), ...storage, ...(await lowDisk(disk))]
    },
    started: () => (phase = undefined),
    draining: () => (phase ??= { reason: 'draining', detail: '' }),
    lost: (detail) => (phase = { reason: 'writer-lost', detail: firstLine(detail) }),
  }
}

/** Everybody may ask, so where in the program it happened stays in the log. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

async function lowDisk({ freeBytes, floorBytes }: ReadinessDeps['disk']): Promise<readonly Unready[]> {
  if (floorBytes === 0) return []
  const free = await freeBytes()
  if (free === undefined) return [{ reason: 'storage', detail: 'the data folder does not answer' }]
  return free < floorBytes ? [{ reason: 'disk-low', detail: `${free} bytes free, the floor is ${floorBytes}` }] : []
}

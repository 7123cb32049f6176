/** Clients of a load: joined as the provider joins, and from then on all ears. */
import { dial, type RawSocket } from './raw-socket.ts'
import { heard, type Heard } from './reading.ts'

export interface Joined {
  readonly socket: RawSocket
  /** From now on every frame comes here. */
  listen(onFrame: (kind: Heard, message: Buffer) => void): void
}

/** Resolves when the server has answered step 1, has asked back, and has acknowledged what it was told. */
export async function joined(url: string, join: Buffer, stepTwo: Buffer, writes: boolean): Promise<Joined> {
  let onFrame = (_kind: Heard, _message: Buffer): void => undefined
  const socket = await dial(url, (message) => onFrame(heard(message), message))
  await new Promise<void>((resolve, reject) => {
    const waits = new Set<Heard>(writes ? ['synced', 'stored'] : ['synced'])
    onFrame = (kind) => {
      if (kind === 'asked' && writes) socket.send(stepTwo)
      if (kind === 'denied') reject(new Error('denied'))
      waits.delete(kind)
      if (waits.size === 0) resolve()
    }
    void socket.closed.then(() => reject(new Error('closed at the join')))
    socket.send(join)
  })
  onFrame = () => undefined
  return { socket, listen: (listener) => void (onFrame = listener) }
}

/** `work` on every item, so many at a time, in order. */
export async function each<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const run = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  return results
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

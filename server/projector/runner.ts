/** Runs batches one after the other until none is left, and lets the thread's other work through between them. */
import { setImmediate } from 'node:timers/promises'

export interface RunnerDeps<Batch> {
  /** Once, before the first batch. */
  start(): void
  /** An empty batch means there is nothing to do. */
  prepareNext(): Promise<readonly Batch[]>
  commit(batch: readonly Batch[]): void
  /** What only a fault of the disk or of this program can cause; the next wake tries again. */
  failed(thrown: unknown): void
}
export interface Runner {
  wake(): void
  settled(): Promise<void>
  stop(): void
}

export function createRunner<Batch>({ start, prepareNext, commit, failed }: RunnerDeps<Batch>): Runner {
  const state: { running?: Promise<void> | undefined; again: boolean; started: boolean; stopped: boolean } = {
    again: false,
    started: false,
    stopped: false,
  }

  const run = async () => {
    try {
      if (!state.started) start()
      state.started = true
      for (let busy = true; busy && !state.stopped;) {
        state.again = false
        const batch = await prepareNext()
        if (state.stopped) return // the connection may be closed by now
        if (batch.length > 0) commit(batch)
        busy = batch.length > 0 || state.again
        if (busy) await setImmediate()
        else state.running = undefined // in the same breath as the last look at `again`, so that no wake is lost
      }
    } catch (thrown) {
      state.running = undefined
      if (!state.stopped) failed(thrown)
    }
  }
  const wake = () => {
    state.again = true
    if (!state.stopped) state.running ??= Promise.resolve().then(run)
  }
  return {
    wake,
    async settled() {
      wake()
      while (state.running) await state.running
    },
    stop() {
      state.stopped = true
    },
  }
}

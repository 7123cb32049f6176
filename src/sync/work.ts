/** The proof of work of a first write, made in a worker so that nobody's typing waits for it. */

const answers = new Map<string, Promise<string | undefined>>()

/** Each challenge is worked on once, and the rooms of a key share it: undefined for all who ask later. */
export function workOf(challenge: string, bits: number): Promise<string | undefined> {
  if (answers.has(challenge)) return Promise.resolve(undefined)
  const answer = solveApart(challenge, bits)
  answers.set(challenge, answer)
  void answer.then((nonce) => nonce ?? answers.delete(challenge)) // the worker did not come: the next asking tries again
  return answer
}

export interface WorkToDo {
  readonly challenge: string
  readonly bits: number
}

const solveApart = (challenge: string, bits: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./work-worker.ts', import.meta.url), { type: 'module' })
    const end = (nonce: string | undefined): void => {
      worker.terminate()
      resolve(nonce)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => end(data))
    worker.addEventListener('error', () => end(undefined))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    worker.postMessage({ challenge, bits } satisfies WorkToDo)
  })

/** Work on pictures, one at a time for the whole server: previews, and photos that come or are made smaller. */
export interface PictureQueue {
  run<T>(work: () => Promise<T>): Promise<T>
  /** How many wait, the one at work included. */
  length(): number
}

export function createPictureQueue(): PictureQueue {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    run(work) {
      waiting++
      const made = last.then(work).finally(() => waiting--)
      last = made.catch(() => undefined)
      return made
    },
    length: () => waiting,
  }
}

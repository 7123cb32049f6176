/** What the relay says with the close code 1012, so that after a restart browsers do not come back all at once. */
const soonestBackMs = 1000
const betweenBackMs = 5 // two hundred sockets a second
const latestBackMs = 30_000

/** The reason of a close with 1012. @param at how many sockets were told before this one: they are not to come back all at once */
export const restartingReason = (at: number): string =>
  `restarting ${Math.min(soonestBackMs + at * betweenBackMs, latestBackMs)}`

/** How long a browser stays away after a close, in ms; undefined when the close does not say. */
export function restartingDelay(code: number, reason: string): number | undefined {
  const [, delay] = (code === 1012 && /^restarting (\d{1,5})$/.exec(reason)) || []
  return delay === undefined ? undefined : Math.min(Number(delay), latestBackMs)
}

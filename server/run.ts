/** The life of the server process: the environment is read, the portal opened, and drained when a signal comes or nothing more can be stored. */
import type { Result } from '#domain/result.ts'
import { readConfig, type Config } from './config.ts'
import type { Portal, PortalFault } from './portal.ts'

const root = new URL('..', import.meta.url).pathname
const mostDrainMs = 10_000

/** What cannot go on says why in one line and ends. */
function stop(detail: string): never {
  console.error(detail)
  process.exit(1)
}

export async function runPortal(
  open: (config: Config, root: string) => Promise<Result<Portal, PortalFault>>,
): Promise<void> {
  const config = readConfig(process.env)
  if (!config.ok) stop(config.error.lines.join('\n'))
  const opened = await open(config.value, root)
  if (!opened.ok) stop(opened.error.detail)
  const portal = opened.value
  const end = endOnce(portal)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0))
  void portal.lost.then((reason) => (console.error(reason), end(1)))
  console.log(`${portal.name}: ${portal.origins[0]}`)
}

/** A second signal or ten seconds end it all the same. */
function endOnce(portal: Portal): (code: number) => void {
  let ending = false
  return (code) => {
    if (ending) process.exit(1)
    ending = true
    setTimeout(() => process.exit(1), mostDrainMs).unref()
    void portal.drain().then(
      () => process.exit(code),
      (thrown: unknown) => stop(String(thrown)),
    )
  }
}

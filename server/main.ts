/** The server: the portal with the site that was built. */
import { join } from 'node:path'
import { readStamp, stampOf } from './build/stamp.ts'
import { openPortal } from './portal.ts'
import { runPortal } from './run.ts'

await runPortal(async (config, root) => {
  const dist = join(root, 'dist')
  const portal = await openPortal(config, { dist, content: join(root, 'content') })
  const [built, wanted] = [readStamp(dist)?.stamp, stampOf(config)]
  if (portal.ok && built !== undefined && built !== wanted)
    console.error(`The site was built for "${built}", not for "${wanted}": run npm run build with this environment.`)
  return portal
})

/** The server: the portal with the site that was built. */
import { join } from 'node:path'
import { readStamp, stampOf } from './build/stamp.ts'
import { openPortal } from './portal.ts'
import { runPortal } from './run.ts'

await runPortal((config, root) => {
  const dist = join(root, 'dist')
  const built = readStamp(dist)?.stamp
  if (built !== undefined && built !== stampOf(config))
    console.error(
      `The site was built for "${built}", not for "${stampOf(config)}": its pages name another address. Run npm run build with this environment.`,
    )
  return openPortal(config, { dist, content: join(root, 'content') })
})

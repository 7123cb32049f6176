/** The server: the portal with the site that was built. */
import { join } from 'node:path'
import { openPortal } from './portal.ts'
import { runPortal } from './run.ts'

await runPortal((config, root) => openPortal(config, { dist: join(root, 'dist'), content: join(root, 'content') }))

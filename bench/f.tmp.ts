import { materialOf } from './search/material.ts'
import { fillFolder } from './search/town-folder.ts'
import { createAuthors } from './search/records.ts'
const n = Number(process.argv[2]); const now = Math.floor(Date.now()/3.6e6)*3.6e6
const { listings } = materialOf(n, 1, now)
const t = performance.now(); await fillFolder(process.argv[3]!, listings, createAuthors(n)); console.log(n, 'filled', Math.round(performance.now()-t))

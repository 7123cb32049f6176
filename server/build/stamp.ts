/** What a build was made for: the town, and the address that is printed into its pages (canonical, hreflang, codes on paper). */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

const pathIn = (dist: string): string => join(dist, 'built-for.txt')

export const stampOf = ({ portal, origin = '' }: Pick<Config, 'portal' | 'origin'>): string =>
  `${portal} ${origin}`.trim()

/** @returns what the build in this folder was made for and when (ms), or undefined where none was finished */
export function readStamp(dist: string): { readonly stamp: string; readonly at: number } | undefined {
  const path = pathIn(dist)
  if (!existsSync(path)) return undefined
  return { stamp: readFileSync(path, 'utf8').trim(), at: statSync(path).mtimeMs }
}

/** A build that is cut off is none. */
export const dropStamp = (dist: string): void => rmSync(pathIn(dist), { force: true })

export const writeStamp = (dist: string, stamp: string): void => writeFileSync(pathIn(dist), `${stamp}\n`)

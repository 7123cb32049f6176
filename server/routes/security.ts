/**
 * The headers of every answer. Scripts and styles are files of ours; the few lines that wake the islands stand in the pages
 * and are allowed by their hashes, which the build writes down (server/build/inline-hashes.ts). Nothing is ever evaluated,
 * and no style stands in an attribute.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

export const InlineHashes = z.strictObject({ scripts: z.array(z.string()), styles: z.array(z.string()) })
export type InlineHashes = z.infer<typeof InlineHashes>
export const inlineHashesFile = 'inline-hashes.json'

/** @throws when the build has not written them: a site without them is not whole */
export const readInlineHashes = (dist: string): InlineHashes =>
  InlineHashes.parse(JSON.parse(readFileSync(join(dist, inlineHashesFile), 'utf8')))

/** The headers of the answer at a path. */
export type SecurityHeaders = (path: string) => Readonly<Record<string, string>>

/** Of scripts, styles and pictures of the build: most of a document's headers mean nothing there, and they come with every file. */
const ofAssets = { 'Content-Security-Policy': "default-src 'self'", 'X-Content-Type-Options': 'nosniff' } // the policy is a worker's

/** @param origins where the portal is met: some browsers do not count a WebSocket to one's own host as `'self'` */
export function securityHeaders({ scripts, styles }: InlineHashes, origins: readonly string[]): SecurityHeaders {
  const sockets = origins.filter((origin) => !origin.includes('[')).map((origin) => origin.replace(/^http/, 'ws')) // the syntax knows no IPv6
  const policy: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...scripts],
    'style-src': ["'self'", ...styles],
    'img-src': ["'self'", 'blob:', 'data:'],
    'connect-src': ["'self'", ...sockets],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
  const ofDocuments = {
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, sources]) => [name, ...sources].join(' '))
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  }
  return (path) => (path.startsWith('/_a/') ? ofAssets : ofDocuments)
}

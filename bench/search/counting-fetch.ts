/** `fetch` as the search worker has it, with nothing in any cache, that counts bodies as they came over the wire (brotli where the server has it). */
import { request } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'

export interface Counted {
  readonly fetch: (path: string) => Promise<Response>
  /** Since the last call. */
  taken(): { readonly bytes: number; readonly requests: number }
}

export function createCountingFetch(origin: string): Counted {
  let bytes = 0
  let requests = 0
  return {
    fetch: (path) =>
      new Promise((resolve, reject) => {
        const asked = request(origin + path, { headers: { 'accept-encoding': 'br' } }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () => {
            const body = Buffer.concat(parts)
            bytes += body.length
            requests++
            const whole = answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body
            const status = answer.statusCode ?? 500
            resolve(new Response(status === 204 || status === 304 ? null : new Uint8Array(whole), { status }))
          })
        })
        asked.on('error', reject)
        asked.end()
      }),
    taken() {
      const counted = { bytes, requests }
      bytes = 0
      requests = 0
      return counted
    },
  }
}

/** Has Astro answer a request and holds the answer, so that it can be kept, tagged and compressed before it is sent. */
import { ServerResponse, type OutgoingHttpHeaders } from 'node:http'
import type { HttpBindings } from '@hono/node-server'

export interface Captured {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** @param answer Astro's handler: it fills the response, or calls its `next` where it has no page. @returns undefined then */
export async function capture(
  incoming: HttpBindings['incoming'],
  answer: (response: ServerResponse, next: () => void) => Promise<void>,
): Promise<Captured | undefined> {
  const parts: Buffer[] = []
  const told: Record<string, string> = {}
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk as Uint8Array))
  }
  const tell = (headers: OutgoingHttpHeaders | undefined) => {
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) told[name] = String(value)
  }
  let isAnswered = true
  const whole = Promise.withResolvers<void>()
  const response = new ServerResponse(incoming)
  Object.assign(response, {
    writeHead(status: number, ...rest: readonly unknown[]) {
      response.statusCode = status
      tell(rest.at(-1) as OutgoingHttpHeaders | undefined)
      return response
    },
    write(chunk: unknown, done?: unknown) {
      keep(chunk)
      if (typeof done === 'function') done()
      return true
    },
    end(chunk?: unknown) {
      keep(chunk)
      whole.resolve()
      response.emit('finish')
      return response
    },
    destroy(error?: Error) {
      whole.reject(error ?? new Error('the page broke off'))
      return response
    },
  })
  const answered = answer(response, () => {
    isAnswered = false
    whole.resolve()
  })
  await Promise.all([answered, whole.promise])
  if (!isAnswered) return undefined
  tell(response.getHeaders())
  return { status: response.statusCode, headers: told, body: Buffer.concat(parts) }
}

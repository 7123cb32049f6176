/** Reads the kind of a server's frame from its first bytes, without decoding the rest. */
export type Heard = 'synced' | 'asked' | 'stored' | 'unstored' | 'update' | 'denied' | 'other'

const longName = 0x80 // room names here are shorter than that, so their length is one byte

export function heard(message: Buffer): Heard {
  const length = message[0] ?? 0
  if (message.length < 3 || length >= longName) return 'other'
  const type = message[length + 1]
  const next = message[length + 2]
  if (type === 0 || type === 4) return next === 0 ? 'asked' : next === 1 ? 'synced' : 'update'
  if (type === 8) return next === 1 ? 'stored' : 'unstored'
  return type === 2 && next === 1 ? 'denied' : 'other'
}

export const roomIn = (message: Buffer): string => message.toString('latin1', 1, 1 + (message[0] ?? 0))

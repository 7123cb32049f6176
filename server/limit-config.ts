/** The relay's limits in the environment: one variable each, 0 = none; `LIMITS=off` turns all of them off. */
import { err, ok, type Result } from '#domain/result.ts'
import { blobVariables, noBlobLimits, standardBlobLimits, type BlobLimits } from './blob-limits.ts'
import { createProxies } from './relay/address.ts'
import { noLimits, standardBuffers, standardLimits, type Buffers, type Limits } from './relay/limits.ts'

// prettier-ignore
const variables = {
  FRAME_BYTES_BEFORE_JOIN:  'frameBeforeAuth',
  ROOM_BYTES:               'roomBytes',
  ROOMS_PER_SOCKET:         'roomsPerSocket',
  CLIENT_IDS_PER_ROOM:      'clientsPerRoom',
  TANGLES_PER_ROOM:         'tanglesPerRoom',
  JOIN_MS:                  'unauthenticatedMs',
  TOKEN_GRACE_MS:           'tokenGraceMs',
  WAITING_FRAMES:           'waitingFrames',
  WAITING_BYTES:            'waitingBytes',
  SOCKET_UPDATES_PER_SECOND:'socketUpdatesPerSecond',
  KEY_UPDATES_PER_SECOND:   'keyUpdatesPerSecond',
  SOCKETS_PER_ADDRESS:      'socketsPerAddress',
  NEW_KEYS_PER_HOUR:        'newKeysPerHour',
  NEW_KEY_BYTES:            'newKeyBytes',
  NEWCOMER_BYTES:           'newcomerBytes',
  NEWCOMER_MS:              'newcomerMs',
  PROOF_OF_WORK_BITS:       'proofBits',
  MESSAGES_PER_DAY:         'messagesPerDay',
  NEW_KEY_MESSAGES_PER_DAY: 'newKeyMessagesPerDay',
  MESSAGES_TO_ONE_PER_DAY:  'messagesToOnePerDay',
  INBOX_MESSAGES:           'inboxMessages',
  INBOX_BYTES:              'inboxBytes',
} as const satisfies Record<string, keyof Limits>

// prettier-ignore
const caps = {
  SLOW_READER_BYTES:  'softBytes',
  STUCK_READER_BYTES: 'hardBytes',
} as const satisfies Record<string, keyof Buffers>

export interface LimitConfig {
  readonly limits: Limits
  readonly blobs: BlobLimits
  /** Not turned off by `LIMITS=off`: it is the relay's own memory. */
  readonly buffers: Buffers
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
}
type Env = Readonly<Record<string, string | undefined>>

/** @param diskFloorBytes has a variable of its own, since more than the relay looks at it */
export function readLimits(env: Env, diskFloorBytes: number): Result<LimitConfig, readonly string[]> {
  const trustedProxies = (env['TRUSTED_PROXIES'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const lines = [
    ...faultsOf(
      env,
      [...Object.keys(variables), ...Object.keys(caps), ...Object.keys(blobVariables)],
      isCount,
      'a whole number (0 = no limit)',
    ),
    ...faultsOf(
      env,
      ['PROOF_OF_WORK_BITS'],
      (text) => !isCount(text) || Number(text) <= mostBits,
      `0 to ${mostBits} bits`,
    ),
    ...faultsOf(env, ['LIMITS'], (text) => text === 'on' || text === 'off', 'on | off'),
    ...faultsOf(
      env,
      ['TRUSTED_PROXIES'],
      () => createProxies(trustedProxies) !== undefined,
      'addresses or networks such as 127.0.0.1 ::1 10.0.0.0/8',
    ),
  ]
  if (lines.length > 0) return err(lines)
  const isOff = env['LIMITS'] === 'off'
  const limits = isOff ? noLimits : { ...standardLimits, diskFloorBytes, ...numbersOf(env, variables) }
  const blobs = isOff ? noBlobLimits : { ...standardBlobLimits, ...numbersOf(env, blobVariables) }
  return ok({ limits, blobs, buffers: { ...standardBuffers, ...numbersOf(env, caps) }, trustedProxies })
}

const mostBits = 24 // sixteen million hashes: minutes on a phone
const isCount = (text: string): boolean => /^\d{1,13}$/.test(text)

const faultsOf = (env: Env, names: readonly string[], isRight: (text: string) => boolean, allowed: string) =>
  names.flatMap((name) => {
    const value = env[name]
    return !value || isRight(value) ? [] : [`${name}=${value} is not allowed: ${allowed}`]
  })

const numbersOf = <K extends string>(env: Env, table: Readonly<Record<string, K>>): Partial<Record<K, number>> =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, key]) => (env[name] ? [[key, Number(env[name])]] : [])),
  ) as Partial<Record<K, number>>

import { describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { noLimits, standardBuffers, standardLimits } from '../../server/relay/limits.ts'

const mb = 1024 * 1024
const limitsOf = (env: Record<string, string>) => {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.error.lines.join())
  return read.value
}

describe('the limits in the environment', () => {
  it.each([
    ['PHOTO_BYTES_PER_KEY', 'bytesPerKey'],
    ['PHOTO_BYTES_PER_NETWORK', 'bytesPerNetwork'],
    ['PHOTO_BYTES_UNNAMED', 'unnamedBytes'],
  ] as const)('%s is set, 0 turns it off, and so does LIMITS=off', (name, key) => {
    expect(limitsOf({ [name]: '9' }).blobs).toMatchObject({ [key]: 9 })
    expect(limitsOf({ [name]: '0' }).blobs).toMatchObject({ [key]: 0 })
    expect(limitsOf({ [name]: '9', LIMITS: 'off' }).blobs).toMatchObject({ [key]: 0 })
    expect(readConfig({ [name]: 'much' })).toMatchObject({ ok: false })
  })

  it('are the standard ones, with the floor of the disk beside them', () => {
    const { limits, buffers, trustedProxies } = limitsOf({ DISK_FLOOR_MB: '7' })
    expect(limits).toEqual({ ...standardLimits, diskFloorBytes: 7 * mb })
    expect([buffers, trustedProxies]).toEqual([standardBuffers, []])
  })

  it.each([
    ['FRAME_BYTES_BEFORE_JOIN', 'frameBeforeAuth'],
    ['ROOM_BYTES', 'roomBytes'],
    ['ROOMS_PER_SOCKET', 'roomsPerSocket'],
    ['CLIENT_IDS_PER_ROOM', 'clientsPerRoom'],
    ['TANGLES_PER_ROOM', 'tanglesPerRoom'],
    ['JOIN_MS', 'unauthenticatedMs'],
    ['TOKEN_GRACE_MS', 'tokenGraceMs'],
    ['WAITING_FRAMES', 'waitingFrames'],
    ['WAITING_BYTES', 'waitingBytes'],
    ['SOCKET_UPDATES_PER_SECOND', 'socketUpdatesPerSecond'],
    ['KEY_UPDATES_PER_SECOND', 'keyUpdatesPerSecond'],
    ['SOCKETS_PER_ADDRESS', 'socketsPerAddress'],
    ['NEW_KEYS_PER_HOUR', 'newKeysPerHour'],
    ['NEW_KEY_BYTES', 'newKeyBytes'],
    ['NEWCOMER_BYTES', 'newcomerBytes'],
    ['NEWCOMER_MS', 'newcomerMs'],
    ['PROOF_OF_WORK_BITS', 'proofBits'],
    ['MESSAGES_PER_DAY', 'messagesPerDay'],
    ['NEW_KEY_MESSAGES_PER_DAY', 'newKeyMessagesPerDay'],
    ['MESSAGES_TO_ONE_PER_DAY', 'messagesToOnePerDay'],
    ['INBOX_MESSAGES', 'inboxMessages'],
    ['INBOX_BYTES', 'inboxBytes'],
  ] as const)('%s is set, and 0 turns it off', (name, key) => {
    expect(limitsOf({ [name]: '9' }).limits).toMatchObject({ [key]: 9 })
    expect(limitsOf({ [name]: '0' }).limits).toMatchObject({ [key]: 0 })
  })

  it('LIMITS=off turns all of them off, whatever else is set; not the caps on what one socket leaves unread', () => {
    const { limits, buffers } = limitsOf({
      LIMITS: 'off',
      ROOM_BYTES: '5',
      SLOW_READER_BYTES: '10',
      STUCK_READER_BYTES: '20',
    })
    expect([limits, buffers]).toEqual([noLimits, { softBytes: 10, hardBytes: 20 }])
  })

  it('proxies are addresses and networks', () => {
    expect(limitsOf({ TRUSTED_PROXIES: '127.0.0.1, ::1 10.0.0.0/8' }).trustedProxies).toEqual([
      '127.0.0.1',
      '::1',
      '10.0.0.0/8',
    ])
  })

  it.each([
    ['ROOM_BYTES', '2MB'],
    ['NEW_KEYS_PER_HOUR', '-1'],
    ['PROOF_OF_WORK_BITS', '40'],
    ['LIMITS', 'no'],
    ['TRUSTED_PROXIES', 'my-proxy'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ])('%s=%s is refused with the name, the value and what is allowed', (name, value) => {
    const read = readConfig({ [name]: value })
    expect(!read.ok && read.error.lines).toEqual([expect.stringContaining(`${name}=${value} is not allowed: `)])
  })
})

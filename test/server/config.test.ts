import { describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'

describe('the environment', () => {
  it('has a default for everything, and empty means not set', () => {
    const value = {
      port: 4321,
      host: '127.0.0.1',
      origin: undefined,
      dataDir: './data',
      portal: 'rizhao',
      samples: true,
      logLevel: 'info',
      operatorToken: undefined,
      diskFloorBytes: 256 * 1024 * 1024,
    }
    expect(readConfig({})).toMatchObject({ ok: true, value })
    expect(readConfig({ PORT: '', ORIGIN: '', SAMPLES: '' })).toMatchObject({ ok: true, value })
  })

  it('is read as written', () => {
    const env = {
      PORT: '0',
      HOST: '::',
      ORIGIN: 'https://port.example.org',
      DATA_DIR: '/srv/port',
      PORTAL: 'huangdao',
      SAMPLES: 'off',
      LOG_LEVEL: 'silent',
      OPERATOR_TOKEN: 'correct-horse-battery-staple',
      DISK_FLOOR_MB: '0',
    }
    const value = {
      port: 0,
      host: '::',
      origin: 'https://port.example.org',
      dataDir: '/srv/port',
      portal: 'huangdao',
      samples: false,
      logLevel: 'silent',
      operatorToken: 'correct-horse-battery-staple',
      diskFloorBytes: 0,
    }
    expect(readConfig(env)).toMatchObject({ ok: true, value })
  })

  it.each([
    ['MODERATORS', 'did:key:z6Mkshort'],
    ['NEW_KEY_LISTINGS', '201'],
    ['NEW_KEY_LISTINGS', 'few'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '4e3'],
    ['ORIGIN', 'port.example.org'],
    ['ORIGIN', 'https://port.example.org/'],
    ['ORIGIN', 'ftp://port.example.org'],
    ['PORTAL', '../etc'],
    ['SAMPLES', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['HOST', 'a b'],
    ['DISK_FLOOR_MB', '1.5'],
  ])('%s=%s is refused with the name, the value and what is allowed', (name, value) => {
    const read = readConfig({ [name]: value })
    expect(read.ok).toBe(false)
    if (!read.ok)
      expect(read.error.lines).toEqual([expect.stringMatching(new RegExp(`^${name}=.* is not allowed: .+`))])
    if (!read.ok) expect(read.error.lines[0]).toContain(value)
  })

  it('does not repeat a secret', () => {
    const read = readConfig({ OPERATOR_TOKEN: 'too-short' })
    expect(!read.ok && read.error.lines).toEqual([expect.stringMatching(/^OPERATOR_TOKEN=(?!.*too-short)/)])
  })

  it('names everything that is wrong at once', () => {
    const read = readConfig({ PORT: 'x', SAMPLES: 'x' })
    expect(!read.ok && read.error.lines).toHaveLength(2)
  })
})

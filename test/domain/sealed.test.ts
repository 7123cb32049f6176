import { createDecipheriv, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '#domain/bytes.ts'
import { sealingSecretOf } from '#domain/identity.ts'
import { openEntry, sealEntry, sealingKeyOf } from '#domain/sealed.ts'
import { entropyOf } from '../fixtures/signers.ts'

const place = { room: 'me/did:key:z6Mk', entry: 'AAAAAAAAAAAAAAAA' }
const nonce = Uint8Array.from({ length: 12 }, (_, i) => i)
const key = await sealingKeyOf(await sealingSecretOf(entropyOf(0)))

describe('the secret of a sealed room', () => {
  it.each([
    // test vectors: 16 bytes of entropy, all of them this one -> 32 bytes
    [0, '9a60e1103e8e48768b0283b0b485b2a0246346636433110af3f5eef5cf744690'],
    [7, '31e6dd45795b99d27ab65fd46d2566ca79b0dfcdd5a3a6b4e38260f5d2b4b39a'],
  ] as const)('of sixteen bytes %i is fixed for ever', async (byte, secret) => {
    const entropy = new Uint8Array(16).fill(byte)
    expect(toHex(await sealingSecretOf(entropy))).toBe(secret)
    const second = hkdfSync('sha256', entropy, new Uint8Array(0), 'xinxigang/aes-256-gcm/me/1', 32)
    expect(toHex(new Uint8Array(second))).toBe(secret)
  })
})

describe('a sealed entry', () => {
  it('is fixed for ever, for the same key, place, update and nonce', async () => {
    const sealed = await sealEntry(key, place, utf8('两台设备'), nonce)
    expect(toHex(sealed)).toBe('01000102030405060708090a0b694d3224ae5278536e6df7521c6dfb8d143339efde9656c80d78622c')
  })

  it('is read by a second implementation that follows the text of the format', async () => {
    const sealed = await sealEntry(key, place, utf8('两台设备'), nonce)
    const decipher = createDecipheriv('aes-256-gcm', await sealingSecretOf(entropyOf(0)), sealed.slice(1, 13))
    decipher.setAAD(utf8(`1\n${place.room}\n${place.entry}`)).setAuthTag(sealed.slice(-16))
    expect(Buffer.concat([decipher.update(sealed.slice(13, -16)), decipher.final()]).toString()).toBe('两台设备')
  })

  it('opens to what was sealed, also when it is large', async () => {
    const updates = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(1_500_000).fill(9)))
    await fc.assert(
      fc.asyncProperty(updates, async (update) => {
        const opened = await openEntry(key, place, await sealEntry(key, place, update, nonce))
        expect(opened.ok && Buffer.compare(opened.value, update)).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  it('opens nowhere else, with no other key, and not when one bit of it is another', async () => {
    const sealed = await sealEntry(key, place, utf8('两台设备'), nonce)
    const damaged = { ok: false, error: { kind: 'damaged' } }
    const otherKey = await sealingKeyOf(await sealingSecretOf(entropyOf(1)))
    expect(await openEntry(otherKey, place, sealed)).toEqual(damaged)
    expect(await openEntry(key, { ...place, room: `${place.room}2` }, sealed)).toEqual(damaged)
    expect(await openEntry(key, { ...place, entry: 'BBBBBBBBBBBBBBBB' }, sealed)).toEqual(damaged)
    for (let at = 1; at < sealed.length; at++)
      expect(await openEntry(key, place, sealed.with(at, (sealed[at] ?? 0) ^ 1))).toEqual(damaged)
  })

  it.each([
    ['another version', Uint8Array.of(2, 0, 0), 'other-version'],
    ['nothing', Uint8Array.of(), 'damaged'],
    ['one byte', Uint8Array.of(1), 'damaged'],
    ['a word', 'AQID', 'damaged'],
    ['undefined', undefined, 'damaged'],
  ] as const)('that is %s does not open, and says why', async (_, bytes, kind) => {
    expect(await openEntry(key, place, bytes)).toEqual({ ok: false, error: { kind } })
  })
})

import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase32, toBase64url, utf8 } from '#domain/bytes.ts'
import { didOf, isDid, publicKeyOf, signerOf, verifies } from '#domain/identity.ts'
import { makeToken, tokenLifeSeconds, verifyToken } from '#domain/token.ts'
import { aSigner, entropyOf } from '../fixtures/signers.ts'

const audience = 'https://port.example.org'
const now = 1_795_000_000_000

describe('an identity', () => {
  it('is the same for the same entropy, and its two uses cannot be linked', async () => {
    const [one, again, friends] = await Promise.all([aSigner(1), aSigner(1), aSigner(1, 'friends')])
    expect(one.did).toBe(again.did)
    expect(friends.did).not.toBe(one.did)
  })

  it.each([
    // test vectors: 16 bytes of entropy, hex of the first byte -> did of the person and of the friends key
    [
      0,
      'did:key:z6Mko3SJvD1bCTR4BDP7t7UmDvVYTaxNKAejFuHMh1RH3bSh',
      'did:key:z6MkozamYZvuK5mzUe2TEDKsvhbNbWSB1gg712AWa9aMcRq7',
    ],
  ] as const)('of sixteen bytes %i is fixed for ever', async (byte, person, friends) => {
    const entropy = new Uint8Array(16).fill(byte)
    expect((await signerOf(entropy, 'person')).did).toBe(person)
    expect((await signerOf(entropy, 'friends')).did).toBe(friends)
  })

  it('signs what the second implementation of the curve accepts, and the other way round', async () => {
    const signer = await aSigner(7)
    const publicKey = publicKeyOf(signer.did) ?? new Uint8Array()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (message) => {
        const bytes = Uint8Array.from(message)
        expect(ed25519.verify(await signer.sign(bytes), bytes, publicKey)).toBe(true)
      }),
      { numRuns: 30 },
    )
    const secret = Uint8Array.from({ length: 32 }, (_, i) => i)
    const did = didOf(ed25519.getPublicKey(secret))
    expect(await verifies(did, Uint8Array.from(ed25519.sign(utf8('你好'), secret)), utf8('你好'))).toBe(true)
    expect(await verifies(did, Uint8Array.from(ed25519.sign(utf8('你好'), secret)), utf8('您好'))).toBe(false)
  })

  it('spelled wrongly is no did, and verifies nothing', async () => {
    const { did } = await aSigner(1)
    for (const wrong of [
      '',
      'did:key:z6Mk',
      did.slice(0, -1),
      `${did}1`,
      did.replace('z6Mk', 'z6Mj'),
      did.slice(0, -1) + '0',
    ])
      expect(isDid(wrong)).toBe(false)
    expect(publicKeyOf('did:web:example.org')).toBeUndefined()
  })

  it('takes 16 bytes and nothing else', async () => {
    await expect(signerOf(new Uint8Array(15), 'person')).rejects.toThrow('16 bytes')
  })
})

describe('bytes', () => {
  it('base64url is the same where the engine has none of its own', () => {
    const natives = [
      [Uint8Array, 'fromBase64'],
      [Uint8Array.prototype, 'toBase64'],
    ] as const
    const kept = natives.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name))
    const texts = ['', 'A', 'AA', 'AB', 'A=', 'AAA', 'AAAA', 'a b', 'äö', '-_-_', '+/+/', 'QUJD', 'QUJDRA', 'QUJDRB']
    const bytes = Array.from({ length: 40 }, (_, at) => Uint8Array.from({ length: at }, (_, i) => (i * 37 + at) % 256))
    const say = () => [texts.map(fromBase64url), bytes.map(toBase64url)]
    const native = say()
    try {
      for (const [owner, name] of natives) Reflect.deleteProperty(owner, name)
      expect([say(), 'toBase64' in Uint8Array.prototype]).toEqual([native, false])
    } finally {
      natives.forEach(([owner, name], at) => kept[at] && Object.defineProperty(owner, name, kept[at]))
    }
    expect(kept.every(Boolean)).toBe(true)
  })

  it('base64url is canonical both ways', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (bytes) => void expect(fromBase64url(toBase64url(bytes))).toEqual(Uint8Array.from(bytes)),
      ),
    )
    for (const wrong of ['A', 'AB', 'A=', 'a b', 'äö']) expect(fromBase64url(wrong)).toBeUndefined()
  })

  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foobar', 'mzxw6ytboi'],
  ])('base32 of %j is %j (RFC 4648 section 10)', (text, expected) => void expect(toBase32(utf8(text))).toBe(expected))
})

describe('a token', () => {
  it('is a JWS that a kept library accepts', async () => {
    const signer = await aSigner(3)
    const token = await makeToken(signer, audience, now)
    const key = await jose.importJWK(
      { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKeyOf(signer.did) ?? new Uint8Array()) },
      'EdDSA',
    )
    const { payload, protectedHeader } = await jose.jwtVerify(token, key, {
      audience,
      issuer: signer.did,
      currentDate: new Date(now),
    })
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: signer.did })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(tokenLifeSeconds)
  })

  it('names its did within its time and audience', async () => {
    const signer = await aSigner(3)
    const token = await makeToken(signer, audience, now)
    expect(await verifyToken(token, { audience, now })).toMatchObject({ ok: true, value: { did: signer.did } })
    expect(await verifyToken(token, { audience: 'https://other.example.org', now })).toEqual({
      ok: false,
      error: { kind: 'token-audience' },
    })
    expect(await verifyToken(token, { audience, now: now + 400_000 })).toEqual({
      ok: false,
      error: { kind: 'token-expired' },
    })
    expect(await verifyToken(token, { audience, now: now - 400_000 })).toEqual({
      ok: false,
      error: { kind: 'token-expired' },
    })
    expect(await verifyToken('', { audience, now })).toEqual({ ok: false, error: { kind: 'token-missing' } })
  })

  it('changed, cut, unsigned or signed by another is refused', async () => {
    const [signer, other] = await Promise.all([aSigner(3), aSigner(4)])
    const token = await makeToken(signer, audience, now)
    const [head = '', body = '', tail = ''] = token.split('.')
    const none = toBase64url(utf8(JSON.stringify({ alg: 'none', typ: 'JWT', kid: signer.did })))
    const stolen = (await makeToken(other, audience, now)).split('.')[2]
    const long = toBase64url(
      utf8(JSON.stringify({ iss: signer.did, aud: audience, iat: now / 1000, exp: now / 1000 + 86_400 })),
    )
    for (const wrong of [
      `${head}.${body}`,
      `${none}.${body}.`,
      `${head}.${body}.${stolen}`,
      `${head}.${long}.${tail}`,
      `${token}.x`,
      'a.b.c',
      '你好',
    ])
      expect(await verifyToken(wrong, { audience, now })).toMatchObject({ ok: false })
    expect(await verifyToken(`${head}.${body}.${stolen}`, { audience, now })).toEqual({
      ok: false,
      error: { kind: 'token-signature' },
    })
  })

  it('survives no random text', async () => {
    expect(entropyOf(1)).toHaveLength(16)
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        async (text) => void expect((await verifyToken(text, { audience, now })).ok).toBe(false),
      ),
    )
  })
})

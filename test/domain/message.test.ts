import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8, type Bytes } from '#domain/bytes.ts'
import { didOf, publicKeyOf, type Did, type Signer } from '#domain/identity.ts'
import { agreementSecretOf, Message, mostSealedBytes, openMessage, sealMessage } from '#domain/message.ts'
import { aMessage, aSealed, bytes, chance, keyOf } from '../fixtures/messages.ts'
import { aSigner, entropyOf } from '../fixtures/signers.ts'

const [buyer, seller, third] = [await aSigner(1), await aSigner(2), await aSigner(3)]
const [sellersKey, thirdsKey] = [await keyOf(2), await keyOf(3)]
const hexOf = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'))

/** A second implementation of the format, by Node's own cryptography, with any signature inside. */
async function sealedBy(
  signer: Signer,
  to: Did,
  json: string,
  signed = `xinxigang/message/1\n${json}`,
): Promise<Bytes> {
  const { ephemeral, nonce } = chance(9)
  const theirs = ed25519.utils.toMontgomery(publicKeyOf(to)!)
  const own = x25519.getPublicKey(ephemeral)
  const spki = Buffer.concat([hexOf('302a300506032b656e032100'), theirs])
  const pkcs8 = Buffer.concat([hexOf('302e020100300506032b656e04220420'), ephemeral])
  const shared = diffieHellman({
    privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  })
  const salt = Buffer.concat([own, theirs])
  const key = new Uint8Array(hkdfSync('sha256', shared, salt, 'xinxigang/x25519/aes-256-gcm/message/1', 32))
  const body = utf8(json)
  const padded = new Uint8Array(Math.ceil((66 + body.length) / 256) * 256)
  padded.set(await signer.sign(utf8(signed)))
  padded.set([body.length >> 8, body.length & 255], 64)
  padded.set(body, 66)
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: utf8(`1\n${to}`) }
  const sealed = await crypto.subtle.encrypt(algorithm, aes, padded)
  return new Uint8Array(Buffer.concat([Uint8Array.of(1), own, nonce, new Uint8Array(sealed)]))
}

describe('the key of a did that messages are sealed to', () => {
  // the vector of libsodium's crypto_sign_ed25519_pk_to_curve25519
  const seed = hexOf('421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee')
  const publicKey = 'f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50'
  const secret = '8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166'

  it('is the one libsodium makes of the same key', () => {
    expect(toHex(ed25519.utils.toMontgomery(ed25519.getPublicKey(seed)))).toBe(publicKey)
    expect(toHex(ed25519.utils.toMontgomerySecret(seed))).toBe(secret)
    expect(toHex(x25519.getPublicKey(hexOf(secret)))).toBe(publicKey)
  })

  it.each([
    [1, '80d0bca9b216128e01fff1071709c064dda7a5371ee6a8907b46dc01733fe969'],
    [2, 'a06dd06f30d55487f0860837c482417649cfdc9e81ec21e00b5e9d7c3cf3a754'],
  ] as const)('follows from entropy %i, for ever', async (which, hex) => {
    const own = await agreementSecretOf(entropyOf(which), 'person')
    expect(toHex(own)).toBe(hex)
    const { did } = await aSigner(which)
    expect(toHex(x25519.getPublicKey(own))).toBe(toHex(ed25519.utils.toMontgomery(publicKeyOf(did)!)))
    expect(toHex(await agreementSecretOf(entropyOf(which), 'friends'))).not.toBe(hex)
  })
})

describe('a sealed message', () => {
  it('is fixed for ever, for the same words and the same chance', async () => {
    const sealed = await sealMessage(buyer, await aMessage(buyer, seller.did), chance(1))
    expect(sealed?.length).toBe(45 + 512 + 16)
    expect(createHash('sha256').update(sealed!).digest('hex')).toBe(
      '16f16d1bdbfada28bb947d0fc726fa3d65560c358c8219244370080c0dc4e736',
    )
  })

  it('is the one a second implementation makes by the text of the format', async () => {
    const message = await aMessage(buyer, seller.did)
    const other = await sealedBy(buyer, seller.did, JSON.stringify(message))
    expect(toHex(other)).toBe(toHex((await sealMessage(buyer, message, chance(9)))!))
  })

  it('opens for its recipient to what was written, whatever it is', async () => {
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 2000 })
      .filter((text) => Message.shape.text.safeParse(text).success)
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const sealed = await aSealed(buyer, seller.did, { text })
        expect((sealed.length - 61) % 256).toBe(0)
        expect(sealed.length).toBeLessThanOrEqual(mostSealedBytes)
        const opened = await openMessage(sellersKey, sealed)
        expect(opened).toEqual({ ok: true, value: await aMessage(buyer, seller.did, { text }) })
      }),
      { numRuns: 40 },
    )
  })

  it('tells only how many 256 bytes it is, and nothing of sender, listing or words', async () => {
    const [short, long] = [await aSealed(buyer, seller.did, { text: '在吗' }), await aSealed(buyer, seller.did)]
    expect(short.length).toBe(long.length)
    expect(Buffer.from(long).includes('书桌')).toBe(false)
    expect(Buffer.from(long).includes(buyer.did)).toBe(false)
  })

  it('takes the longest text, of the widest characters', async () => {
    const sealed = await aSealed(buyer, seller.did, { text: '𠮷'.repeat(2000) })
    expect(sealed.length).toBeLessThanOrEqual(mostSealedBytes)
    expect((await openMessage(sellersKey, sealed)).ok).toBe(true)
  })

  it('is refused after any change of any byte', async () => {
    const sealed = await aSealed(buyer, seller.did)
    const changes = fc.tuple(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(changes, async ([at, by]) => {
        const changed = sealed.slice()
        changed[at] = (changed[at] ?? 0) ^ by
        expect((await openMessage(sellersKey, changed)).ok).toBe(false) // also the last bit of the key, at which X25519 does not look
      }),
      { numRuns: 150 },
    )
  })

  it('is refused cut short, prolonged, empty and overlong', async () => {
    const sealed = await aSealed(buyer, seller.did)
    const longer = new Uint8Array([...sealed, 0])
    for (const bad of [sealed.slice(0, -1), sealed.slice(0, 45), sealed.slice(0, 1), longer, new Uint8Array()])
      expect(await openMessage(sellersKey, bad)).toEqual({ ok: false, error: { kind: 'damaged' } })
    expect(await openMessage(sellersKey, bytes(mostSealedBytes + 1, 1))).toMatchObject({ error: { kind: 'damaged' } })
    expect(await openMessage(sellersKey, Uint8Array.of(2, 1, 1))).toMatchObject({ error: { kind: 'other-version' } })
  })

  it('does not open for anybody else', async () => {
    expect(await openMessage(thirdsKey, await aSealed(buyer, seller.did))).toMatchObject({ error: { kind: 'damaged' } })
  })
})

describe('a forger', () => {
  it('signs as himself and names another as the sender', async () => {
    const json = JSON.stringify(await aMessage(buyer, seller.did))
    expect(await openMessage(sellersKey, await sealedBy(third, seller.did, json))).toMatchObject({
      error: { kind: 'forged' },
    })
  })

  it('seals a message that was written to him anew, to a third', async () => {
    const sealed = await aSealed(buyer, seller.did)
    const opened = await openMessage(sellersKey, sealed)
    const json = JSON.stringify(opened.ok && opened.value)
    const signed = { did: buyer.did, sign: async () => new Uint8Array(64) } // he has the buyer's signature too; `to` is looked at first
    expect(await openMessage(thirdsKey, await sealedBy(signed, third.did, json))).toMatchObject({
      error: { kind: 'forged' },
    })
  })

  it('changes the recipient in what he passes on, and the signature no longer covers it', async () => {
    const original = await aMessage(buyer, seller.did)
    const json = JSON.stringify({ ...original, to: third.did })
    const sealed = await sealedBy(buyer, third.did, json, `xinxigang/message/1\n${JSON.stringify(original)}`)
    expect(await openMessage(thirdsKey, sealed)).toMatchObject({ error: { kind: 'forged' } })
  })

  it.each([
    ['more than a message holds', (message: Message) => ({ ...message, isUrgent: true })],
    ['2,001 characters', (message: Message) => ({ ...message, text: '长'.repeat(2001) })],
    ['no text', (message: Message) => ({ ...message, text: '' })],
    ['turned text', (message: Message) => ({ ...message, text: 'abc\u202Edef' })],
    ['an id of his own form', (message: Message) => ({ ...message, id: '../../x' })],
    ['a time beyond all times', (message: Message) => ({ ...message, at: Number.MAX_SAFE_INTEGER })],
  ] as const)('signs rightly, with %s', async (_, change) => {
    const json = JSON.stringify(change(await aMessage(buyer, seller.did)))
    expect(await openMessage(sellersKey, await sealedBy(buyer, seller.did, json))).toMatchObject({
      error: { kind: 'forged' },
    })
  })

  it('uses a signature that was made for something else', async () => {
    const json = JSON.stringify(await aMessage(buyer, seller.did))
    expect(await openMessage(sellersKey, await sealedBy(buyer, seller.did, json, json))).toMatchObject({
      error: { kind: 'forged' },
    })
  })

  it('gives a key that is none: such a did has nothing to seal to, and a shared secret of zeros is refused', async () => {
    const small = didOf(hexOf('01'.padEnd(64, '0'))) // the neutral point
    const outside = didOf(hexOf('02'.padEnd(64, '0'))) // no point of the curve
    for (const did of [small, outside])
      expect(await sealMessage(buyer, await aMessage(buyer, did), chance(1))).toBeUndefined()
    const sealed = await aSealed(buyer, seller.did)
    sealed.fill(0, 1, 33)
    expect(await openMessage(sellersKey, sealed)).toMatchObject({ error: { kind: 'damaged' } })
  })
})

it('the format is told by Node’s own decipher too', async () => {
  const sealed = await sealMessage(buyer, await aMessage(buyer, seller.did), chance(1))
  const shared = x25519.getSharedSecret(sellersKey.secret, sealed!.slice(1, 33))
  const salt = Buffer.concat([sealed!.slice(1, 33), x25519.getPublicKey(sellersKey.secret)])
  const key = new Uint8Array(hkdfSync('sha256', shared, salt, 'xinxigang/x25519/aes-256-gcm/message/1', 32))
  const decipher = createDecipheriv('aes-256-gcm', key, sealed!.slice(33, 45))
  decipher.setAAD(utf8(`1\n${seller.did}`)).setAuthTag(sealed!.slice(-16))
  const padded = Buffer.concat([decipher.update(sealed!.slice(45, -16)), decipher.final()])
  expect(padded.subarray(66, 66 + padded.readUInt16BE(64)).toString()).toContain('书桌还在吗')
})

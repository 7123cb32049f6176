/** The server's check of a signature says what WebCrypto's says, the browser's. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Bytes } from '#domain/bytes.ts'
import { didOf, verifies, type Did, type Signer } from '#domain/identity.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { verifiesNow } from '../../server/signature.ts'
import { aSigner } from '../fixtures/signers.ts'

const words = new TextEncoder().encode('words that are signed')
let alice: Signer
let bob: Signer
let signature: Bytes

beforeAll(async () => {
  ;[alice, bob] = await Promise.all([aSigner(1), aSigner(2)])
  signature = await alice.sign(words)
})

/** Points that are no key of anybody: of small order, not on the curve, not canonical. */
const points = [
  new Uint8Array(32),
  Uint8Array.of(1, ...new Uint8Array(31)),
  Uint8Array.of(2, ...new Uint8Array(31)),
  new Uint8Array(32).fill(0xff),
  Uint8Array.of(0xec, ...new Uint8Array(30).fill(0xff), 0x7f),
]
const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe('a signature', () => {
  it('of the key over the bytes is one, nothing else is, as WebCrypto has it', async () => {
    const rows: [Did, Bytes, Bytes][] = [
      [alice.did, signature, words],
      [bob.did, signature, words],
      [alice.did, signature, flipped(words, 3)],
      [alice.did, signature.slice(1), words],
      [alice.did, new Uint8Array(64), words],
      ['did:key:z6Mknone' as Did, signature, words],
      ...[0, 31, 32, 63].map((at): [Did, Bytes, Bytes] => [alice.did, flipped(signature, at), words]),
      ...points.map((point): [Did, Bytes, Bytes] => [didOf(point), signature, words]),
    ]
    const now = await Promise.all(rows.map((row) => verifiesNow(...row)))
    expect(now).toEqual(await Promise.all(rows.map((row) => verifies(...row))))
    expect(now.filter(Boolean)).toHaveLength(1)
  })

  it('lets a token pass, and none of another key', async () => {
    const now = Date.now()
    const asked = { audience: 'https://port.example', now }
    const token = await makeToken(alice, asked.audience, now)
    expect(await verifyToken(token, asked, verifiesNow)).toMatchObject({ ok: true, value: { did: alice.did } })
    const [head, body] = token.split('.')
    const [, , foreign] = (await makeToken(bob, asked.audience, now)).split('.')
    expect(await verifyToken(`${head}.${body}.${foreign}`, asked, verifiesNow)).toMatchObject({
      ok: false,
      error: { kind: 'token-signature' },
    })
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { toBase64url, utf8 } from '#domain/bytes.ts'
import type { Signer } from '#domain/identity.ts'
import {
  compareRevisions,
  firstRevision,
  maxRecordBytes,
  nextRevision,
  openRecord,
  rankOf,
  seal,
  winnerOf,
  type OpenRecord,
} from '#domain/record.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'

let author: Signer
let stranger: Signer
let first: OpenRecord

const now = 1_795_000_000_000
const make = (body: object, nonce = 1) =>
  firstRevision(author, { portal: 'rizhao', kind: 'listing', body, nonce: aNonce(nonce), now })
const ruleOf = async (text: unknown) => {
  const opened = await openRecord(text, 'rizhao')
  return opened.ok ? 'opened' : opened.error.rule
}
/** Signs any JSON text at all, as a hostile client could. */
const signed = async (signer: Signer, json: string) => `${toBase64url(await signer.sign(utf8(json)))}.${json}`

beforeAll(async () => {
  ;[author, stranger] = await Promise.all([aSigner(1), aSigner(2)])
  first = await make({ title: '书桌' })
})

describe('a signed record', () => {
  it('opens to what was signed, whatever JSON the body holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.string().filter((key) => !['__proto__', 'constructor', 'prototype', 'author'].includes(key)),
          fc.jsonValue(),
        ),
        async (body) => {
          const clean = JSON.parse(
            JSON.stringify(body)
              .replaceAll('__proto__', 'x')
              .replaceAll('constructor', 'y')
              .replaceAll('prototype', 'z')
              .replaceAll('"author"', '"a"'),
          ) as object
          const opened = await openRecord((await make(clean)).text, 'rizhao')
          expect(opened.ok && opened.value.envelope.body).toEqual(clean)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is refused after any change of a byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(first.text.length - 1), fc.integer({ min: 1, max: 120 }), async (at, shift) => {
        const changed = String.fromCharCode(((first.text.charCodeAt(at) + shift) % 94) + 33)
        const text = first.text.slice(0, at) + changed + first.text.slice(at + 1)
        if (text !== first.text) expect(await ruleOf(text)).not.toBe('opened')
      }),
      { numRuns: 200 },
    )
  })

  it('is refused for random text, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 300 }),
        async (text) => void expect(await ruleOf(text)).not.toBe('opened'),
      ),
    )
  })

  const hostile: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['a number instead of a text', async () => 7, 'bad-format'],
    ['no signature', async () => first.text.slice(first.text.indexOf('.') + 1), 'bad-format'],
    ['a signature by somebody else', async () => signed(stranger, JSON.stringify(first.envelope)), 'bad-signature'],
    [
      'an own __proto__ beside the signed fields',
      async () =>
        signed(author, JSON.stringify(first.envelope).replace('"body":{', '"__proto__":{"admin":true},"body":{')),
      'forbidden-key',
    ],
    [
      'a __proto__ deep in the body',
      async () => signed(author, JSON.stringify(first.envelope).replace('"body":{', '"body":{"a":[{"__proto__":{}}],')),
      'forbidden-key',
    ],
    [
      'a field the schema does not know',
      async () => signed(author, JSON.stringify({ ...first.envelope, admin: true })),
      'bad-shape',
    ],
    [
      'two authors',
      async () =>
        signed(author, JSON.stringify(first.envelope).replace('"body":{', `"author":"${stranger.did}","body":{`)),
      'bad-format',
    ],
    [
      'a second author inside the body',
      async () => signed(author, JSON.stringify({ ...first.envelope, body: { author: stranger.did } })),
      'bad-format',
    ],
    ...['"\\u0061uthor":', '"author" :', '"author":\n'].map(
      (key) =>
        [
          `a second author behind ${JSON.stringify(key)}, whose id and name it takes`,
          async () => {
            const own = `"author":"${author.did}"`
            const json = JSON.stringify(first.envelope)
            return signed(stranger, json.replace(own, `"author":"${stranger.did}",${key}"${author.did}"`))
          },
          'bad-signature',
        ] as const,
    ),
    ['an unknown kind', async () => signed(author, JSON.stringify({ ...first.envelope, kind: 'crown' })), 'bad-shape'],
    [
      'a stolen id',
      async () => (await seal(author, { ...first.envelope, id: (await make({}, 9)).envelope.id })).text,
      'wrong-id',
    ],
    [
      'revision 2 without the hash of revision 1',
      async () => (await seal(author, { ...first.envelope, rev: 2 })).text,
      'bad-shape',
    ],
    [
      'a creation after the update',
      async () => (await seal(author, { ...first.envelope, createdAt: now + 1 })).text,
      'bad-shape',
    ],
    ['JSON cut short', async () => signed(author, `{"author":"${author.did}"`), 'bad-format'],
    [
      'more bytes than a record may have',
      async () => (await make({ text: 'x'.repeat(maxRecordBytes) })).text,
      'too-large',
    ],
  ]
  it.each(hostile)('with %s is refused by its rule', async (_, text, rule) => {
    expect(await ruleOf(await text())).toBe(rule)
  })

  it('of another town is refused here and opens there', async () => {
    const foreign = await firstRevision(author, {
      portal: 'huangdao',
      kind: 'listing',
      body: {},
      nonce: aNonce(3),
      now,
    })
    expect(await ruleOf(foreign.text)).toBe('wrong-portal')
    expect((await openRecord(foreign.text, 'huangdao')).ok).toBe(true)
  })

  it('does not pollute prototypes by being opened', async () => {
    await openRecord(
      await signed(author, JSON.stringify(first.envelope).replace('"body":{', '"body":{"__proto__":{"polluted":1},')),
      'rizhao',
    )
    expect('polluted' in {}).toBe(false)
  })
})

describe('revisions', () => {
  it('name the one before and never go back in time', async () => {
    const second = await nextRevision(author, first, { body: { title: '新' }, now: now - 60_000, renew: false })
    expect(second.envelope).toMatchObject({
      rev: 2,
      prev: first.hash,
      id: first.envelope.id,
      updatedAt: now,
      renewedAt: now,
      createdAt: now,
    })
    const third = await nextRevision(author, second, { body: {}, now: now + 5, renew: true })
    expect(third.envelope).toMatchObject({ rev: 3, renewedAt: now + 5 })
  })

  it('two devices, both revision 2: every reader takes the same one, in whatever order they arrive', async () => {
    const mine = await nextRevision(author, first, { body: { title: '我' }, now: now + 10, renew: false })
    const other = await nextRevision(author, first, { body: { title: '他' }, now: now + 20, renew: false })
    for (const order of [
      [first, mine, other],
      [other, mine, first],
      [mine, other, first],
    ])
      expect(winnerOf(order)).toBe(other)
  })

  it('are in one total order: antisymmetric and transitive', () => {
    const ranked = fc.record({
      rev: fc.integer({ min: 1, max: 3 }),
      updatedAt: fc.integer({ min: 1, max: 3 }),
      hash: fc.constantFrom('a', 'b', 'c'),
    })
    fc.assert(
      fc.property(ranked, ranked, ranked, (a, b, c) => {
        expect(Math.sign(compareRevisions(a, b))).toBe(-Math.sign(compareRevisions(b, a)) + 0)
        if (compareRevisions(a, b) >= 0 && compareRevisions(b, c) >= 0)
          expect(compareRevisions(a, c)).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(compareRevisions(rankOf(first), rankOf(first))).toBe(0)
  })
})

import * as fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import {
  decodeFrame,
  encodeFrame,
  isRefusalCode,
  messageFrame,
  parseRelayMessage,
  refusals,
  type Frame,
  type RelayMessage,
} from '#domain/protocol.ts'

const room = fc.string({ maxLength: 200, unit: 'grapheme' }).filter((name) => name.length <= 200 && name.isWellFormed())
const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed())
const bytes = fc.uint8Array({ maxLength: 100 })

const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constantFrom('ping' as const, 'pong' as const) }),
  fc.record({ kind: fc.constant('step-1' as const), room, vector: bytes }),
  fc.record({ kind: fc.constantFrom('step-2' as const, 'update' as const), room, update: bytes }),
  fc.record({ kind: fc.constant('awareness' as const), room, states: bytes }),
  fc.record({ kind: fc.constantFrom('query-awareness' as const, 'token-wanted' as const), room }),
  fc.record({ kind: fc.constant('token' as const), room, token: text, version: text }),
  fc.record({ kind: fc.constantFrom('permission-denied' as const, 'close' as const), room, reason: text }),
  fc.record({
    kind: fc.constant('authenticated' as const),
    room,
    scope: fc.constantFrom('read-write' as const, 'readonly' as const),
  }),
  fc.record({ kind: fc.constant('stateless' as const), room, payload: text }),
  fc.record({ kind: fc.constant('sync-status' as const), room, stored: fc.boolean() }),
)

describe('frames', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame })
      }),
      { numRuns: 500 },
    )
  })

  it('of noise never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => typeof decodeFrame(noise).ok === 'boolean'),
      { numRuns: 1000 },
    )
  })

  it('cut short, or with a byte more, are refused', () => {
    const cuttable = frames.filter(
      (frame) => frame.kind !== 'ping' && frame.kind !== 'pong' && frame.kind !== 'token-wanted',
    )
    fc.assert(
      fc.property(cuttable, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (frame, part) => {
        const whole = encodeFrame(frame)
        const cut = whole.subarray(0, Math.floor(whole.length * part))
        const read = decodeFrame(cut)
        // a token may lack its version, and then its token: an older provider, a relay; a single 9 or 10 is a ping or pong
        if (read.ok) expect(['token', 'token-wanted', 'close', 'ping', 'pong']).toContain(read.value.kind)
        expect(decodeFrame(Uint8Array.of(...whole, 0)).ok && frame.kind !== 'close').toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['nothing', []],
    ['one byte that is no ping', [0]],
    ['a room without a type', [1, 97]],
    ['an unknown type', [1, 97, 6]],
    ['a type of many bytes', [1, 97, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
    ['an unknown step', [1, 97, 0, 3, 0]],
    ['an unknown auth', [1, 97, 2, 3]],
    ['a scope of no meaning', [1, 97, 2, 2, 1, 97]],
    ['a sync status of 2', [1, 97, 8, 2]],
    ['a length beyond the end', [1, 97, 0, 2, 200, 1]],
    ['a room that is not UTF-8', [2, 0xc3, 0x28, 0, 2, 0]],
  ])('%s is no frame', (_, numbers) => {
    expect(decodeFrame(Uint8Array.from(numbers))).toMatchObject({ ok: false, error: { kind: 'bad-frame' } })
  })

  it('a room with a name of 201 characters is no frame', () => {
    const out = encoding.createEncoder()
    encoding.writeVarString(out, 'a'.repeat(201))
    encoding.writeVarUint(out, 3)
    expect(decodeFrame(encoding.toUint8Array(out))).toMatchObject({ ok: false, error: { detail: 'room name' } })
  })

  it('a sync reply reads like sync', () => {
    expect(decodeFrame(Uint8Array.of(1, 97, 4, 2, 1, 7))).toEqual({
      ok: true,
      value: { kind: 'update', room: 'a', update: Uint8Array.of(7) },
    })
  })
})

describe('messages of the relay', () => {
  it.each<RelayMessage>([
    { kind: 'joined', room: 'labels', epoch: '', now: 1 },
    { kind: 'stored', room: 'labels', epoch: 'x', sv: 'AA' },
    { kind: 'clock', room: 'labels', now: 1 },
    { kind: 'refused', room: 'labels', code: 'read-only', retry: 'never', detail: '' },
  ])('$kind comes back as it was', (message) => {
    const frame = decodeFrame(messageFrame(message))
    expect(frame).toMatchObject({ ok: true, value: { kind: 'stateless', room: 'labels' } })
    if (frame.ok && frame.value.kind === 'stateless') expect(parseRelayMessage(frame.value.payload)).toEqual(message)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"kind":"joined"}',
    '{"kind":"refused","room":"a","code":"x","retry":"soon","detail":""}',
  ])('%j is none', (payload) => expect(parseRelayMessage(payload)).toBeUndefined())

  it('codes are known by name, those of JavaScript are not', () => {
    expect(isRefusalCode('gap')).toBe(true)
    expect(isRefusalCode('toString')).toBe(false)
  })

  it('a close code is one the browser stays away after, or 1013 for a reader it lets dial again at once', () => {
    const codes = Object.entries(refusals).flatMap(([name, row]) =>
      'close' in row ? [[name, row.close] as const] : [],
    )
    expect(codes).toContainEqual(['bad-frame', 4400])
    for (const [name, code] of codes) expect(name === 'too-slow' ? code - 1013 : Math.floor(code / 100) - 44).toBe(0)
  })
})

/**
 * The wire between browser and relay: that of @hocuspocus/provider 4, on a WebSocket, one binary message a frame.
 *
 *   frame  := ping | pong | room:string · type:uint · body
 *   ping   := 9    pong := 10                          one byte alone, about the socket and not about a room
 *   type   := 0 sync | 1 awareness | 2 auth | 3 query awareness | 4 sync reply | 5 stateless | 7 close
 *           | 8 sync status
 *   sync   := 0 · state vector:bytes                   step 1: what I have
 *           | 1 · update:bytes                         step 2: what you lack
 *           | 2 · update:bytes                         a change
 *   auth   := 0 · token:string · version:string        browser -> relay (an older provider leaves the version out)
 *           | 0                                        relay -> browser: send a new token
 *           | 1 · reason:string                        relay -> browser: permission denied
 *           | 2 · 'read-write' | 'readonly'            relay -> browser: authenticated
 *   awareness := bytes    query awareness := nothing    stateless := json:string    close := nothing | reason:string
 *   sync status := int                                 1 stored, 0 not stored; one for every change and every step 2
 *
 * uint and int are lib0's, string and bytes have their length before them. A sync reply (4) is read like sync and never
 * written. A room's name has at most 200 characters. Nothing may follow the body. A frame that does not decode closes
 * the socket with 4400.
 *
 * A token that has expired is answered with stateless `clock`, then with a request for a new one; so a browser whose
 * clock is wrong signs the next one right.
 *
 * Order at a join: browser: token, step 1 (at once). Relay: authenticated, stateless `joined`, stateless `stored` (to
 * those who may write) and `work` (to those whose key never wrote), step 2, its own step 1. Browser: step 2. Relay: sync
 * status.
 *
 * What the relay put off (no proof of work yet, too many a second) or a slow reader missed is asked for or sent later, by
 * another step 1 or step 2 at any time; then the changes that were put off get their sync status.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as z from 'zod/mini'
import { err, ok, type Result } from './result.ts'

export type Frame = { readonly kind: 'ping' } | { readonly kind: 'pong' } | RoomFrame
export type RoomFrame =
  | { readonly kind: 'step-1'; readonly room: string; readonly vector: Uint8Array }
  | { readonly kind: 'step-2' | 'update'; readonly room: string; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly room: string; readonly states: Uint8Array }
  | { readonly kind: 'query-awareness' | 'token-wanted'; readonly room: string }
  | { readonly kind: 'token'; readonly room: string; readonly token: string; readonly version: string }
  | { readonly kind: 'permission-denied' | 'close'; readonly room: string; readonly reason: string }
  | { readonly kind: 'authenticated'; readonly room: string; readonly scope: Scope }
  | { readonly kind: 'stateless'; readonly room: string; readonly payload: string }
  | { readonly kind: 'sync-status'; readonly room: string; readonly stored: boolean }

export type Scope = 'read-write' | 'readonly'
export interface BadFrame {
  readonly kind: 'bad-frame'
  readonly detail: string
}

const maxRoomName = 200
// prettier-ignore
const type = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, syncReply: 4, stateless: 5, close: 7, syncStatus: 8, ping: 9, pong: 10 } as const
const step = { one: 0, two: 1, update: 2 } as const
const auth = { token: 0, denied: 1, authenticated: 2 } as const

export function encodeFrame(frame: Frame): Uint8Array {
  if (frame.kind === 'ping') return Uint8Array.of(type.ping)
  if (frame.kind === 'pong') return Uint8Array.of(type.pong)
  const out = encoding.createEncoder()
  encoding.writeVarString(out, frame.room)
  const large = writeBody(out, frame)
  return large ? joined(encoding.toUint8Array(out), large) : encoding.toUint8Array(out)
}

/** In one piece and of the right size, where the encoder would grow and copy its way to it. */
function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole
}

/** @returns the bytes that are still to follow what was written */
function writeBody(out: encoding.Encoder, frame: RoomFrame): Uint8Array | undefined {
  switch (frame.kind) {
    case 'step-1':
      return writeBytes(out, [type.sync, step.one], frame.vector)
    case 'step-2':
      return writeBytes(out, [type.sync, step.two], frame.update)
    case 'update':
      return writeBytes(out, [type.sync, step.update], frame.update)
    case 'awareness':
      return writeBytes(out, [type.awareness], frame.states)
    case 'query-awareness':
      return writeTexts(out, [type.queryAwareness])
    case 'token':
      return writeTexts(out, [type.auth, auth.token], frame.token, frame.version)
    case 'token-wanted':
      return writeTexts(out, [type.auth, auth.token])
    case 'permission-denied':
      return writeTexts(out, [type.auth, auth.denied], frame.reason)
    case 'authenticated':
      return writeTexts(out, [type.auth, auth.authenticated], frame.scope)
    case 'stateless':
      return writeTexts(out, [type.stateless], frame.payload)
    case 'close':
      return writeTexts(out, [type.close], frame.reason)
    case 'sync-status':
      writeTexts(out, [type.syncStatus])
      encoding.writeVarInt(out, frame.stored ? 1 : 0)
      return undefined
  }
}

function writeBytes(out: encoding.Encoder, numbers: readonly number[], bytes: Uint8Array): Uint8Array {
  for (const number of numbers) encoding.writeVarUint(out, number)
  encoding.writeVarUint(out, bytes.length)
  return bytes
}

function writeTexts(out: encoding.Encoder, numbers: readonly number[], ...texts: readonly string[]): undefined {
  for (const number of numbers) encoding.writeVarUint(out, number)
  for (const text of texts) encoding.writeVarString(out, text)
}

/** The bytes in the frame are a view on `bytes`: copy what is kept. */
export function decodeFrame(bytes: Uint8Array): Result<Frame, BadFrame> {
  if (bytes.length === 1) {
    if (bytes[0] === type.ping) return ok({ kind: 'ping' })
    return bytes[0] === type.pong ? ok({ kind: 'pong' }) : err({ kind: 'bad-frame', detail: 'one byte' })
  }
  try {
    const input = decoding.createDecoder(bytes)
    const room = decoding.readVarString(input)
    if (room.length > maxRoomName) return err({ kind: 'bad-frame', detail: 'room name' })
    const frame = readBody(input, room)
    if (!frame) return err({ kind: 'bad-frame', detail: 'type' })
    return decoding.hasContent(input) ? err({ kind: 'bad-frame', detail: 'bytes left over' }) : ok(frame)
  } catch {
    return err({ kind: 'bad-frame', detail: 'truncated' }) // lib0 throws on a short buffer, a wrong number, wrong UTF-8
  }
}

function readBody(input: decoding.Decoder, room: string): RoomFrame | undefined {
  switch (decoding.readVarUint(input)) {
    case type.sync:
    case type.syncReply:
      return readSync(input, room)
    case type.awareness:
      return { kind: 'awareness', room, states: decoding.readVarUint8Array(input) }
    case type.auth:
      return readAuth(input, room)
    case type.queryAwareness:
      return { kind: 'query-awareness', room }
    case type.stateless:
      return { kind: 'stateless', room, payload: decoding.readVarString(input) }
    case type.close:
      return { kind: 'close', room, reason: textOrNothing(input) }
    case type.syncStatus:
      return readSyncStatus(input, room)
    default:
      return undefined
  }
}

function readSync(input: decoding.Decoder, room: string): RoomFrame | undefined {
  switch (decoding.readVarUint(input)) {
    case step.one:
      return { kind: 'step-1', room, vector: decoding.readVarUint8Array(input) }
    case step.two:
      return { kind: 'step-2', room, update: decoding.readVarUint8Array(input) }
    case step.update:
      return { kind: 'update', room, update: decoding.readVarUint8Array(input) }
    default:
      return undefined
  }
}

function readAuth(input: decoding.Decoder, room: string): RoomFrame | undefined {
  switch (decoding.readVarUint(input)) {
    case auth.token:
      if (!decoding.hasContent(input)) return { kind: 'token-wanted', room }
      return { kind: 'token', room, token: decoding.readVarString(input), version: textOrNothing(input) }
    case auth.denied:
      return { kind: 'permission-denied', room, reason: decoding.readVarString(input) }
    case auth.authenticated: {
      const scope = decoding.readVarString(input)
      return scope === 'read-write' || scope === 'readonly' ? { kind: 'authenticated', room, scope } : undefined
    }
    default:
      return undefined
  }
}

function readSyncStatus(input: decoding.Decoder, room: string): RoomFrame | undefined {
  const status = decoding.readVarInt(input)
  return status === 0 || status === 1 ? { kind: 'sync-status', room, stored: status === 1 } : undefined
}

const textOrNothing = (input: decoding.Decoder): string =>
  decoding.hasContent(input) ? decoding.readVarString(input) : ''

/**
 * Every reason the relay has for a no. `never`: the same again gets the same answer. `later`: it may pass another time.
 * `reset`: the local copy of the room no longer fits the relay's. With `close`, the socket is closed with that code; the
 * provider would dial again for ever, so the browser's session stays away after 4400 to 4499; after 1013 at once. `detail` names the limit.
 */
// prettier-ignore
export const refusals = {
  'bad-frame':         { retry: 'never', close: 4400 }, // does not decode, or is not for the relay
  'bad-update':        { retry: 'never', close: 4400 }, // the frame decodes, the Yjs update in it does not
  'unauthenticated':   { retry: 'later', close: 4401 }, // no room joined within the time given
  'token-expired':     { retry: 'later', close: 4401 }, // no fresh token within the grace
  'frame-too-large':   { retry: 'never', close: 4413 },
  'too-many-frames':   { retry: 'later', close: 4429 }, // sent faster than they can be stored
  'not-joined':        { retry: 'never' },              // a frame for a room without a token before it
  'unknown-room':      { retry: 'never' },
  'forbidden':         { retry: 'never' },              // this key may neither read nor write the room
  'token-missing':     { retry: 'never' },              // no token, and the room is not for everyone
  'token-form':        { retry: 'never' },
  'token-audience':    { retry: 'never' },              // made for another portal
  'token-signature':   { retry: 'never' },
  'too-many-rooms':    { retry: 'later' },              // on one socket
  'read-only':         { retry: 'never' },
  'room-full':         { retry: 'later' },              // passes once something was deleted
  'too-many-clients':  { retry: 'later' },              // Yjs client ids in one room
  'tangled':           { retry: 'never' },              // values put where others were put at the same time: Yjs compares each with all
  'gap':               { retry: 'later' },              // an earlier change is missing, and asking did not bring it
  'too-many-updates':  { retry: 'later' },              // a second, of a socket or a key; the relay asks for them when there is room
  'too-many-sockets':  { retry: 'later', close: 4429 }, // from one address or one /64 network
  'too-many-keys':     { retry: 'later' },              // new ones in an hour, from one address or one /64 network
  'key-full':          { retry: 'later' },              // a key without a published record, in all its rooms
  'newcomers-full':    { retry: 'later' },              // all keys without a published record together
  'proof-of-work':     { retry: 'later' },              // before a key's first write; the challenge comes as `work`
  'disk-low':          { retry: 'later' },              // only keys that are known here write
  'too-slow':          { retry: 'later', close: 1013 }, // more is waiting to be read than is kept for one socket
  'erased':            { retry: 'reset' },              // nothing of this key was published in time, so its rooms are gone
  'erased-key': { retry: 'never' }, 'ended-key': { retry: 'never' }, // its owner had all of the key erased; the key has said its own end: its rooms are only read
  'storage':           { retry: 'later' },              // the disk refused: full, read-only, gone
} as const satisfies Record<string, { readonly retry: Retry; readonly close?: number }>

/** What the relay asks for again by itself, so that the browser need not say it again. */
export const asksAgain: ReadonlySet<string> = new Set<RefusalCode>(['too-many-updates', 'proof-of-work'])

export const retries = ['never', 'later', 'reset'] as const
export type Retry = (typeof retries)[number]
export type RefusalCode = keyof typeof refusals
export const isRefusalCode = (text: string): text is RefusalCode => Object.hasOwn(refusals, text)

const instantMs = z.int().check(z.nonnegative())

/** Told at a join. `epoch` is empty while nothing was ever stored in the room; `now` is the relay's clock. */
export const Joined = z.object({ kind: z.literal('joined'), room: z.string(), epoch: z.string(), now: instantMs })
export type Joined = z.infer<typeof Joined>

/** `sv`: what is on the relay's disk, as a state vector (base64url): all of it at a join, then the clocks that moved; the
 *  greatest of each client counts. The only thing "stored" may be concluded from. */
export const Stored = z.object({ kind: z.literal('stored'), room: z.string(), epoch: z.string(), sv: z.string() })
export type Stored = z.infer<typeof Stored>

/** The relay's clock, told before a new token is asked for. */
export const Clock = z.object({ kind: z.literal('clock'), room: z.string(), now: instantMs })
export type Clock = z.infer<typeof Clock>

/** `code` is open text on the reading side: a newer relay may know reasons that an older page does not. */
export const Refused = z.object({
  kind: z.literal('refused'),
  room: z.string(),
  code: z.string(),
  retry: z.enum(retries),
  detail: z.string(),
})
export type Refused = z.infer<typeof Refused>

/** A key's first write needs a proof of work (work.ts). Told at the join to those who may write, and after a refusal. */
export const Work = z.object({
  kind: z.literal('work'),
  room: z.string(),
  challenge: z.string().check(z.maxLength(32)),
  bits: z.int().check(z.nonnegative()),
})
export type Work = z.infer<typeof Work>

export const RelayMessage = z.discriminatedUnion('kind', [Joined, Stored, Clock, Refused, Work])
export type RelayMessage = z.infer<typeof RelayMessage>

/** All a browser tells the relay in a stateless frame: the answer to a `work`, in a room it may write. */
export const Proof = z.object({ kind: z.literal('proof'), challenge: z.string(), nonce: z.string() })
export type Proof = z.infer<typeof Proof>

/** @param payload of a stateless frame; undefined for anything that is not a message of the relay */
export const parseRelayMessage = (payload: string): RelayMessage | undefined => parsed(RelayMessage, payload)
export const parseProof = (payload: string): Proof | undefined => parsed(Proof, payload)

function parsed<T>(schema: z.ZodMiniType<T>, payload: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}

export const messageFrame = (message: RelayMessage): Uint8Array =>
  encodeFrame({ kind: 'stateless', room: message.room, payload: JSON.stringify(message) })

/**
 * What a key may still cost. The relay knows nothing of records: it asks whether a key is known (something of it is
 * published) or new. A new key pays with a proof of work once, and all it has here stays small until it is known.
 */
import { toBase64url } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import { isProof } from '#domain/work.ts'
import { isOver, type Limits, type No } from './limits.ts'
import { createPace, type Pace } from './pace.ts'

export interface KeyFacts {
  standingOf(did: Did): 'known' | 'new'
  /** Of all rooms the key writes, as they lie on the disk. */
  bytesOf(did: Did): number
}

export interface Keys {
  /** The bits a proof must have before this key's first write; 0 for none. */
  proofBits(did: Did): number
  /** False when it is no proof. */
  prove(did: Did, challenge: string, nonce: string): boolean
  /** Why a write that grows the key's rooms may not pass. `grows` is called where the exact growth is worth its price. */
  problemOf(did: Did, network: string, growth: number, exactGrowth: () => number): No | undefined
  /** Whether so much may need the exact growth. */
  isNearlyFull(did: Did, growth: number): boolean
  stored(did: Did, bytes: number): void
  paceOf(did: Did): Pace
  /** The bytes of all keys without a published record, counted from the disk. */
  counted(newcomerBytes: number): void
  /** Forgets what need not be remembered. About once a second. */
  tick(): void
}

export interface KeysDeps {
  /** Without it every key is taken for known. */
  readonly facts: KeyFacts | undefined
  readonly limits: Limits
  /** Of the disk the log is on; undefined where nobody knows. */
  readonly freeBytes: (() => number | undefined) | undefined
  now(): number
}

interface Entry {
  standing: 'known' | 'new'
  /** An upper bound. */
  bytes: number
  proven: boolean
  /** Was counted among the new keys of its address. */
  entered: boolean
}

const capacity = 20_000 // keys remembered at once; the rest is on the disk
const hourMs = 3600_000

export function createKeys({ facts, limits, freeBytes, now }: KeysDeps): Keys {
  let entries = new Map<Did, Entry>()
  let older = new Map<Did, Entry>()
  const paces = new Map<Did, Pace>()
  const arrivals = createArrivals()
  let newcomerBytes = 0

  const ask = (did: Did): Entry => {
    const standing = facts?.standingOf(did) ?? 'known'
    return { standing, bytes: standing === 'new' && facts ? facts.bytesOf(did) : 0, proven: false, entered: false }
  }
  const entryOf = (did: Did): Entry => {
    const entry = entries.get(did)
    if (entry) return entry
    const moved = older.get(did) ?? ask(did)
    entries.set(did, moved)
    if (entries.size >= capacity / 2) {
      older = entries // what was not used since the last time is forgotten
      entries = new Map()
    }
    return moved
  }
  const isKnown = (entry: Entry) => entry.standing === 'known'
  const isFirst = (entry: Entry) => entry.standing === 'new' && entry.bytes === 0
  const askAgain = (entry: Entry, did: Did) => {
    const { standing, bytes } = ask(did)
    Object.assign(entry, { standing, bytes })
  }

  const problemOfFirst = (network: string): No | undefined => {
    const free = limits.diskFloorBytes > 0 ? freeBytes?.() : undefined
    if (free !== undefined && free < limits.diskFloorBytes)
      return ['disk-low', `under ${limits.diskFloorBytes} bytes free only known keys write`]
    if (isOver(limits.newKeysPerHour, arrivals.count(network, now()) + 1))
      return ['too-many-keys', `at most ${limits.newKeysPerHour} new keys an hour from one address`]
    return undefined
  }

  return {
    proofBits(did) {
      if (limits.proofBits === 0) return 0
      const entry = entryOf(did)
      return isFirst(entry) && !entry.proven ? limits.proofBits : 0
    },
    prove(did, challenge, nonce) {
      if (!isProof(challenge, nonce, limits.proofBits)) return false
      entryOf(did).proven = true
      return true
    },
    problemOf(did, network, growth, exactGrowth) {
      const entry = entryOf(did)
      if (isKnown(entry)) return undefined
      if (isOver(limits.newKeyBytes, entry.bytes + growth)) askAgain(entry, did) // published, or compacted, meanwhile
      if (isKnown(entry)) return undefined
      if (isOver(limits.newKeyBytes, entry.bytes + growth) && isOver(limits.newKeyBytes, entry.bytes + exactGrowth()))
        return ['key-full', `at most ${limits.newKeyBytes} bytes in all rooms of a key without a published record`]
      if (isOver(limits.newcomerBytes, newcomerBytes + growth))
        return ['newcomers-full', `at most ${limits.newcomerBytes} bytes of all keys without a published record`]
      if (!isFirst(entry) || entry.entered) return undefined
      const problem = problemOfFirst(network)
      if (!problem) arrivals.add(network, now())
      entry.entered = !problem
      return problem
    },
    isNearlyFull(did, growth) {
      if (limits.newKeyBytes === 0) return false
      const entry = entryOf(did)
      return !isKnown(entry) && isOver(limits.newKeyBytes, entry.bytes + growth)
    },
    stored(did, bytes) {
      const entry = entryOf(did)
      if (isKnown(entry)) return
      entry.bytes += bytes
      newcomerBytes += bytes
    },
    paceOf(did) {
      const pace = paces.get(did) ?? createPace(limits.keyUpdatesPerSecond, now())
      paces.set(did, pace)
      return pace
    },
    counted: (bytes) => void (newcomerBytes = bytes),
    tick() {
      for (const [did, pace] of paces) if (pace.isFull(now())) paces.delete(did)
      arrivals.forget(now())
    },
  }
}

/** New keys of each network within the hour that began with its first. */
function createArrivals() {
  const seen = new Map<string, { count: number; readonly until: number }>()
  return {
    count: (network: string, now: number): number => {
      const known = seen.get(network)
      return known && now < known.until ? known.count : 0
    },
    add(network: string, now: number) {
      const known = seen.get(network)
      if (known && now < known.until) known.count++
      else seen.set(network, { count: 1, until: now + hourMs })
    },
    forget(now: number) {
      for (const [network, { until }] of seen) if (now >= until) seen.delete(network)
    },
  }
}

/** Fresh for every socket and key, so that no proof is made in advance or shown twice. */
export const newChallenge = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(16)))

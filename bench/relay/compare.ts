/** The rows in which two servers, or two ways to one server, stand side by side. */
import type { FanOutInput, FanOutResult } from './load-fan-out.ts'
import type { JoinInput, JoinResult } from './load-join.ts'
import { median } from './load-clients.ts'
import type { RoomsInput, RoomsResult } from './load-rooms.ts'
import type { SlowReaderInput, SlowReaderResult } from './load-slow-reader.ts'
import type { WritersInput, WritersResult } from './load-writers.ts'
import { compared, kilobytes, megabytes, microseconds, milliseconds, perSecond, type Row } from './rows.ts'
import { startServer, type Load, type Running, type ServerName } from './servers.ts'
import type { Size } from './sizes.ts'
import { storedRooms } from './stored-rooms.ts'

/** Runs every pass on every server before the next pass; the first to go changes from pass to pass. */
async function takingTurns<T>(
  names: readonly ServerName[],
  passes: { readonly warmUps: number; readonly passes: number },
  run: (server: Running, pass: number) => Promise<T>,
): Promise<Readonly<Record<ServerName, readonly T[]>>> {
  const servers = await Promise.all(names.map(async (name) => ({ name, running: await startServer(name) })))
  const results: Record<ServerName, T[]> = { ours: [], projecting: [], peer: [] }
  for (let pass = 0; pass < passes.warmUps + passes.passes; pass++) {
    for (const { name, running } of pass % 2 === 0 ? servers : servers.toReversed()) {
      const result = await run(running, pass)
      if (pass >= passes.warmUps) results[name].push(result)
    }
  }
  await Promise.all(servers.map(({ running }) => running.stop()))
  return results
}

const medianOf = <T>(results: readonly T[], read: (result: T) => number): number => median(results.map(read))

export async function writerRows(load: Load, size: Size['writers']): Promise<readonly Row[]> {
  const { writers, edits } = size
  const passesOf = (kind: WritersInput['kind'], names: readonly ServerName[]) =>
    takingTurns(names, size, ({ url, pid }, pass) =>
      load.ask<WritersResult>('writers', { url, pid, kind, writers, edits, pass } satisfies WritersInput),
    )
  const cost = (results: readonly WritersResult[]) => medianOf(results, ({ cpuMs, acks }) => (cpuMs * 1000) / acks)
  const costToRest = (results: readonly WritersResult[]) =>
    medianOf(results, ({ cpuToRestMs, acks }) => (cpuToRestMs * 1000) / acks)
  const rate = (results: readonly WritersResult[]) => medianOf(results, ({ acks, ms }) => (acks * 1000) / ms)

  const listings = await passesOf('listings', ['ours', 'projecting', 'peer'])
  const typing = await passesOf('typing', ['ours', 'peer'])
  const rowsOf = (words: string, { ours, peer }: typeof typing): readonly Row[] => [
    compared(
      `${words}: server CPU per ack`,
      { ours: cost(ours), peer: cost(peer) },
      microseconds,
      { most: 0.5 },
      'ours is on the disk, the peer acknowledges from memory',
    ),
    compared(
      `${words}: the same with what was put off`,
      { ours: costToRest(ours), peer: costToRest(peer) },
      microseconds,
      {},
      'the peer stores each document once, when its writer has left',
    ),
    compared(`${words}: acks per second`, { ours: rate(ours), peer: rate(peer) }, perSecond, { least: 2 }),
  ]
  return [
    ...rowsOf(`${writers} writers, signed listings`, listings),
    compared(
      `${writers} writers, signed listings, with the projector to its end`,
      { ours: costToRest(listings.projecting), peer: costToRest(listings.peer) },
      microseconds,
      {},
      'each listing verified, judged, journalled, shown; the peer has nothing like it',
    ),
    ...rowsOf(`${writers} writers, typed letters`, typing),
  ]
}

export async function roomRows(load: Load, size: Size['rooms']): Promise<readonly Row[]> {
  const { warmUp, rooms, listings, restMs, passes } = size
  const files = await storedRooms(warmUp + rooms, listings)
  const measure = async (name: 'ours' | 'peer') => {
    const server = await startServer(name, files[name])
    const { url, pid } = server
    const input: RoomsInput = { url, pid, warmUp, rooms, restMs }
    const result = await load.ask<RoomsResult>('openRooms', input)
    await server.stop()
    return result
  }
  const all: Record<'ours' | 'peer', RoomsResult[]> = { ours: [], peer: [] }
  for (let pass = 0; pass < passes; pass++)
    for (const name of ['ours', 'peer'] as const) all[name].push(await measure(name))
  const bytes = (results: readonly RoomsResult[]) => medianOf(results, ({ bytesPerRoom }) => bytesPerRoom)
  const cpu = (results: readonly RoomsResult[]) => medianOf(results, ({ cpuMs }) => cpuMs)
  const what = `${rooms} rooms of ${rooms} keys`
  return [
    compared(
      `${what}: memory per open idle room`,
      { ours: bytes(all.ours), peer: bytes(all.peer) },
      kilobytes,
      { most: 0.25 },
      `${listings} listings in each`,
    ),
    compared(
      `${what}: CPU to open them`,
      { ours: cpu(all.ours), peer: cpu(all.peer) },
      milliseconds,
      { most: 0.5 },
      'a token checked for each on our side, none on the other',
    ),
  ]
}

export async function fanOutRows(load: Load, size: Size['fanOut']): Promise<readonly Row[]> {
  const { readers, perSecond: rate, updates } = size
  const { ours, peer } = await takingTurns(['ours', 'peer'], size, ({ url, pid }, pass) =>
    load.ask<FanOutResult>('fanOut', { url, pid, readers, updates, pass, perSecond: rate } satisfies FanOutInput),
  )
  const cost = (results: readonly FanOutResult[]) =>
    medianOf(results, ({ cpuMs, delivered }) => (cpuMs * 1000) / delivered)
  const p99 = (results: readonly FanOutResult[]) => medianOf(results, ({ p99Ms }) => p99Ms)
  const missing = [...ours, ...peer].reduce((sum, result) => sum + result.missing, 0)
  const what = `fan-out to ${readers} readers, ${rate} updates/s`
  return [
    compared(
      `${what}: server CPU per delivered update`,
      { ours: cost(ours), peer: cost(peer) },
      microseconds,
      { most: 0.8 },
      missing > 0 ? `${missing} readers missed the last update` : undefined,
    ),
    compared(
      `${what}: p99 from send to receipt`,
      { ours: p99(ours), peer: p99(peer) },
      milliseconds,
      { most: 1 },
      'ours passes on what is on the disk',
    ),
  ]
}

const mostGrowth = 32 * 1024 * 1024

export async function slowReaderRows(load: Load, size: Size['slowReader']): Promise<readonly Row[]> {
  const measure = async (name: 'ours' | 'peer') => {
    const server = await startServer(name)
    const { url, pid } = server
    const result = await load.ask<SlowReaderResult>('slowReader', {
      url,
      pid,
      ...size,
      pass: 0,
    } satisfies SlowReaderInput)
    await server.stop()
    return result
  }
  const ours = await measure('ours')
  const peer = await measure('peer')
  const gaveUp = ({ hungUp }: SlowReaderResult) => (hungUp ? 'hung up on it' : 'kept it')
  const row = compared(
    `${size.megabytes} MB to ${size.readers} readers, one stuck: memory grows by at most`,
    { ours: ours.growthStuck, peer: peer.growthStuck },
    megabytes,
    {},
    `we ${gaveUp(ours)}, the peer ${gaveUp(peer)}; before, with nobody stuck: ${megabytes(ours.growth)}, ${megabytes(peer.growth)}`,
  )
  return [{ ...row, budget: '<= 32 MB', met: ours.growthStuck <= mostGrowth }]
}

export async function joinRows(load: Load, size: Size['join']): Promise<readonly Row[]> {
  const server = await startServer('ours')
  const { url, pid } = server
  const result = await load.ask<JoinResult>('join', { url, pid, ...size } satisfies JoinInput)
  await server.stop()
  const what = `a room of ${size.records} listings over HTTP, against a WebSocket join`
  return [
    compared(
      `${what}: bytes of a reader`,
      { ours: result.httpBytes, peer: result.socketBytes },
      kilobytes,
      { most: 0.4 },
      'both sides are this relay',
    ),
    compared(
      `${what}: server CPU for ${size.readers} readers`,
      { ours: result.httpCpuMs, peer: result.socketCpuMs },
      milliseconds,
      { most: 0.333 },
    ),
  ]
}

/** Load, `kill -9`, restart, again: what was acknowledged must be there, and once. */
import type { Signer } from '#domain/identity.ts'
import { keyOf } from '../relay/material.ts'
import { pause } from '../relay/accounts.ts'
import { createClient, type Client } from './client.ts'
import { readRooms, type OnDisk } from './on-disk.ts'
import { startVictim } from './process.ts'

export interface Rounds {
  readonly rounds: number
  /** Changes that were acknowledged before the last kill. */
  readonly acked: number
  /** Changes made, acknowledged or not; at the end all of them are stored. */
  readonly made: number
  readonly lost: number
  readonly duplicated: number
  readonly unfit: number
  /** Rooms in which the last clients, the disk and each other do not agree. */
  readonly diverged: number
}

const keys = 4
const devices = 2
const shortestMs = 20
const longestMs = 250

/** @param random for the moment of the kill */
export async function runRounds(path: string, rounds: number, random: () => number): Promise<Rounds> {
  const signers = await Promise.all(Array.from({ length: keys }, (_, at) => keyOf(7_000_000 + at)))
  const clients = signers.flatMap((signer, key) =>
    Array.from({ length: devices }, (_, device) => clientOf(signer, `${key}.${device}`, 1 + key * devices + device)),
  )
  const rooms = [...new Set(clients.map(({ room }) => room))]
  const found = { lost: 0, duplicated: 0, unfit: 0 }
  for (let round = 0; round < rounds; round++) {
    const victim = await startVictim(path)
    await Promise.all(clients.map((client) => client.connect(victim.url)))
    const writing = clients.map((client) => client.writeOn())
    await pause(shortestMs + random() * (longestMs - shortestMs))
    await victim.kill()
    for (const { stop } of writing) stop()
    for (const client of clients) client.close()
    count(found, clients, readRooms(path, rooms))
  }
  const sum = (read: (client: Client) => number) => clients.reduce((total, client) => total + read(client), 0)
  const acked = sum((client) => client.acked())
  const diverged = await converge(path, clients, rooms)
  count(found, clients, readRooms(path, rooms))
  return { rounds, ...found, acked, made: sum((client) => client.made()), diverged }
}

const clientOf = (signer: Signer, name: string, clientId: number): Client =>
  createClient(`me/${signer.did}`, name, signer, clientId)

function count(
  found: { lost: number; duplicated: number; unfit: number },
  clients: readonly Client[],
  rooms: ReadonlyMap<string, OnDisk>,
): void {
  for (const [name, { doc, doubled, unfit }] of rooms) {
    const entries = doc.getArray<string>('log').toArray()
    const distinct = new Set(entries)
    found.duplicated += entries.length - distinct.size + doubled
    found.unfit += unfit
    for (const client of clients) {
      if (client.room !== name) continue
      for (let change = 1; change <= client.acked(); change++)
        if (!distinct.has(`${client.name} ${change}`)) found.lost++
    }
  }
}

const mostMs = 20_000

/** Everybody comes back and sends what is missing; then all copies of a room are one. */
async function converge(path: string, clients: readonly Client[], rooms: readonly string[]): Promise<number> {
  const victim = await startVictim(path)
  await Promise.all(clients.map((client) => client.connect(victim.url)))
  const settled = Promise.all(clients.map((client) => client.settled()))
  await Promise.race([settled, pause(mostMs)])
  await pause(shortestMs * 5) // what the others wrote is still on its way
  await victim.stop()
  for (const client of clients) client.close()
  const stored = readRooms(path, rooms)
  const isOne = (room: string) =>
    clients
      .filter((client) => client.room === room)
      .every((client) => sameContent(client, stored.get(room)) && client.acked() === client.made())
  return rooms.filter((room) => !isOne(room)).length
}

const contentOf = (doc: Client['doc']): string =>
  JSON.stringify([doc.getArray('log').toJSON(), Object.entries(doc.getMap('last').toJSON()).sort()])
const sameContent = ({ doc }: Client, stored: OnDisk | undefined): boolean =>
  stored !== undefined && contentOf(doc) === contentOf(stored.doc)

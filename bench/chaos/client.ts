/**
 * An honest client: a document, a socket, the order of messages the provider keeps. It remembers how many of its own
 * changes were acknowledged, and it sends what is missing when it comes back.
 */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Signer } from '#domain/identity.ts'
import { decodeFrame, encodeFrame, type Frame } from '#domain/protocol.ts'
import { makeToken } from '#domain/token.ts'
import { origin } from '../relay/material.ts'

export interface Client {
  readonly room: string
  readonly name: string
  readonly doc: Y.Doc
  /** Of its changes, numbered from 1: how many it made, and up to which one the relay has acknowledged. */
  made(): number
  acked(): number
  connect(url: string): Promise<void>
  /** Makes changes, a few unacknowledged at a time, until it is told to stop or the socket is gone. */
  writeOn(): { stop(): void }
  /** Resolves when everything made is acknowledged; rejects when the relay says no or hangs up. */
  settled(): Promise<void>
  close(): void
}

const inFlight = 4
const overwritten = 5 // keys that are written again and again, so that there is something to throw away

export function createClient(room: string, name: string, signer: Signer, clientId: number): Client {
  const doc = new Y.Doc()
  doc.clientID = clientId
  let made = 0
  let acked = 0
  let socket: WebSocket | undefined
  let waiting: number[] = [] // for every frame that will be acknowledged: up to which change it reaches
  let onAck = (): void => undefined
  let refused: string | undefined

  const send = (frame: Frame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame))
  }
  doc.on('update', (update: Uint8Array, from: unknown) => {
    if (from === 'relay' || socket?.readyState !== WebSocket.OPEN) return
    waiting.push(made)
    send({ kind: 'update', room, update })
  })
  const showToken = async () =>
    send({ kind: 'token', room, token: await makeToken(signer, origin, Date.now()), version: '4.7.0' })
  const change = () => {
    made++
    doc.transact(() => {
      doc.getArray('log').push([`${name} ${made}`])
      doc.getMap('last').set(`k${made % overwritten}`, `${name} ${made}`)
    })
  }
  const receive = (frame: Frame, isFirst: () => boolean) => {
    if (frame.kind === 'step-2' || frame.kind === 'update') Y.applyUpdate(doc, frame.update, 'relay')
    else if (frame.kind === 'step-1') {
      if (isFirst()) waiting.push(made) // the relay acknowledges the step 2 of a join, and not that of a repair
      send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, frame.vector) })
    } else if (frame.kind === 'token-wanted') {
      void showToken() // on a busy machine an attack outlasts a token
    } else if (frame.kind === 'sync-status') {
      const reaches = waiting.shift() ?? 0
      if (frame.stored) acked = Math.max(acked, reaches)
      else refused = `${name}: not stored`
      onAck()
    }
  }

  return {
    room,
    name,
    doc,
    made: () => made,
    acked: () => acked,
    async connect(url) {
      const dialled = new WebSocket(url)
      socket = dialled
      waiting = []
      let asked = 0
      dialled.on('error', () => undefined)
      dialled.on('close', () => onAck())
      dialled.on('message', (bytes: Buffer) => {
        const frame = decodeFrame(new Uint8Array(bytes))
        if (frame.ok && socket === dialled) receive(frame.value, () => asked++ === 0)
      })
      await once(dialled, 'open')
      await showToken()
      send({ kind: 'step-1', room, vector: Y.encodeStateVector(doc) })
    },
    writeOn() {
      const writing = { stopped: false }
      const next = () => {
        while (!writing.stopped && socket?.readyState === WebSocket.OPEN && waiting.length < inFlight) change()
      }
      onAck = next
      next()
      return { stop: () => void (writing.stopped = true) }
    },
    settled: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (refused !== undefined) reject(new Error(refused))
          else if (waiting.length === 0 && acked === made) resolve()
          else if (socket?.readyState !== WebSocket.OPEN) reject(new Error(`${name}: the relay hung up`))
        }
        onAck = look
        look()
      }),
    close: () => void socket?.terminate(),
  }
}

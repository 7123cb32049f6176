/** A client of its own making: speaks to the relay as any browser could, and as no honest one would. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as Y from 'yjs'
import { Notice } from '#domain/notice.ts'
import type { Signer } from '#domain/identity.ts'
import { makeToken } from '#domain/token.ts'
import { proves } from '../fixtures/proof.ts'

export interface OpenClient {
  readonly doc: Y.Doc
  /** Everything the relay said beside the document, as JSON. */
  readonly said: readonly { readonly kind?: string; readonly code?: string }[]
  readonly denied: readonly string[]
  readonly unsynced: () => number
  /** True after the relay's difference has arrived. */
  readonly synced: () => boolean
  close(): void
}

export interface ClientOptions {
  readonly url: string
  readonly room: string
  readonly token: () => Promise<string> | string
}

export function openClient({ url, room, token }: ClientOptions): OpenClient {
  const doc = new Y.Doc()
  const said: { kind?: string; code?: string }[] = []
  const denied: string[] = []
  const socket = new HocuspocusProviderWebsocket({
    url: `${url.replace('http', 'ws')}/sync`,
    delay: 200,
    minDelay: 200,
  })
  const provider = new HocuspocusProvider({
    name: room,
    document: doc,
    websocketProvider: socket,
    awareness: null,
    token: async () => token(),
    onStateless: ({ payload }) => void said.push(JSON.parse(payload) as { kind?: string }),
    onAuthenticationFailed: ({ reason }) => void denied.push(reason),
  })
  proves(provider)
  provider.attach()
  return {
    doc,
    said,
    denied,
    unsynced: () => provider.unsyncedChanges,
    synced: () => provider.isSynced,
    close() {
      provider.destroy()
      socket.destroy()
    },
  }
}

/** The client of an honest key in one of its rooms. */
export const openAs = (url: string, room: string, signer: Signer): OpenClient =>
  openClient({ url, room, token: () => makeToken(signer, url, Date.now()) })

export const noticesOf = (inbox: OpenClient): readonly Notice[] =>
  [...inbox.doc.getMap<string>('notices').values()].map((json) => Notice.parse(JSON.parse(json)))

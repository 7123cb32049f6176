/** Tells the other tabs of this browser what was written here, at once and without the relay, and takes in what they tell. */
import * as Y from 'yjs'

export interface TabsDeps {
  readonly name: string
  readonly doc: Y.Doc
  /** Whether an update was made in this page: what came from disk, relay or another tab is not told on. */
  readonly isLocal: (origin: unknown) => boolean
}
export interface Tabs {
  /** Starts once the disk is read. What others told before that has waited: the document must be empty until then. */
  open(deps: { readonly isKept: boolean; readonly kept: unknown; readonly unkept: unknown }): void
  close(): void
}
/** `isKept`: the teller puts it into IndexedDB, so those who hear it need not. */
interface Told {
  readonly update: Uint8Array
  readonly isKept: boolean
}

export function createTabs({ name, doc, isLocal }: TabsDeps): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)
  const waiting: Told[] = []
  let take = (told: Told): void => void waiting.push(told)
  let tell: ((update: Uint8Array, origin: unknown) => void) | undefined
  channel?.addEventListener('message', (event: MessageEvent<Told>) => take(event.data))

  return {
    open({ isKept, kept, unkept }) {
      take = (told) => Y.applyUpdate(doc, told.update, told.isKept ? kept : unkept)
      for (const told of waiting.splice(0)) take(told)
      tell = (update, origin) => {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel belongs to one origin
        if (isLocal(origin)) channel?.postMessage({ update, isKept } satisfies Told)
      }
      doc.on('update', tell)
    },
    close() {
      if (tell) doc.off('update', tell)
      channel?.close()
    },
  }
}

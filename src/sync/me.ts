/**
 * The private workspace: the inner document of the sealed room `me/<did>`. Features read and write it at once; until there is a
 * key it lives in this page, and the first write makes one. What is written is sealed within a second, when somebody asks
 * whether it is saved, and when the page is put away.
 */
import { createSignal } from 'solid-js'
import * as Y from 'yjs'
import { entriesOf, sealingKeyOf } from '#domain/sealed.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { meOf } from '#domain/room.ts'
import type { Keys } from '#src/identity/keys.ts'
import { openPlain, type Plain } from './plain.ts'
import { createSealing, type Sealing } from './sealed.ts'
import type { OpenRoom, Workspace } from './session.ts'
import { mirrorWorkspace } from './mirror.ts'
import type { StorageFault } from './storage.ts'

export interface MeDeps {
  /** Undefined where there is no WebCrypto: then nothing is ever kept. */
  readonly keys: Pick<Keys, 'knownDid' | 'workspace' | 'onMade' | 'memoryOnly'> | undefined
  readonly open: (room: string) => Promise<OpenRoom>
}
interface Joined {
  readonly outer: OpenRoom
  readonly sealing: Sealing
}

const paceMs = 1_000
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

export async function openMe({ keys, open }: MeDeps): Promise<Workspace> {
  const doc = new Y.Doc()
  const origin = {} // of what comes out of entries
  const [joined, setJoined] = createSignal<Joined>()
  const [isDue, setDue] = createSignal(false)
  let joining: Promise<Joined> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const joinNow = async (): Promise<Joined> => {
    if (!keys) throw new Error('no key without WebCrypto')
    const { did, secret } = await keys.workspace()
    const [key, outer] = await Promise.all([sealingKeyOf(secret), open(meOf(did))])
    const sealing = createSealing({ room: meOf(did), outer: outer.doc, inner: doc, origin, key, random })
    await sealing.read()
    outer.doc.getMap(entriesOf).observe(() => void sealing.read())
    return { outer, sealing }
  }
  const join = async (): Promise<Joined> => {
    joining ??= joinNow()
    try {
      const found = await joining
      setJoined(found)
      return found
    } catch (error) {
      joining = undefined // the disk was full: asked again, it may have room
      throw error
    }
  }
  const seal = async (): Promise<Result<OpenRoom, StorageFault>> => {
    clearTimeout(timer)
    timer = undefined
    try {
      const { outer, sealing } = joined() ?? (await join())
      await sealing.seal()
      setDue(sealing.isDue())
      return ok(outer)
    } catch (error) {
      return err({ kind: 'storage', detail: String(error) })
    }
  }
  const saved = async (): Promise<Result<void, StorageFault>> => {
    if (!isDue() && !joined()) return ok(undefined)
    const sealed = await seal()
    return sealed.ok ? sealed.value.saved() : sealed
  }
  doc.on('update', (_: Uint8Array, from: unknown) => {
    if (from === origin) return
    setDue(true)
    const isFirst = !joined() // its key takes its time
    if (isFirst || document.visibilityState === 'hidden') void seal()
    else timer ??= setTimeout(() => void seal(), paceMs)
  })
  sealWhenLeft(() => isDue() && void seal())

  const plain = keys && (await openPlain())
  keys?.onMade(() => void join().catch(() => undefined))
  if (keys && (plain || (await keys.knownDid('person')))) await join().catch(() => undefined)
  if (plain) await takeOver(plain, doc, saved)
  mirrorWorkspace(doc, joined()?.outer.memoryOnly === false)
  return {
    name: 'me',
    doc,
    memoryOnly: joined()?.outer.memoryOnly ?? keys?.memoryOnly() ?? true,
    saved,
    stored: () => !isDue() && (joined()?.outer.stored() ?? false),
    synced: () => joined()?.outer.synced() ?? false,
    refused: () => joined()?.outer.refused(),
    unopened: () => joined()?.sealing.unopened().size ?? 0,
    forget: async () => joined()?.outer.forget(),
    release: () => undefined, // it stays open as long as the page
  }
}

/** The drafts of a browser that kept them as plain words: sealed first, and only then removed. */
async function takeOver(plain: Plain, doc: Y.Doc, saved: Workspace['saved']): Promise<void> {
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(plain.doc), plain)
  const { ok: isSealed } = await saved()
  await (isSealed ? plain.forget() : plain.close())
}

function sealWhenLeft(leave: () => void): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
  addEventListener('pagehide', leave)
}

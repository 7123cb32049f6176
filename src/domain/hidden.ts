/**
 * What is hidden, for whoever keeps copies: `GET /labels.json`, of 90 days. Nothing in it is believed because it was sent: each id is hidden by
 * a label that a moderator signed, and the portal's key, known to a browser since its first list, says who was a moderator, and when.
 *
 *   word    := base64url(signature of the portal's key) · "." · json of PortalWord
 *   labels  := SignedRecords, each a `hide` or a `block` that decides now
 *   blocked := of a blocked key the nonces of what it has published; with the key each gives an id, so none can be slipped in
 *
 * Every page loads it when it rests, so neither zod nor curves of our own: a browser whose WebCrypto has no Ed25519 hides by the list alone.
 */
import { fromBase64url, sha256, toBase32, toHex, utf8, type Bytes } from './bytes.ts'
import type { LogHead } from './label-log.ts'

export const labelsPath = '/labels.json'
/** The browser's cache that keeps it for the time without a network. */
export const labelsCache = 'labels'

/** From when to when a key has decided here (ms); its public key is spelled in base64url. */
export type Term = readonly [did: string, key: string, from: number, until: number | null]

export interface PortalWord {
  readonly type: 'hidden/1'
  readonly portal: string
  readonly at: number
  readonly moderators: readonly Term[]
  /** Ids without a label: of erased keys, and what a moderator hid who had himself erased. */
  readonly gone: readonly string[]
  /** The last link of all labels (`label-log.ts`). */
  readonly log: LogHead
  /** Of erased keys, `erasureMarkOf`. */
  readonly erased: readonly string[]
}
export interface HiddenFile {
  readonly key: string
  readonly word: string
  readonly labels: readonly string[]
  readonly blocked: Readonly<Record<string, readonly string[]>>
}

export interface Hidden {
  readonly ids: ReadonlySet<string>
  /** Ids and marks of what is not to be had again. */
  readonly gone: ReadonlySet<string>
  readonly erased: ReadonlySet<string>
  readonly key: string
  readonly at: number
  readonly log: LogHead
  /** Labels that hide nothing, since they did not check out. */
  readonly wrong: readonly string[]
}
export type HiddenFault = 'bad-format' | 'bad-signature' | 'other-key' | 'older'

/** Undefined where it cannot be told. */
export type Verify = (key: Bytes, signature: Bytes, bytes: Bytes) => Promise<boolean | undefined>

const aheadMs = 600_000 // as far as a record's time may be ahead of the relay's

/** @param known what the list that is kept was signed with, and when */
export async function openHidden(
  text: string,
  known: { readonly key: string; readonly at: number } | undefined,
  verify: Verify = verifyNatively,
): Promise<Hidden | HiddenFault> {
  const file = parsed(text) as Partial<HiddenFile> | undefined
  const { key = '', labels, blocked } = file ?? {}
  if (!file || !Array.isArray(labels) || typeof blocked !== 'object') return 'bad-format'
  if (known && known.key !== key) return 'other-key'
  const word = (await signedBy(key, file.word, verify)) as PortalWord | undefined
  if (word?.type !== 'hidden/1') return 'bad-signature'
  if (known && word.at < known.at) return 'older'
  const ids = new Set(word.gone)
  const wrong: string[] = []
  for (const label of labels as readonly unknown[]) {
    const said = await labelIn(label, word, verify)
    if (!said) wrong.push(String(label).slice(0, 200))
    else if (said.action === 'hide') ids.add(said.subject.id)
    else
      for (const nonce of (blocked as HiddenFile['blocked'])[said.subject.id] ?? [])
        ids.add(await idBy(said.subject.id, nonce))
  }
  return { ids, gone: new Set(word.gone), erased: new Set(word.erased), key, at: word.at, log: word.log, wrong }
}

/** As `idOf` of records. */
const idBy = async (author: string, nonce: string): Promise<string> =>
  toBase32(await sha256(utf8(`${author}\n${nonce}`))).slice(0, 26)

/** As `erasureMarkOf`. */
export const markOf = async (did: string): Promise<string> => toHex(await sha256(utf8(`erased\n${did}`)))

interface Said {
  readonly subject: { readonly id: string }
  readonly action: string
}

/** What a label says, if its signer was a moderator then. */
async function labelIn(text: unknown, { portal, moderators }: PortalWord, verify: Verify): Promise<Said | undefined> {
  const [, named] = /"author":"(did:key:\w+)"/.exec(String(text)) ?? []
  const terms = moderators.filter(([did]) => did === named)
  const label = (await signedBy(terms[0]?.[1] ?? '', text, verify)) as Record<string, unknown> | undefined
  if (label?.['kind'] !== 'label' || label['portal'] !== portal || label['author'] !== named) return undefined
  const at = Number(label['updatedAt'])
  const was = terms.some(([, , from, until]) => at >= from && at <= (until ?? Infinity) + aheadMs)
  const said = label['body'] as Said
  return was && (said.action === 'hide' || said.action === 'block') ? said : undefined
}

/** Verified first, parsed after. */
async function signedBy(key: string, text: unknown, verify: Verify): Promise<unknown> {
  if (typeof text !== 'string') return undefined
  const dot = text.indexOf('.')
  const [bytes, signature] = [fromBase64url(key), fromBase64url(text.slice(0, Math.max(0, dot)))]
  if (bytes?.length !== 32 || signature?.length !== 64) return undefined
  const json = text.slice(dot + 1)
  return (await verify(bytes, signature, utf8(json))) === false ? undefined : parsed(json)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Undefined where WebCrypto has no Ed25519. */
async function verifyNatively(key: Bytes, signature: Bytes, bytes: Bytes): Promise<boolean | undefined> {
  try {
    const opened = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', opened, signature, bytes)
  } catch (thrown) {
    return (thrown as Error).name === 'NotSupportedError' ? undefined : false
  }
}

/** `/labels.json` as it is given out: signed anew by the portal's key whenever what is hidden, or who decides, has changed. */
import type { DatabaseSync } from 'node:sqlite'
import { sha256, toBase64url, utf8, type Bytes } from '#domain/bytes.ts'
import type { HiddenFile, PortalWord } from '#domain/hidden.ts'
import { publicKeyOf, signerOf } from '#domain/identity.ts'
import { createHiddenParts } from './stores/hidden-file.ts'

export interface HiddenAnswer {
  readonly tag: string
  readonly file: HiddenFile
}

export function createHiddenFile(reader: DatabaseSync, portal: string): (now: number) => Promise<HiddenAnswer> {
  const parts = createHiddenParts(reader)
  let last: { readonly state: string; readonly answer: Promise<HiddenAnswer> } | undefined
  return (now) => {
    const state = parts.tag(now)
    if (last?.state === state) return last.answer
    const made = { state, answer: sign(parts, portal, now) }
    last = made
    made.answer.catch(() => {
      if (last === made) last = undefined // the next reader has it signed again
    })
    return made.answer
  }
}

async function sign(
  { secret, at }: ReturnType<typeof createHiddenParts>,
  portal: string,
  now: number,
): Promise<HiddenAnswer> {
  const entropy = secret()
  if (!entropy) throw new Error('the portal has no key: the writer makes it at its start')
  const signer = await signerOf(entropy, 'person')
  const { moderators, labels, blocked, gone, erased, log } = at(now)
  const terms = moderators.map(({ did, from, until }) => [did, spelledKey(did), from, until] as const)
  const json = JSON.stringify({
    type: 'hidden/1',
    portal,
    at: now,
    moderators: terms,
    gone,
    erased,
    log,
  } satisfies PortalWord)
  const word = `${toBase64url(await signer.sign(utf8(json)))}.${json}`
  const file = { key: spelledKey(signer.did), word, labels, blocked }
  return { tag: toBase64url(await sha256(utf8(JSON.stringify(file)))).slice(0, 22), file }
}

const spelledKey = (did: string): string => toBase64url(publicKeyOf(did) as Bytes) // a did that was checked before

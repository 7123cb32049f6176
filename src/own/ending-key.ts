/** Signs the end of this browser's keys, now or ahead, and sends what was signed. */
import type { Did, KeyUse } from '#domain/identity.ts'
import { openEnd, signEnd, type KeyEnd } from '#domain/key-end.ts'
import type { OpenRecord } from '#domain/record.ts'
import { shelfOf } from '#domain/room.ts'
import type { Session } from '#src/sync/session.ts'

export type Sent = 'ended' | 'bad' | 'offline' | 'too-many' | 'failed'

async function sendEnd(text: string): Promise<Sent> {
  try {
    const answer = await fetch('/ends', { method: 'POST', body: text })
    if (answer.ok) return 'ended'
    return answer.status === 400 ? 'bad' : answer.status === 429 ? 'too-many' : 'failed'
  } catch {
    return 'offline'
  }
}

/** The key of friends' listings goes too, but tells nobody who goes on: it leads to no person. */
const signed = async (session: Session, use: KeyUse, portal: string, successor: Did | undefined): Promise<OpenRecord> =>
  signEnd(await session.signer(use), {
    portal,
    successor: use === 'person' ? successor : undefined,
    now: session.now(),
  })

/** Where the portal has nothing of a key there is nothing to end, and nobody need be told of it. */
async function isKnown(did: Did): Promise<boolean> {
  try {
    return (await fetch(`/rooms/${shelfOf(did)}`, { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return true // no network: whoever sends it is told so
  }
}

/** One by one, the first last: it is the one its sender wants to hear of. Where one does not go through, those after it are not sent. */
async function sendAll([first, ...others]: readonly OpenRecord[]): Promise<Sent> {
  for (const { envelope, text } of others) {
    const sent = (await isKnown(envelope.author)) ? await sendEnd(text) : 'ended'
    if (sent !== 'ended') return sent
  }
  return first ? sendEnd(first.text) : 'bad'
}

export async function endHere(session: Session, portal: string, successor: Did | undefined): Promise<Sent> {
  const end = await signed(session, 'person', portal, successor)
  const friends = await signed(session, 'friends', portal, undefined)
  const sent = await sendAll([end, friends])
  if (sent !== 'offline') return sent
  const isKept = (await keep(session, 'friends', friends)) && (await keep(session, 'person', end))
  return isKept ? 'offline' : 'failed'
}

/** On its own shelf it goes out as everything does; a key that has nothing there has nothing to end. @returns whether it is on the disk */
async function keep(session: Session, use: KeyUse, { envelope, text }: OpenRecord): Promise<boolean> {
  const shelf = await session.room(shelfOf(envelope.author), use)
  const records = shelf.doc.getMap('records')
  if (use === 'friends' && records.size === 0) return true
  records.set(`${envelope.id}/${await session.device(use)}`, text)
  return (await shelf.saved()).ok
}

/** For paper: both keys, a line each. */
export async function endsAhead(session: Session, portal: string, successor: Did | undefined): Promise<string> {
  const ends = [await signed(session, 'person', portal, successor), await signed(session, 'friends', portal, undefined)]
  return `${ends.map(({ text }) => text).join('\n\n')}\n`
}

/** A record's text ends with its body, which holds nothing but texts. */
const one = /[A-Za-z0-9_-]{86}\.\{"type":"record\/1".*?\}\}/g

/** What stands in a text from paper or a file; undefined when any of it is not whole. */
export async function endsIn(text: string, portal: string): Promise<readonly KeyEnd[] | undefined> {
  const found = text.replace(/\s+/g, '').match(one) ?? []
  const ends = await Promise.all(found.map((record) => openEnd(record, portal)))
  const whole = ends.filter((end) => end !== undefined)
  return whole.length > 0 && whole.length === ends.length ? whole : undefined
}

export const sendEnds = (ends: readonly KeyEnd[]): Promise<Sent> => sendAll(ends.map(({ record }) => record))

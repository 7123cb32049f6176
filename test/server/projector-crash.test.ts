/** `kill -9` of a real process after each step of the projector: a fresh process ends where an undisturbed one ends. */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import type { Signer } from '#domain/identity.ts'
import type { OpenRecord } from '#domain/record.ts'
import { contactOf, shelfOf } from '#domain/room.ts'
import { hourMs } from '#domain/time.ts'
import { steps, type Step } from '../../server/projector/projector.ts'
import { dumpOf } from '../../server/replay.ts'
import type { LogEntry } from '../../server/stores/store.ts'
import { aLabel, aModerator, onListing } from '../fixtures/labels.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, anEdit, aRoomCopy, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const folder = mkdtempSync(join(tmpdir(), 'projector-crash-'))
const seed = join(folder, 'seed.sqlite')
const child = new URL('../fixtures/projecting-process.ts', import.meta.url).pathname
const authors = [1, 2, 3]
const posts = 70 // of each: more than a batch of 200 in all
const held: HeldContact = { contact: { kind: 'phone', value: '13800001111' }, key: 'A'.repeat(22) }

/** Listings that are shown already, and then much that waits: more than one batch, good and bad, edits, ends and contacts, and a listing that a moderator hides. */
async function seedFile() {
  const portal = openProjection(seed)
  const signers = await Promise.all(authors.map((author) => aSigner(author)))
  const contact = await commitmentOf(held)
  const waiting: LogEntry[] = []
  portal.clock.now = noon - 2 * hourMs
  for (const [at, signer] of signers.entries()) {
    const room = shelfOf(signer.did)
    const copy = aRoomCopy('records', 50 + at)
    const old = await Promise.all([0, 1, 2].map((i) => aRecord(signer, i, noon - 3 * hourMs, { contact })))
    await portal.append(room, copy.put(Object.fromEntries(old.map((record) => [slotOf(record), record.text]))))
    waiting.push({ room, update: copy.put(await changesOf(signer, old, `海边 ${at}`)), at: noon })
    const contacts = aRoomCopy('contacts', 70 + at).put({ [slotOf(old[1]!)]: JSON.stringify(held), 'a/b': 'bad' })
    waiting.push({ room: contactOf(signer.did), update: contacts, at: noon })
  }
  const judge = await aModerator()
  const { id } = (await aRecord(signers[0]!, 2, noon - 3 * hourMs)).envelope
  const label = await aLabel(judge, 1, noon, { subject: onListing(id) })
  const judged = aRoomCopy('records', 90).put({ [slotOf(label)]: label.text })
  waiting.push({ room: shelfOf(judge.did), update: judged, at: noon })
  portal.core.appendNow(waiting)
  portal.projector.stop()
  portal.core.db.close()
}

async function changesOf(signer: Signer, [first, second]: readonly OpenRecord[], name: string) {
  const fresh = await Promise.all(Array.from({ length: posts }, (_, i) => aRecord(signer, 10 + i, noon - i * 1000)))
  const profile = await aProfile(signer, noon, { name, poster: 'person' })
  const sold = await anEdit(signer, first!, noon, { state: 'sold-here' })
  const cheaper = await anEdit(signer, second!, noon, { priceFen: 1 })
  const elsewhere = await anEdit(signer, second!, noon - 1, { priceFen: 2 })
  const genuine = [...fresh, profile, sold, cheaper].map((record) => [slotOf(record), record.text])
  const others = [
    [slotOf(elsewhere, 'laptop'), elsewhere.text],
    [slotOf(fresh[1]!, 'laptop'), 'x.{}'],
    ['y', 'z'],
  ]
  return Object.fromEntries([...genuine, ...others]) as Record<string, string>
}

const run = (...args: string[]) =>
  new Promise<{ signal: string | null; problem: string }>((resolve) => {
    const options = { cwd: new URL('../..', import.meta.url).pathname }
    const started = execFile(process.execPath, [child, ...args], options, (_, __, stderr) =>
      resolve({ signal: started.signalCode, problem: stderr }),
    )
  })

/** Starts on the file as it was left, works to the end, and tells all that the projector answers for. Epochs are random and stay out. */
async function outcomeOf(path: string) {
  const moderators = new Set([(await aModerator()).did])
  const opened = openProjection(path, undefined, { moderators })
  const { core, projector, failures, inbox, latest, wire } = opened
  await projector.settled()
  expect(failures).toEqual([])
  const signers = await Promise.all(authors.map((author) => aSigner(author)))
  const outcome = {
    model: dumpOf(core.db),
    journal: core.db.prepare('SELECT * FROM journal ORDER BY seq').all(),
    contacts: core.db.prepare('SELECT * FROM contacts ORDER BY did, slot').all(),
    cursor: core.db.prepare(`SELECT name, projected_seq FROM rooms WHERE projected_seq > 0 ORDER BY name`).all(),
    inboxes: signers.map(({ did }) => inbox(did)),
    told: signers.map(({ did }) => opened.decisions(did)),
    labels: opened.labels(),
    latest: [latest('all'), latest('goods')],
    wire: wire(),
  }
  projector.stop()
  core.db.close()
  return outcome
}

let undisturbed: Awaited<ReturnType<typeof outcomeOf>>
beforeAll(async () => {
  await seedFile()
  const path = join(folder, 'undisturbed.sqlite')
  copyFileSync(seed, path)
  expect(await run(path)).toEqual({ signal: null, problem: '' })
  undisturbed = await outcomeOf(path)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the projector', () => {
  it('had something to do, in more than one batch', () => {
    expect(undisturbed.journal).toHaveLength(3 * (3 + posts + 1 + 2 + 1 + 2) + 1)
    expect(Object.keys(undisturbed.wire)).toHaveLength(3 * (posts + 2) - 1)
    expect(Object.keys(undisturbed.latest[0]!)).toHaveLength(20)
    expect(Object.keys(undisturbed.labels)).toHaveLength(1)
    expect(Object.keys(undisturbed.told[0]!)).toEqual(Object.keys(undisturbed.labels))
    expect(undisturbed.contacts).toHaveLength(3)
    expect(new Set(undisturbed.journal.map(({ verdict }) => verdict)).size).toBe(3)
  })

  const times: readonly (readonly [Step, number])[] = [
    ...steps.map((step) => [step, 1] as const),
    ['journal', 150],
    ['journal', 220],
    ['rooms', 2],
    ['commit', 2],
  ]
  it.each(times)('killed after "%s" (time %i) ends as if it had not been', async (step, time) => {
    const path = join(folder, `${step}-${time}.sqlite`)
    copyFileSync(seed, path)
    expect(await run(path, step, String(time))).toMatchObject({ signal: 'SIGKILL' })
    expect(await outcomeOf(path)).toEqual(undisturbed)
  })
})

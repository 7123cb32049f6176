import { describe, expect, it } from 'vitest'
import { didOf } from '#domain/identity.ts'
import { contactOf, inboxOf, labelsRoom, latestOf, meOf, parseRoom, rightsOf, shelfOf, wireOf } from '#domain/room.ts'
import { must } from '../fixtures/must.ts'

const owner = didOf(new Uint8Array(32).fill(1))
const stranger = didOf(new Uint8Array(32).fill(2))

describe('rights', () => {
  it.each([
    // room, owner reads, owner writes, a stranger reads, a stranger writes, nobody's key reads, writes
    [shelfOf(owner), true, true, true, false, true, false],
    [contactOf(owner), false, true, false, false, false, false], // written and never read back
    [meOf(owner), true, true, false, false, false, false],
    [inboxOf(owner), true, false, false, false, false, false],
    [latestOf('all'), true, false, true, false, true, false],
    [latestOf('jobs'), true, false, true, false, true, false],
    [wireOf('0'), true, false, true, false, true, false],
    [labelsRoom, true, false, true, false, true, false],
  ])('of %s', (name, ...expected) => {
    const room = must(parseRoom(name))
    const rights = [owner, stranger, undefined].flatMap((did) => Object.values(rightsOf(room, did)))
    expect(rights).toEqual(expected)
  })
})

describe('names', () => {
  it.each([
    ['', 'no name'],
    ['shelf', 'no owner'],
    ['shelf/', 'an empty owner'],
    ['shelf/did:key:z6MkShort', 'a short key'],
    [`shelf/${owner}/x`, 'more behind the owner'],
    [`shelf/${owner}\u0000abc`, 'a session id behind a NUL'],
    [`shelf/${owner}\n`, 'a line break'],
    [`shelf/${owner.replace('z6Mk', 'z6LS')}`, 'a key of another kind'],
    [`Shelf/${owner}`, 'a capital'],
    ['latest', 'no topic'],
    ['latest/../labels', 'a path'],
    ['latest/招聘', 'a topic that is no id'],
    [`wire/${'a'.repeat(65)}`, 'a long topic'],
    ['labels/x', 'labels have no topic'],
    ['draft/1', 'a kind of later'],
    ['__proto__', 'a name of JavaScript'],
    ['constructor/x', 'a name of JavaScript'],
  ])('%j is no room: %s', (name) => {
    expect(parseRoom(name)).toEqual({ ok: false, error: { kind: 'unknown-room' } })
  })
})

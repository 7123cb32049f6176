/** The sealed room between devices: whoever writes, seals, folds and meets in whatever order, nothing is lost. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { entriesOf, sealEntry, sealingKeyOf } from '#domain/sealed.ts'
import { createSealing, mostEntries } from '../../src/sync/sealed.ts'

const room = 'me/did:key:z6Mk'
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const keyOf = (byte: number) => sealingKeyOf(new Uint8Array(32).fill(byte))

async function aDevice(key?: CryptoKey, outer = new Y.Doc(), most = mostEntries) {
  const inner = new Y.Doc()
  const sealing = createSealing({ room, outer, inner, origin: outer, key: key ?? (await keyOf(1)), random, most })
  await sealing.read()
  const drafts = inner.getMap<string>('drafts')
  const write = async (field: string, value: string) => (drafts.set(field, value), sealing.seal())
  return { outer, inner, sealing, drafts, write, entries: outer.getMap<Uint8Array>(entriesOf) }
}
type Device = Awaited<ReturnType<typeof aDevice>>

const pass = (from: Device, to: Device) => Y.applyUpdate(to.outer, Y.encodeStateAsUpdate(from.outer))
async function meet(a: Device, b: Device): Promise<void> {
  pass(a, b)
  pass(b, a)
  await Promise.all([a.sealing.read(), b.sealing.read()])
}
/** A page that writes and is closed. */
async function visit(outer: Y.Doc, field: string, value: string): Promise<Device> {
  const device = await aDevice(undefined, outer)
  await device.write(field, value)
  device.sealing.close()
  return device
}
const fieldsOf = ({ drafts }: Device) => Object.fromEntries(drafts.entries())

describe('a sealed room', () => {
  it('holds no word of what is inside, and gives it to whoever has the key', async () => {
    const [a, b] = [await aDevice(), await aDevice()]
    await a.write('d/title', '九成新实木书桌')
    expect(Buffer.from(Y.encodeStateAsUpdate(a.inner)).includes('实木书桌')).toBe(true) // it would be found unsealed
    expect(Buffer.from(Y.encodeStateAsUpdate(a.outer)).includes('实木书桌')).toBe(false)
    expect(Buffer.from(Y.encodeStateAsUpdate(a.outer)).includes('title')).toBe(false)
    await meet(a, b)
    expect(fieldsOf(b)).toEqual({ 'd/title': '九成新实木书桌' })
  })

  it('takes what was written before there was a key', async () => {
    const [inner, outer] = [new Y.Doc(), new Y.Doc()]
    inner.getMap('drafts').set('d/title', '先写后有钥匙')
    const sealing = createSealing({ room, outer, inner, origin: outer, key: await keyOf(1), random })
    expect(sealing.isDue()).toBe(true)
    await sealing.seal()
    expect(fieldsOf(await aDevice(undefined, outer))).toEqual({ 'd/title': '先写后有钥匙' })
  })

  it('costs one entry for all that a page writes, as large as what is left of it', async () => {
    const a = await aDevice()
    for (let n = 0; n < 200; n++) await a.write('d/text', `${'字'.repeat(300)}${n}`)
    expect(a.entries.size).toBe(1)
    expect([...a.entries.values()][0]?.length).toBeLessThan(1500)
    expect(Y.encodeStateAsUpdate(a.outer).length).toBeLessThan(2000)
  })

  it('two devices that edit one draft offline have the same draft once they meet', async () => {
    const [a, b] = [await aDevice(), await aDevice()]
    await a.write('d/title', '书桌')
    await meet(a, b)
    await a.write('d/title', '实木书桌')
    await b.write('d/text', '桌面有两处浅划痕')
    await b.write('d/title', '旧书桌')
    await meet(a, b)
    expect(fieldsOf(a)).toEqual(fieldsOf(b))
    expect(a.drafts.get('d/text')).toBe('桌面有两处浅划痕')
    expect(['实木书桌', '旧书桌']).toContain(a.drafts.get('d/title'))
  })

  it('carries a deletion to the other device', async () => {
    const [a, b] = [await aDevice(), await aDevice()]
    await a.write('d/title', '书桌')
    await meet(a, b)
    b.drafts.delete('d/title')
    await b.sealing.seal()
    await meet(a, b)
    expect([fieldsOf(a), fieldsOf(b)]).toEqual([{}, {}])
  })

  it('folds when there are more than 64 entries', async () => {
    const outer = new Y.Doc()
    for (let n = 0; n < mostEntries; n++) await visit(outer, `d${n}/title`, `第${n}份`)
    expect(outer.getMap(entriesOf).size).toBe(mostEntries)
    await visit(outer, 'last/title', '再来一份')
    expect(outer.getMap(entriesOf).size).toBe(1)
    expect(Object.keys(fieldsOf(await aDevice(undefined, outer)))).toHaveLength(mostEntries + 1)
  })

  it('two devices that fold at once, each with words the other has not seen, lose nothing', async () => {
    const outer = new Y.Doc()
    for (let n = 0; n < mostEntries; n++) await visit(outer, `d${n}/title`, `第${n}份`)
    const [a, b] = [await aDevice(undefined, outer), await aDevice()]
    pass(a, b)
    await b.sealing.read()
    await Promise.all([a.write('a/title', '甲写的'), b.write('b/title', '乙写的')])
    expect([a.entries.size, b.entries.size]).toEqual([1, 1]) // both have folded
    await meet(a, b)
    expect(a.entries.size).toBe(2) // two snapshots stand side by side
    expect(fieldsOf(a)).toEqual(fieldsOf(b))
    expect(Object.keys(fieldsOf(a))).toHaveLength(mostEntries + 2)
    await a.write('a/title', '甲又写的') // its entry was folded: it goes on in another
    await meet(a, b)
    expect(b.drafts.get('a/title')).toBe('甲又写的')
  })

  it('leaves alone what it cannot open, and tells', async () => {
    const a = await aDevice()
    const sealed = async (byte: number, entry: string, update: Uint8Array) =>
      sealEntry(await keyOf(byte), { room, entry }, Uint8Array.from(update), random(12))
    const empty = Y.encodeStateAsUpdate(new Y.Doc())
    const [foreign, moved] = [await sealed(2, 'foreign', empty), await sealed(1, 'elsewhere', empty)]
    const noUpdate = await sealed(1, 'no-update', new TextEncoder().encode('字'))
    const strange = {
      later: Uint8Array.of(2, 1, 2, 3),
      foreign,
      moved,
      'no-update': noUpdate,
      number: 7,
      empty: Uint8Array.of(),
    }
    for (const [key, value] of Object.entries(strange)) a.outer.getMap<unknown>(entriesOf).set(key, value)
    await a.sealing.read()
    expect(Object.fromEntries([...a.sealing.unopened()].map(([key, { kind }]) => [key, kind]))).toEqual({
      later: 'other-version',
      foreign: 'damaged',
      moved: 'damaged',
      'no-update': 'damaged',
      number: 'damaged',
      empty: 'damaged',
    })
    a.sealing.close()
    for (let n = 0; n <= mostEntries; n++) await visit(a.outer, `d${n}/title`, `第${n}份`)
    expect(new Set(a.entries.keys()).isSupersetOf(new Set(Object.keys(strange)))).toBe(true)
    expect(a.entries.size).toBe(Object.keys(strange).length + 1)
  })

  it('loses nothing and stays bounded, whatever two devices with pages that come and go do in whatever order', async () => {
    const [key, few] = [await keyOf(1), 5]
    const step = fc.tuple(
      fc.constantFrom('write', 'write', 'write', 'erase', 'reopen', 'reopen', 'meet', 'pass-a', 'pass-b', 'together'),
      fc.constantFrom(0, 1),
      fc.integer({ min: 0, max: 9 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 260 }), async (steps) => {
        const devices = [await aDevice(key, undefined, few), await aDevice(key, undefined, few)] as [Device, Device]
        let n = 0
        const written = [new Set<string>(), new Set<string>()] as const // each device erases only what it wrote
        for (const [act, who, slot] of steps) {
          const device = devices[who]
          const field = `${who}/${slot}`
          if (act === 'write') {
            await device.write(field, `${++n}`)
            written[who].add(field)
          } else if (act === 'erase') {
            device.drafts.delete(field)
            written[who].delete(field)
            await device.sealing.seal()
          } else if (act === 'reopen') {
            device.sealing.close()
            devices[who] = await aDevice(key, device.outer, few)
          } else if (act === 'meet') await meet(...devices)
          else if (act === 'pass-a') pass(devices[0], devices[1])
          else if (act === 'pass-b') pass(devices[1], devices[0])
          else {
            for (const each of [0, 1] as const) {
              devices[each].drafts.set(`${each}/x`, `${++n}`)
              written[each].add(`${each}/x`)
            }
            await Promise.all([
              ...devices.map(({ sealing }) => sealing.seal()),
              ...devices.map(({ sealing }) => sealing.read()),
            ])
          }
        }
        const words = devices.map((device, who) =>
          Object.fromEntries(Object.entries(fieldsOf(device)).filter(([field]) => field.startsWith(`${who}/`))),
        )
        await meet(...devices)
        const everything = { ...words[0], ...words[1] }
        expect(new Set(Object.keys(everything))).toEqual(new Set([...written[0], ...written[1]]))
        expect(fieldsOf(devices[0])).toEqual(everything)
        expect(fieldsOf(devices[1])).toEqual(everything)
        expect(fieldsOf(await aDevice(key, devices[0].outer))).toEqual(everything) // from the entries alone
        await devices[0].write('0/end', 'end')
        expect(devices[0].entries.size).toBeLessThanOrEqual(few)
      }),
      { numRuns: 40 },
    )
  })
})

/** Photos in a listing's record: what stands there, what does not, and that records without any are as they were. */
import { describe, expect, it } from 'vitest'
import { blobPath, photoSources } from '#domain/blob-path.ts'
import { lineOf } from '#domain/entry.ts'
import { parseListing } from '#domain/listing.ts'
import { aRecord, noon } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { aListing, aPhoto, town } from '../fixtures/town.ts'

const photos = (count: number) => Array.from({ length: count }, (_, i) => aPhoto(i))
const rulesOf = (value: unknown) => {
  const parsed = parseListing(town, aListing({ photos: value }))
  return parsed.ok ? [] : parsed.error.map(({ rule, field }) => [rule, field])
}

describe('a listing', () => {
  it('has up to eight photos in the order its author gave them; the first is on its line', async () => {
    const parsed = parseListing(town, aListing({ photos: photos(8) }))
    expect(parsed.ok && parsed.value.photos?.map(({ hash }) => hash)).toEqual(photos(8).map(({ hash }) => hash))
    const record = await aRecord(await aSigner(1), 1, noon)
    expect(lineOf(record, aListing({ photos: photos(2) }), noon).cover).toBe(aPhoto(0).hash)
  })

  it('without photos is parsed to the same bytes as before there were any', () => {
    const plain = aListing()
    const parsed = parseListing(town, plain)
    expect(parsed.ok && Object.keys(parsed.value)).not.toContain('photos')
    expect(parsed.ok && parsed.value).toEqual(plain)
  })

  it.each([
    ['nine', photos(9), [['photo-count', 'photos']]],
    ['none, but said', [], [['photo-form', 'photos']]],
    ['one twice', [aPhoto(1), aPhoto(1)], [['photo-form', 'photos']]],
    ['a hash that is none', [{ ...aPhoto(1), hash: '../etc/passwd' }], [['photo-form', 'photos.0.hash']]],
    ['a hash in capitals', [{ ...aPhoto(1), hash: 'A'.repeat(64) }], [['photo-form', 'photos.0.hash']]],
    [
      'sides no photo has',
      [{ ...aPhoto(1), width: 0, height: 1601 }],
      [
        ['photo-form', 'photos.0.width'],
        ['photo-form', 'photos.0.height'],
      ],
    ],
    ['more bytes than a photo has', [{ ...aPhoto(1), bytes: 1_000_001 }], [['photo-form', 'photos.0.bytes']]],
    ['another type', [{ ...aPhoto(1), type: 'image/svg+xml' }], [['photo-form', 'photos.0.type']]],
    ['something beside', [{ ...aPhoto(1), alt: 'x' }], [['photo-form', 'photos.0']]],
    ['an address', ['https://example.org/x.jpg'], [['photo-form', 'photos.0']]],
  ])('is refused with %s', (_, value, rules) => expect(rulesOf(value)).toEqual(rules))
})

describe('where a photo is', () => {
  it.each([
    [1600, '/blobs/h?w=320 320w, /blobs/h?w=800 800w, /blobs/h 1600w'],
    [900, '/blobs/h?w=320 320w, /blobs/h?w=800 800w, /blobs/h 900w'],
    [200, '/blobs/h 200w'],
  ])('a photo %i wide is offered in what is narrower, and as it is', (width, sources) => {
    expect(photoSources({ hash: 'h', width })).toBe(sources)
    expect(blobPath('h')).toBe('/blobs/h')
  })
})

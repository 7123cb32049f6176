/** What is read of a file's first bytes before anything is decoded: real encoders on one side, what lies or ends early on the other. */
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readHeader } from '#src/listings/photos/picture-header.ts'

const picture = () => sharp({ create: { width: 321, height: 123, channels: 4, background: '#c33' } })
const bytesOf = (buffer: Buffer) => new Uint8Array(buffer)

describe('a header', () => {
  it.each([
    ['png', () => picture().png()],
    ['jpeg', () => picture().jpeg()],
    [
      'jpeg',
      () =>
        picture()
          .jpeg({ progressive: true })
          .withExif({ IFD0: { Make: 'x'.repeat(9000) } }),
    ],
    ['webp', () => picture().webp()],
    ['webp', () => picture().webp({ lossless: true })],
    ['webp', () => picture().flatten().webp()],
    ['gif', () => picture().gif()],
  ] as const)('of a %s tells its size', async (format, make) => {
    expect(readHeader(bytesOf(await make().toBuffer()))).toEqual({ format, size: { width: 321, height: 123 } })
  })

  it('of what an iPhone takes is known, its size is not', async () => {
    expect(readHeader(bytesOf(await picture().heif({ compression: 'av1' }).toBuffer()))).toEqual({
      format: 'heif',
      size: undefined,
    })
  })

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><p>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a document', '%PDF-1.7 ....................'],
    ['a film', '....ftypisom................'],
    ['half a header', '\u0089PNG\r\n\u001a\n'],
  ])('%s has none', (_, text) => {
    expect(readHeader(Uint8Array.from(text, (char) => char.charCodeAt(0)))).toBeUndefined()
  })

  it('that leads in circles ends', () => {
    expect(readHeader(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0]))).toBeUndefined()
  })
})

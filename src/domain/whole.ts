/**
 * The files of a segment in one answer, `/whole/<segment>`: a town that is kept without being asked comes by one request
 * and not by some hundred.
 *
 *   whole := files:varuint · (path:string · length:varuint · bytes) × files   in the order of their paths' numbers
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** A town that weighs no more than this, compressed, is kept whole without being asked; no larger segment is given out whole. */
export const smallTownBytes = 400_000

export type NamedFile = readonly [path: string, bytes: Uint8Array]

export const encodeWhole = (files: readonly NamedFile[]): Uint8Array =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, files.length)
    for (const [path, bytes] of files) {
      encoding.writeVarString(out, path)
      encoding.writeVarUint8Array(out, bytes)
    }
  })

/** @returns undefined for what was cut short or is none; the files check themselves when they are read */
export function decodeWhole(bytes: Uint8Array): readonly NamedFile[] | undefined {
  try {
    const input = decoding.createDecoder(bytes)
    const files = Array.from({ length: decoding.readVarUint(input) }, (): NamedFile => [
      decoding.readVarString(input),
      decoding.readVarUint8Array(input),
    ])
    return decoding.hasContent(input) ? undefined : files
  } catch {
    return undefined
  }
}

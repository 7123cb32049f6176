/** A page's address, and the same as a QR code to point a phone at. */
import { encode } from 'uqr'

export interface PageCode {
  readonly address: string
  /** Modules on a side, the quiet border included. */
  readonly size: number
  /** The dark ones, a unit a module. */
  readonly path: string
}

/** @param origin of the portal, as the page knows it */
export function codeOf(path: string, origin: string | URL | undefined): PageCode {
  const address = new URL(path, origin).href
  const { data, size } = encode(address, { ecc: 'M', border: 4 })
  return { address, size, path: barsOf(data) }
}

/** A QR code's dark modules as one path: a bar for each run in a row, a unit a module. */
const barsOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .map((row, y) => {
      const runs = [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ]
      return runs.map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`).join('')
    })
    .join('')

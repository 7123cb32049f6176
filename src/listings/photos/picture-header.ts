/** What a picture's first bytes say: its format and its size in pixels, before anything is decoded. A name or a told type is not asked. */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'heif'
export interface PictureHeader {
  readonly format: PictureFormat
  /** Undefined where the header does not tell it in one place. */
  readonly size: { readonly width: number; readonly height: number } | undefined
}

/** Undefined for what is no picture of these formats: documents, drawings with scripts, films. */
export function readHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return (
      png(view) ??
      jpeg(view) ??
      webp(view) ??
      gif(view) ??
      (isHeif(view) ? { format: 'heif', size: undefined } : undefined)
    )
  } catch {
    return undefined // it ends before its size
  }
}

const text = (view: DataView, at: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(at + i)))

const starts = (view: DataView, ...bytes: number[]): boolean => bytes.every((byte, i) => view.getUint8(i) === byte)

function png(view: DataView): PictureHeader | undefined {
  if (!starts(view, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return undefined
  return { format: 'png', size: { width: view.getUint32(16), height: view.getUint32(20) } }
}

/** Segment after segment until the one that tells the size. */
function jpeg(view: DataView): PictureHeader | undefined {
  if (!starts(view, 0xff, 0xd8, 0xff)) return undefined
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    const isSize = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isSize) return { format: 'jpeg', size: { height: view.getUint16(at + 5), width: view.getUint16(at + 7) } }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
}

function webp(view: DataView): PictureHeader | undefined {
  if (text(view, 0, 4) !== 'RIFF' || text(view, 8, 4) !== 'WEBP') return undefined
  const three = (at: number) => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  const sizes: Readonly<Record<string, () => { width: number; height: number }>> = {
    VP8X: () => ({ width: three(24), height: three(27) }),
    'VP8 ': () => ({ width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }),
    VP8L: () => {
      const bits = view.getUint32(21, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
    },
  }
  const size = sizes[text(view, 12, 4)]?.()
  return size && { format: 'webp', size }
}

function gif(view: DataView): PictureHeader | undefined {
  if (!/^GIF8[79]a$/.test(text(view, 0, 6))) return undefined
  return { format: 'gif', size: { width: view.getUint16(6, true), height: view.getUint16(8, true) } }
}

/** What iPhones take; only some browsers can read it. */
const isHeif = (view: DataView): boolean =>
  text(view, 4, 4) === 'ftyp' && /^(heic|heix|hevc|heim|heis|mif1|msf1|avif)$/.test(text(view, 8, 4))

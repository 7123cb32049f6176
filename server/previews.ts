/**
 * Draws preview pictures: a ground without words as SVG, and each text by Pango with fonts of our own, so that nothing
 * typed becomes part of a document and no font has to be installed. One is drawn at a time; the last ones are kept.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { previewSize, type PreviewCard } from '#domain/preview.ts'
import { createPictureQueue, type PictureQueue } from './picture-queue.ts'

/** JPEG. */
export type DrawPreview = (card: PreviewCard) => Promise<Uint8Array>

const mostKept = 200
const margin = 80
/** On the right; the mark of the town stays on the left, the line below both. */
const photo = { width: 500, height: previewSize.height - 10 }

export interface PreviewOptions {
  /** Another brush, for a test of the order. */
  readonly paint?: typeof draw
  /** Shared with other work on pictures. */
  readonly queue?: PictureQueue
  /** The bytes of a photo, while the portal shows it. */
  readonly coverOf?: (hash: string) => Promise<Uint8Array | undefined>
}

/** @param fonts the folder of `han.ttf` and `latin.ttf` */
export function createPreviews(
  fonts: string,
  { paint = draw, queue = createPictureQueue(), coverOf = async () => undefined }: PreviewOptions = {},
): DrawPreview {
  const kept = new Map<string, Promise<Uint8Array>>()
  const drawn = (card: PreviewCard, cover?: Uint8Array): Promise<Uint8Array> => {
    const key = createHash('sha256').update(JSON.stringify(card)).digest('base64url')
    const known = kept.get(key)
    const made = known ?? queue.run(() => paint(card, fonts, cover))
    if (!known) void made.catch(() => kept.delete(key))
    kept.delete(key) // to the end of the line
    kept.set(key, made)
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
    return made
  }
  return ({ cover: hash, ...card }) => {
    if (hash === undefined) return drawn(card)
    return coverOf(hash).then((cover) => (cover ? drawn({ ...card, cover: hash }, cover) : drawn(card)))
  }
}

async function draw(card: PreviewCard, fonts: string, cover?: Uint8Array): Promise<Uint8Array> {
  const inner = previewSize.width - margin - (cover ? photo.width + margin / 2 : margin)
  const write = textsWith(fonts)
  await write({ text: '.', size: 8, width: 8, latin: true }) // makes the letters known to the texts in both scripts
  const price = card.amount && `${card.amount} ${card.unit}`
  const [title, amount, note, town] = await Promise.all([
    write({ text: card.title, width: inner, ...(cover ? besidePhoto(card.title) : { size: 68, most: 200 }) }),
    price ? write({ text: price, size: 60, width: inner }) : undefined,
    write({ text: card.note, size: 32, width: inner - (cover ? 0 : 200) }),
    write({ text: card.town, size: 34, width: inner - 100 }),
  ])
  const picture =
    cover &&
    (await sharp(cover)
      .resize({ ...photo, fit: 'cover' })
      .png()
      .toBuffer())
  const layers = [
    ...(picture ? [{ input: picture, left: previewSize.width - photo.width, top: 0 }] : []),
    { input: town, left: margin + 72, top: 70 },
    { input: title, left: margin, top: 180 },
    ...(amount ? [{ input: amount, left: margin, top: 420 }] : []),
    { input: note, left: margin, top: 520 },
  ]
  return sharp(Buffer.from(groundOf(card)))
    .composite(layers)
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer()
}

/** Three lines of 24 characters, or four of 40, which is as long as a title may be. */
const besidePhoto = (title: string) => ({ size: [...title].length > 24 ? 44 : 56, most: 236 })

const pointsOfPixel = 0.75

interface Written {
  readonly text: string
  /** Pixels, as all here. */
  readonly size: number
  readonly width: number
  /** Of the height: what does not fit is cut. */
  readonly most?: number
  readonly latin?: boolean
}

function textsWith(fonts: string) {
  return async ({ text, size, width, most = size * 1.7, latin = false }: Written): Promise<Buffer> => {
    const font = `Roboto Medium, Droid Sans Fallback ${Math.round(size * pointsOfPixel)}`
    const drawn = sharp({
      text: {
        text: `<span foreground="white">${markup(text)}</span>`,
        font,
        fontfile: join(fonts, latin ? 'latin.ttf' : 'han.ttf'),
        width,
        wrap: 'word-char',
        rgba: true,
        dpi: 96,
      },
    })
    const { data, info } = await drawn.png().toBuffer({ resolveWithObject: true })
    const height = Math.round(most)
    return info.height <= height ? data : sharp(data).extract({ left: 0, top: 0, width: info.width, height }).toBuffer()
  }
}

/** What Pango would read as markup, and what no font draws. Pango refuses a text of which nothing is to be drawn. */
function markup(text: string): string {
  const drawn = text.replace(/[\p{C}\p{M}\p{Extended_Pictographic}]/gu, ' ').trim()
  const isEmpty = !/[\p{L}\p{N}\p{P}\p{S}]/u.test(drawn)
  return (isEmpty ? '·' : drawn).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Nothing in it was typed by anybody: colours and paths are the portal's own. */
function groundOf({ ground: [top, bottom], accent, icon }: PreviewCard): string {
  const { width, height } = previewSize
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs>
<path d="M0 0h${width}v${height}H0z" fill="url(#g)"/>
<path d="M0 590c150-36 300-36 450 0s300 36 450 0 220-30 300 18v22H0z" fill="#fff" fill-opacity=".1"/>
<path d="M0 ${height - 10}h${width}v10H0z" fill="${accent}"/>
<g transform="translate(880 330) scale(11)" fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><path d="${icon}"/></g>
<g transform="translate(${margin} 62) scale(1.75)"><circle cx="16" cy="16" r="16" fill="#fff" fill-opacity=".16"/><path d="M13.5 25h5l-1-12h-3z" fill="#fff"/><path d="M13 12.5h6L18 9h-4z" fill="${accent}"/><path d="M19.5 10.5 27 7.5v6zM12.5 10.5 5 7.5v6z" fill="#f3b562"/></g>
</svg>`
}

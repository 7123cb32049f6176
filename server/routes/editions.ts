/** Editions over HTTP: the pointer, the files of segments, and the cards of result lines. All but the pointer never changes. */
import { Hono, type Context } from 'hono'
import type { Pointer } from '#domain/edition.ts'
import { isLocale } from '#domain/locale.ts'
import { inOneLanguage, isPrinted, type SearchEntry } from '#domain/search-entry.ts'
import { segmentPattern } from '#domain/segment.ts'
import { encodingFor, pageOf, type KeptPage } from './page-cache.ts'

export interface EditionRouteDeps {
  readonly editions: EditionFiles
}

export type FileAnswer = { readonly bytes: Uint8Array; readonly encoding: 'br' | 'identity' } | 'missing' | 'gone'

/** The files of the edition in force and of those it replaced a while ago. */
export interface EditionFiles {
  pointer(): Pointer | undefined
  /** @param name `directory`, or a kind and a number */
  file(segment: string, name: string, encoding: 'br' | 'identity'): Promise<FileAnswer>
  /** All files of a small segment in one (whole.ts); a large one has none. */
  whole(segment: string): Promise<KeptPage | 'missing' | 'gone'>
  /** The entries of these ordinals, in order; null for one that is gone. */
  cards(wanted: readonly CardAddress[]): Promise<readonly (SearchEntry | null)[]>
}
export interface CardAddress {
  readonly segment: string
  readonly ordinal: number
}

const mostCards = 64
const immutable = 'public, max-age=31536000, immutable'
const aDay = 'public, max-age=86400' // cards hold words that may have to be taken back

export const editionRoutes = ({ editions }: EditionRouteDeps) => {
  const give = async (c: Context, segment: string, name: string, caching: string) => {
    if (!segmentPattern.test(segment)) return c.body(null, 404)
    const encoding = encodingFor(c.req.header('Accept-Encoding')) === 'br' ? 'br' : 'identity'
    const file = await editions.file(segment, name, encoding)
    if (file === 'missing') return c.body(null, 404)
    if (file === 'gone') return c.body(null, 410)
    const headers: Record<string, string> = {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': caching,
      Vary: 'Accept-Encoding',
      ...(file.encoding === 'br' && { 'Content-Encoding': 'br' }),
    }
    return c.body(new Uint8Array(file.bytes), 200, headers)
  }
  return new Hono()
    .get('/edition/current.json', (c) => {
      const pointer = editions.pointer()
      if (!pointer) return c.body(null, 503, { 'Retry-After': '2' })
      const tag = `"${pointer.edition}"`
      const headers = { 'Cache-Control': 'public, max-age=5', ETag: tag }
      return c.req.header('If-None-Match') === tag ? c.body(null, 304, headers) : c.json(pointer, 200, headers)
    })
    .get('/edition/:segment', (c) => give(c, c.req.param('segment'), 'directory', immutable))
    .get('/t/:segment/:n{[0-9]+}', (c) => give(c, c.req.param('segment'), `t/${c.req.param('n')}`, immutable))
    .get('/cols/:segment/:n{[0-9]+}', (c) => give(c, c.req.param('segment'), `cols/${c.req.param('n')}`, immutable))
    .get('/cards/:segment/:n{[0-9]+}', (c) => give(c, c.req.param('segment'), `cards/${c.req.param('n')}`, aDay))
    .get('/whole/:segment', async (c) => {
      const segment = c.req.param('segment')
      const whole = segmentPattern.test(segment) ? await editions.whole(segment) : 'missing'
      if (whole === 'missing') return c.body(null, 404)
      if (whole === 'gone') return c.body(null, 410)
      const encoding = encodingFor(c.req.header('Accept-Encoding'))
      return c.body(new Uint8Array(await whole.bodyIn(encoding)), 200, {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'no-store', // the browser keeps its files one by one
        Vary: 'Accept-Encoding',
        ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
      })
    })
    .get('/cards', async (c) => {
      const wanted = addressesIn(c.req.query('o') ?? '')
      const locale = c.req.query('l') ?? ''
      if (!wanted || !isLocale(locale))
        return c.json({ kind: 'invalid', rule: `o=<segment>:<ordinal>,… (at most ${mostCards}), l=<locale>` }, 400)
      const cards = (await editions.cards(wanted)).map((card) =>
        card && isPrinted(card) ? inOneLanguage(card, locale) : card,
      )
      const encoding = encodingFor(c.req.header('Accept-Encoding'))
      const body = await pageOf({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(cards)) }).bodyIn(encoding)
      return c.body(new Uint8Array(body), 200, {
        'Content-Type': 'application/json',
        'Cache-Control': 'private, max-age=300',
        Vary: 'Accept-Encoding',
        ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
      })
    })
}

function addressesIn(text: string): readonly CardAddress[] | undefined {
  const parts = text.split(',')
  if (parts.length > mostCards) return undefined
  const found = parts.flatMap((part) => {
    const [, segment, ordinal] = /^([0-9a-f]{24}):(\d{1,9})$/.exec(part) ?? []
    return segment === undefined ? [] : [{ segment, ordinal: Number(ordinal) }]
  })
  return found.length === parts.length ? found : undefined
}

/** A town: its name, districts, zone and colours, read from `content/portals/<id>.json`. */
import * as z from 'zod/mini'
import { Words } from './words.ts'

const Slug = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/))
const Colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/))

export const Portal = z.strictObject({
  id: Slug,
  name: Words,
  city: Words,
  tagline: Words,
  zone: z.string().check(z.refine(isZone, 'not a time zone of the IANA list')),
  profile: z.enum(['cn', 'plain']),
  filing: z.string(),
  operator: z.strictObject({ name: Words, contact: z.string() }),
  colour: z.strictObject({ sea: Colour, buoy: Colour }),
  roles: z.array(Words),
  districts: z.array(z.strictObject({ id: Slug, name: Words })).check(z.minLength(1)),
  hot: z.array(Words),
  about: Words,
})
export type Portal = z.infer<typeof Portal>

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** A town: its name, districts, zone and colours, read from `content/portals/<id>.json`. */
import { z } from 'zod'
import { Words } from './words.ts'

const Colour = z.string().regex(/^#[0-9a-f]{6}$/)

export const Portal = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  name: Words,
  city: Words,
  tagline: Words,
  zone: z.string().refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
    } catch {
      return false
    }
  }, 'not a time zone of the IANA list'),
  profile: z.enum(['cn', 'plain']),
  filing: z.string(),
  operator: z.strictObject({ name: Words, contact: z.string() }),
  colour: z.strictObject({ sea: Colour, buoy: Colour }),
  roles: z.array(Words),
  districts: z.array(z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), name: Words })).min(1),
  hot: z.array(z.string()),
  about: Words,
})
export type Portal = z.infer<typeof Portal>

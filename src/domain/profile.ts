/** Who posts: a name and what kind of poster; a company must give its name in every listing too. Who publishes guides is a business, and says where and how it is reached. */
import * as z from 'zod/mini'
import { sha256, utf8, type Bytes } from './bytes.ts'
import type { Did } from './identity.ts'
import { businessKinds } from './guide.ts'
import { plainText } from './plain-text.ts'
import { posterKinds } from './poster.ts'

/** `registered` is the name in the register of companies. The phone is the business's own, and everyone may see it. */
export const Business = z.strictObject({
  kind: z.enum(businessKinds),
  registered: z.optional(plainText(2, 60, 'business-name')),
  address: plainText(4, 100, 'business-text'),
  hours: plainText(2, 100, 'business-text'),
  phone: z.string().check(z.regex(/^\+?\d[\d -]{4,18}\d$/, 'business-phone')),
})
export type Business = z.infer<typeof Business>

export const ProfileBody = z
  .strictObject({
    name: plainText(1, 20, 'name-length'),
    poster: z.enum(posterKinds),
    business: z.optional(Business),
    sample: z.optional(z.literal(true)),
  })
  .check(
    z.refine(({ poster, business }) => poster !== 'company' || !business || business.registered !== undefined, {
      error: 'business-name',
      path: ['business', 'registered'],
    }),
  )
export type ProfileBody = z.infer<typeof ProfileBody>

/** One profile per key: its nonce follows from the key, so that two devices of a key sign the same record. */
export const profileNonceOf = async (did: Did): Promise<Bytes> => (await sha256(utf8(`profile\n${did}`))).slice(0, 16)

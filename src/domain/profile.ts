/** Who posts: a name and what kind of poster; a company must give its name in every listing too. */
import { z } from 'zod'
import { plainText } from './plain-text.ts'

export const posterKinds = ['person', 'sole-trader', 'company'] as const
export type PosterKind = (typeof posterKinds)[number]

export const ProfileBody = z.strictObject({
  name: plainText(1, 20, 'name-length'),
  poster: z.enum(posterKinds),
  sample: z.literal(true).optional(),
})
export type ProfileBody = z.infer<typeof ProfileBody>

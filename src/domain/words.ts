/** A text of `content` in the languages that are written by hand. `hant`, Traditional Chinese, is made from `zh` by the build. */
import * as z from 'zod/mini'

const Text = z.string().check(z.minLength(1))
export const Words = z.strictObject({ zh: Text, en: Text, hant: z.optional(Text) })
export type Words = z.infer<typeof Words>

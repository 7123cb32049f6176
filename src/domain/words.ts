/** A text of `content` in the languages that are written by hand; zh-Hant is made from `zh`. */
import * as z from 'zod/mini'

export const Words = z.strictObject({ zh: z.string().check(z.minLength(1)), en: z.string().check(z.minLength(1)) })
export type Words = z.infer<typeof Words>

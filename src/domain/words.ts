/** A text of `content` in the languages that are written by hand; zh-Hant is made from `zh`. */
import { z } from 'zod'

export const Words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export type Words = z.infer<typeof Words>

/** The portal's mark as the browser's icon, in the town's colours. */
import { markSvg } from './_parts/mark-svg.ts'

export const prerender = true

export const GET = (): Response => new Response(markSvg('round'), { headers: { 'content-type': 'image/svg+xml' } })

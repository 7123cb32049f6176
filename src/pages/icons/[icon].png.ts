/** The portal's mark in pixels, for launchers: drawn once, when the site is built. */
import type { APIRoute, GetStaticPaths } from 'astro'
import sharp from 'sharp'
import { icons } from '../_parts/app-icons.ts'
import { markSvg } from '../_parts/mark-svg.ts'

export const prerender = true

export const getStaticPaths = (() =>
  icons.map(({ name, ...icon }) => ({ params: { icon: name }, props: icon }))) satisfies GetStaticPaths

export const GET: APIRoute = async ({ props }) => {
  const { size, shape } = props as (typeof icons)[number]
  const png = await sharp(Buffer.from(markSvg(shape)), { density: (72 * size) / 32 })
    .resize(size, size)
    .png()
    .toBuffer()
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } })
}

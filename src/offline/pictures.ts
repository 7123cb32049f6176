/**
 * Photos of listings: from the portal while it can be reached, which knows what was removed, else from what is kept here. A photo in its
 * full size is shown and kept only when its bytes have the hash that its address, and with it the signed record, names.
 */
import { cacheNames, dropOldest } from './copies.ts'

const mostPictures = 160

export async function picture(request: Request): Promise<Response> {
  const cache = await caches.open(cacheNames.pictures)
  let answer: Response
  try {
    answer = await fetch(request)
  } catch (thrown) {
    const kept = await cache.match(request.url)
    if (!kept) throw thrown
    return kept
  }
  if (answer.status === 404 || answer.status === 410) await cache.delete(request.url)
  if (answer.status !== 200) return answer
  if (!(await isGenuine(request.url, answer.clone()))) return Response.error()
  await cache.put(request.url, answer.clone())
  await dropOldest(cacheNames.pictures, mostPictures)
  return answer
}

/** What the portal made smaller has other bytes, and is taken for what it says. */
async function isGenuine(address: string, answer: Response): Promise<boolean> {
  const { pathname, search } = new URL(address)
  if (search !== '') return true
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()))
  return pathname.endsWith(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}

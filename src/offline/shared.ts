/** What another app shares with the installed portal: words and photos are laid down on this device, and the form opens with them. */
import { mostSharedFiles, sharedCache, sharedPaths } from '#domain/shared.ts'

/** The answer to the share target's POST. The words never stand in an address: that would be sent to the portal. */
export async function takeShared(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const go = (query: string) => Response.redirect(pathname + query, 303)
  try {
    const form = await request.formData()
    await caches.delete(sharedCache)
    const cache = await caches.open(sharedCache)
    const words = ['title', 'text', 'url'].map((name) => [name, form.get(name) ?? ''])
    await cache.put(sharedPaths.words, new Response(JSON.stringify(Object.fromEntries(words))))
    const files = form.getAll('photos').filter((file) => file instanceof File)
    for (const [i, file] of files.slice(0, mostSharedFiles).entries())
      await cache.put(
        sharedPaths.photos + i,
        new Response(file, { headers: { 'x-name': encodeURIComponent(file.name) } }),
      )
    return go('?new&shared')
  } catch {
    return go('?shared=none') // no room on the device, or a form that is none
  }
}

/**
 * `POST /post`: what another app shares with the portal, where no service worker answered (src/offline/shared.ts). The words go into the
 * form's address, as the browser sends them; photos cannot be handed on without keeping them, so the form says to choose them again.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { notAllowed, type PortalBindings } from './pages.ts'

const mostBytes = 24 * 1_000_000
const mostWords = 2_000

export const shareRoutes = () =>
  new Hono<PortalBindings>()
    .post(
      '/',
      bodyLimit({ maxSize: mostBytes, onError: (c) => c.redirect(`${c.req.path}?shared=none`, 303) }),
      async (c) => {
        const form = await c.req.formData().catch(() => undefined)
        const query = new URLSearchParams({ new: '' })
        for (const name of ['title', 'text', 'url']) {
          const word = form?.get(name)
          if (typeof word === 'string' && word !== '') query.set(name, [...word].slice(0, mostWords).join(''))
        }
        const hasPhotos = form === undefined || form.getAll('photos').length > 0
        if (hasPhotos) query.set('shared', 'none')
        return c.redirect(`${c.req.path}?${query}`, 303)
      },
    )
    .on(['PUT', 'DELETE', 'PATCH'], '/', notAllowed('GET, HEAD, POST'))

/** What makes the portal an app: its names, icons, shortcuts, and where what is shared to it goes. */
import { defaultLocale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { shell } from '#src/i18n/shell.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { tintsOf } from '#src/ui/tints.ts'
import { icons } from './_parts/app-icons.ts'

export const prerender = true

export function GET(): Response {
  const { portal } = town
  const words = inLocale(shell, defaultLocale)
  const to = pathTo(defaultLocale)
  const shortcut = (name: string, url: string) => ({
    name,
    url,
    icons: [{ src: '/icons/192.png', sizes: '192x192', type: 'image/png' }],
  })
  const manifest = {
    id: '/',
    name: portal.name.zh,
    short_name: portal.name.zh,
    description: portal.tagline.zh,
    lang: defaultLocale,
    dir: 'ltr',
    start_url: to.home,
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: tintsOf(portal.colour)['sea-600'],
    icons: icons
      .filter(({ name }) => name !== 'touch')
      .map(({ name, size, shape }) => ({
        src: `/icons/${name}.png`,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose: shape === 'full' ? 'maskable' : 'any',
      })),
    shortcuts: [
      shortcut(words.nav.post, to.post),
      shortcut(words.nav.search, to.search),
      shortcut(words.nav.me, to.me),
    ],
    share_target: {
      action: to.post,
      method: 'POST', // the service worker answers it; without one server/routes/share.ts does
      enctype: 'multipart/form-data',
      params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'photos', accept: ['image/*'] }] },
    },
    screenshots: screensOf(portal.id),
  }
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } })
}

/** `content/screens/<town>-<narrow|wide>-<width>x<height>.webp`; a town without any has an app without pictures. */
const screens = import.meta.glob<string>('../../content/screens/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
})

function screensOf(town: string) {
  return Object.entries(screens).flatMap(([path, src]) => {
    const [, id, form_factor, sizes] = /([^/]+)-(narrow|wide)-(\d+x\d+)\.webp$/.exec(path) ?? []
    return id === town ? [{ src, sizes, type: 'image/webp', form_factor }] : []
  })
}

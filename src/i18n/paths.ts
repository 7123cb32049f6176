/** The addresses of the portal's pages, in every locale; nothing else spells one. */
import { localePath, type Locale } from '#domain/locale.ts'

export const pathTo = (locale: Locale) => {
  const to = (path: string) => localePath(locale, path)
  return {
    home: to('/'),
    post: to('/post'),
    me: to('/me'),
    messages: to('/messages'),
    business: to('/business'),
    data: to('/data'),
    search: to('/search'),
    openSearch: to('/opensearch.xml'),
    guides: to('/guides'),
    guidesFeed: to('/guides.atom'),
    rules: to('/rules'),
    links: to('/links'),
    phones: to('/phones'),
    notices: to('/notices'),
    about: to('/about'),
    /** Pictures for other apps: of the portal, of a listing, of a guide. */
    preview: to('/preview.jpg'),
    listingPreview: (id: string, rev: number) => to(`/l/${id}/preview.jpg?rev=${rev}`),
    guidePreview: (id: string) => to(`/guides/${id}/preview.jpg`),
    category: (id: string) => to(`/c/${id}`),
    categoryFeed: (id: string, district?: string) => to(`/c/${id}/feed.atom${district ? `?district=${district}` : ''}`),
    listing: (id: string) => to(`/l/${id}`),
    contact: (id: string) => to(`/contact/${id}`), // answered by the server
    report: (id: string) => to(`/reports/${id}`), // answered by the server
    removed: (id: string) => to(`/removed?of=${id}`), // why it is not shown any more; pages lead there by themselves
    reported: to('/reported'),
    moderation: to('/moderation'),
    moderationTown: to('/moderation/town'),
    moderationLog: to('/moderation/log'),
    poster: (did: string) => to(`/u/${did}`),
    guide: (id: string) => to(`/guides/${id}`),
    published: (id: string, version?: number) => to(`/guides/u/${id}${version === undefined ? '' : `@${version}`}`),
    verdict: (guide: string) => to(`/guides/${guide}/verdict`), // with the facts of a case in its query
    notice: (id: string) => to(`/notices/${id}`),
    found: (query: string) => to(`/search?q=${encodeURIComponent(query)}`),
  }
}

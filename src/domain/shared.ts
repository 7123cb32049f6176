/** Where the service worker lays down what another app handed over (the manifest's share target), until the form takes it. */
export const sharedCache = 'shared'
export const sharedPaths = { words: '/shared/words', photos: '/shared/photos/' } as const
/** Of each; the form's own limits come after. */
export const mostSharedFiles = 12

/** In a browser: the cache in which files of editions are kept, by the search worker and by nobody else. */
export const townCache = 'xxg-edition'

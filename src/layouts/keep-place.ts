/** A page's query may change after it was loaded, as a search does: the link to another language takes what it is now. */
export const keepPlace = (link: HTMLAnchorElement): void =>
  link.addEventListener('click', () => Object.assign(link, { search: location.search, hash: location.hash }))

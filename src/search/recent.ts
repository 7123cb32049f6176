/** The last searches of this device. They never leave it, and a button on the page clears them. */
const key = 'xinxigang/recent-searches'
const kept = 8
const longest = 40

/** Storage may be missing or closed (private windows); then nothing is remembered. */
export function readRecent(): readonly string[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(held) ? held.filter((one) => typeof one === 'string').slice(0, kept) : []
  } catch {
    return []
  }
}

/** Newest first, each once. */
export function remember(query: string): readonly string[] {
  const tidy = query.trim().replace(/\s+/g, ' ')
  if (!tidy || [...tidy].length > longest) return readRecent()
  const next = [tidy, ...readRecent().filter((one) => one !== tidy)].slice(0, kept)
  write(() => localStorage.setItem(key, JSON.stringify(next)))
  return next
}

export function forgetRecent(): readonly string[] {
  write(() => localStorage.removeItem(key))
  return []
}

function write(act: () => void): void {
  try {
    act()
  } catch {
    // full or closed: the search itself matters more than its memory
  }
}

/** A whole number as it is typed: nothing for nothing, and for what is no number one that no policy takes. */
const unreadable = -1

export const countOf = (text: string): number | undefined => {
  const typed = text.normalize('NFKC').trim()
  if (!typed) return undefined
  return /^\d+$/.test(typed) ? Number(typed) : unreadable
}

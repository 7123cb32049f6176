/** Asks the browser not to clear what is kept here, once something worth keeping is: it decides by itself, or asks the person. */
let isAsked = false

export function askToPersist(): void {
  if (isAsked) return
  isAsked = true
  void navigator.storage?.persist?.().catch(() => false)
}

/** What somebody says once is on this device's disk, or was never said: nothing stands there as kept that is gone with the page. */
interface Keeping {
  saved(): Promise<{ readonly ok: boolean }>
}

/** How a thing is turned on, and off again. */
export type Ways = readonly [on: () => void, off: () => void]

/** @returns whether it is kept; else it is turned back. */
export async function keepTurned(room: Keeping, isOn: boolean, [on, off]: Ways): Promise<boolean> {
  const [act, undo] = isOn ? [on, off] : [off, on]
  act()
  if ((await room.saved()).ok) return true
  undo()
  return false
}

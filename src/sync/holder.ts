/** Rooms are opened once a page: who asks again shares what is open, and the last who lets go closes it. */
import { tellMemoryOnly } from './connection.ts'
import type { HeldRoom } from './rooms.ts'
import type { OpenRoom } from './session.ts'

export interface Holder {
  open(name: string, opener: () => Promise<HeldRoom>): Promise<OpenRoom>
}
interface Holding {
  readonly room: Promise<HeldRoom>
  users: number
}

export function createHolder(): Holder {
  const holdings = new Map<string, Holding>()

  const letGo = async (name: string, holding: Holding): Promise<void> => {
    const room = await holding.room
    holding.users -= 1
    if (holding.users > 0 || !room.mayClose()) return // what waits to be sent keeps its room open while the page lives
    holdings.delete(name)
    await room.close()
  }
  return {
    async open(name, opener) {
      const holding = holdings.get(name) ?? { room: opener(), users: 0 }
      holdings.set(name, holding)
      holding.users += 1
      const room = await holding.room.catch((error: unknown) => {
        holdings.delete(name) // so that the next one tries again
        throw error
      })
      if (room.memoryOnly) tellMemoryOnly()
      let isReleased = false
      const release = (): void => {
        if (!isReleased) void letGo(name, holding)
        isReleased = true
      }
      return { ...room, release }
    },
  }
}

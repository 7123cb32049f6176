/** Every limit is asked, as in production; none is reached by load that comes from one address and from new keys. */
import { standardLimits, type Limits } from '../../server/relay/limits.ts'

const enough = 1_000_000_000

const names = Object.keys(standardLimits) as readonly (keyof Limits)[]
export const outOfReach: Limits = {
  ...(Object.fromEntries(names.map((name) => [name, enough])) as unknown as Limits),
  proofBits: 0, // a price and not a limit: a browser pays it once in its life
  diskFloorBytes: 0, // a floor is out of reach when it is low
}

/** As in production, but for what a hundred thousand attacks from one address in a minute would end at. */
export const underAttack: Limits = {
  ...standardLimits,
  socketUpdatesPerSecond: enough,
  keyUpdatesPerSecond: enough,
  socketsPerAddress: enough,
  newKeysPerHour: enough,
  newKeyBytes: standardLimits.roomBytes,
  proofBits: 0,
}

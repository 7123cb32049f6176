/** What a verdict is asked about: the facts of one purchase, as a person can tell them. Nothing here names a person. */
import type { CivilDate } from './civil.ts'

/** What may stand against a buyer. One more of them never makes a verdict better. */
export const exclusions = [
  'used', // plain marks of use or working
  'custom', // made to order or specially worked
  'pack', // original pack damaged or lost
  'accessories', // missing or damaged
  'card', // no warranty card
  'damage', // by the customer
  'special', // special price, or a gift
  'perishable',
  'opened', // media or software, opened or downloaded
  'papers', // delivered newspapers and magazines
] as const
export type Exclusion = (typeof exclusions)[number]

export const channels = ['shop', 'distance'] as const
export type Channel = (typeof channels)[number]
export const goodsKinds = ['general', 'phone', 'car'] as const
export type GoodsKind = (typeof goodsKinds)[number]
export const regions = ['mainland', 'hong-kong', 'elsewhere'] as const
export type Region = (typeof regions)[number]

/** What can be asked; a policy names the ones it needs. */
export const questions = [
  'bought',
  'where',
  'received',
  'goods',
  'state',
  'listed',
  'grave',
  'km',
  'region',
  'model',
  'part',
  ...exclusions,
] as const
export type Question = (typeof questions)[number]

/** What is the matter: nothing, a fault, or a fault the customer caused. */
export const states = ['fine', 'fault', 'damage'] as const

export interface CaseFacts {
  readonly boughtOn: CivilDate
  /** The day the goods arrived; for a sale in a shop the day of purchase. */
  readonly receivedOn: CivilDate
  /** The day for which the verdict is asked, in the shop's zone; the goods are taken in that day. */
  readonly today: CivilDate
  readonly channel: Channel
  readonly goods: GoodsKind
  /** It does not work or look as it should, whoever caused that: `damage` says so if it was the customer. */
  readonly fault: boolean
  /** A fault of the kinds listed for phones. */
  readonly listed: boolean
  /** A grave fault of a car: steering, brakes, body, fuel. */
  readonly grave: boolean
  readonly km: number
  readonly region: Region
  /** An id of the policy's models; any other is a model no rule knows. */
  readonly model: string
  readonly part: string
  readonly exclusions: readonly Exclusion[]
}

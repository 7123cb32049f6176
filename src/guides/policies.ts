/** The shipped policies, inside the advisor's own chunk so that it works without a network. A test checks them against their schema. */
import type { Policy } from '#domain/policy-schema.ts'
import car from '../../content/policies/car-three-guarantees.json'
import distance from '../../content/policies/distance-seven-days.json'
import maker from '../../content/policies/phone-maker.json'
import phone from '../../content/policies/phone-three-guarantees.json'
import shop from '../../content/policies/shop-41.json'

export const policies = [shop, maker, distance, phone, car] as unknown as readonly Policy[]
export const statutes: readonly Policy[] = policies.filter(({ layer }) => layer === 'statute')

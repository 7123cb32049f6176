/** Whose socket it is, as far as limits are concerned: the address, or the one a configured proxy tells. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

export interface Proxies {
  /** Whether what this address says about others is believed. */
  trusts(address: string): boolean
}

/** @param list addresses and networks (`10.0.0.0/8`). Undefined when one of them is none. */
export function createProxies(list: readonly string[]): Proxies | undefined {
  const known = new BlockList()
  for (const entry of list) {
    const [address = '', prefix, ...more] = entry.split('/')
    const family = familyOf(address)
    const most = family === 'ipv4' ? 32 : 128
    if (!family || more.length > 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= most)))
      return undefined
    known.addSubnet(address, prefix === undefined ? most : Number(prefix), family)
  }
  return {
    trusts(address) {
      const family = familyOf(address)
      return family !== undefined && known.check(address, family)
    },
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  ({ 0: undefined, 4: 'ipv4', 6: 'ipv6' })[isIP(address)] as 'ipv4' | 'ipv6' | undefined

/** From the right, the first address that is no proxy of ours: everything left of it could have been written by anybody. */
export function addressOf(request: IncomingMessage, proxies: Proxies): string {
  let address = plainAddress(request.socket.remoteAddress ?? '')
  const told = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  for (const next of told.toReversed().map((name) => plainAddress(name.trim()))) {
    if (!proxies.trusts(address) || isIP(next) === 0) break
    address = next
  }
  return address
}

/** An IPv4 address that is written as an IPv6 one is itself. */
const plainAddress = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address

/** What counts as one: an IPv4 address; of IPv6 the first 64 bits, since a customer has at least that many. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressOf, createProxies, networkOf } from '../../server/relay/address.ts'

const request = (remoteAddress: string, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

describe('whose socket it is', () => {
  const proxies = createProxies(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])!
  it.each([
    // socket, X-Forwarded-For, who it is
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'], // anybody can write this header
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'], // what the client wrote itself stands left of the truth
    ['127.0.0.1', '198.51.100.1, 10.2.3.4', '198.51.100.1'], // two proxies of ours
    ['127.0.0.1', 'nonsense', '127.0.0.1'],
    ['fd00::7', '2001:db8::1', '2001:db8::1'],
  ])('%s told %s is %s', (socket, forwarded, address) => {
    expect(addressOf(request(socket, forwarded), proxies)).toBe(address)
  })

  it.each([['a.example'], ['10.0.0.0/33'], ['10.0.0.0/8/1'], ['::1/129']])('%s is no proxy', (entry) =>
    expect(createProxies([entry])).toBeUndefined(),
  )
})

describe('what counts as one', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is of %s', (address, network) => expect(networkOf(address)).toBe(network))
})

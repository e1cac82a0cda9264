import { expect, it } from 'vitest'
import { networkOf } from '../../core/networks.ts'
import { networks } from '../../scripts/networks.ts'

it('names a chain as the commands do', () => {
  for (const [name, network] of Object.entries(networks)) {
    if ('chainId' in network) expect(networkOf(network.chainId).name).toBe(name)
  }
  expect(networkOf(84532)).toEqual({
    name: 'baseSepolia',
    variable: 'BASE_SEPOLIA',
    kind: 'public',
  })
  expect(networkOf(31337)).toMatchObject({ name: 'localhost', kind: 'local' })
  expect(networkOf(77)).toEqual({ name: 'custom', variable: 'CUSTOM', kind: 'custom' })
  for (const chainId of [77, 31337])
    expect(Object.keys(networks)).toContain(networkOf(chainId).name)
})

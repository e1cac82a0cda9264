import { artifacts } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../core/batch.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { deployContracts } from '../../core/deployment.ts'
import { anchoredFor, issueFor } from './transaction.ts'
import { first, readersOf, trusting, verdictOf } from './verifier.ts'
import { openWorld, registryInterface, type World } from './world.ts'

let world: World
let batch: Batch
beforeAll(async () => {
  world = await openWorld()
  batch = await anchoredFor(world, world.accounts.issuer, 3)
})
afterAll(() => world.close())

describe('a registry of the attacker\u2019s own', () => {
  it('is not trusted, and not even asked', async () => {
    const { impostor } = world.accounts
    const { bytecode } = await artifacts.readArtifact('CredentialRegistry')
    const hash = await world.provider.request({
      method: 'eth_sendTransaction',
      params: [{ from: impostor, data: bytecode }],
    })
    const receipt = await world.provider.request({
      method: 'eth_getTransactionReceipt',
      params: [hash],
    })
    const { contractAddress } = receipt as { contractAddress: string }
    const forged = issueFor(world, impostor, 3, { registry: contractAddress })
    const data = registryInterface.encodeFunctionData('anchor', [forged.root, 3])
    await world.provider.request({
      method: 'eth_sendTransaction',
      params: [{ from: impostor, to: contractAddress, data }],
    })

    const asked: string[] = []
    const provider: Eip1193Provider = {
      request: (call) => {
        asked.push(call.method)
        return world.provider.request(call)
      },
    }
    const readers = { ...readersOf(world), chain: () => ({ label: 'x', provider }) }
    const document = first({
      ...forged,
      target: { ...forged.target, registry: forged.target.registry },
    })
    expect(await verdictOf(world, document, { readers })).toBe('invalid: registry_untrusted')
    expect(asked).toEqual([])
    const trust = trusting(world, { registries: [contractAddress] })
    expect(await verdictOf(world, document, { trust })).toBe('valid')
  })
})

describe('the chain of an anchor', () => {
  it('is unknown where the verifier has no endpoint or no policy for it: indeterminate', async () => {
    const readers = { ...readersOf(world), chain: () => undefined }
    expect(await verdictOf(world, first(batch), { readers })).toBe('indeterminate: chain_unknown')
    const { issuer } = world.accounts
    const far = issueFor(world, issuer, 3, { account: { chainId: 424_242, address: issuer } })
    expect(await verdictOf(world, first(far))).toBe('indeterminate: chain_untrusted')
  })

  it('is not another chain that the endpoint happens to serve', async () => {
    const provider: Eip1193Provider = {
      request: (call) =>
        call.method === 'eth_chainId' ? Promise.resolve('0x1') : world.provider.request(call),
    }
    const readers = { ...readersOf(world), chain: () => ({ label: 'wrong', provider }) }
    expect(await verdictOf(world, first(batch), { readers })).toBe('indeterminate: chain_mismatch')
    const { issuer } = world.accounts
    const mainnet = issueFor(world, issuer, 4, { account: { chainId: 1, address: issuer } })
    const here = { ...readersOf(world), chain: () => ({ label: 'here', provider: world.provider }) }
    expect(await verdictOf(world, first(mainnet), { readers: here })).toBe(
      'indeterminate: chain_mismatch',
    )
  })

  it('may lack the registry: indeterminate', async () => {
    const empty = '0x00000000000000000000000000000000000000AA'
    const nowhere = issueFor(world, world.accounts.issuer, 3, { registry: empty })
    const trust = trusting(world, { registries: [empty] })
    expect(await verdictOf(world, first(nowhere), { trust })).toBe(
      'indeterminate: registry_missing',
    )
    const rootAccreditors = [{ account: world.accounts.ministry, name: 'M' }]
    const lost = trusting(world, { accreditationRegistry: empty, rootAccreditors })
    expect(await verdictOf(world, first(batch), { trust: lost })).toBe(
      'indeterminate: registry_missing',
    )
  })

  it('is refused where it is a test network and the verifier takes none', async () => {
    const strict = trusting(world, {}, { acceptTestNetworks: false })
    expect(await verdictOf(world, first(batch), { trust: strict })).toBe(
      'invalid: test_network_refused',
    )
    const live = trusting(world, { testNetwork: false }, { acceptTestNetworks: false })
    expect(await verdictOf(world, first(batch), { trust: live })).toBe('valid')
  })
})

describe('deploying', () => {
  it('again changes nothing and names the same addresses', async () => {
    const codeOf = async (name: string) =>
      (await artifacts.readArtifact(name)).bytecode as `0x${string}`
    const codes = {
      CredentialRegistry: await codeOf('CredentialRegistry'),
      AccreditationRegistry: await codeOf('AccreditationRegistry'),
    }
    expect(await deployContracts(world.provider, world.accounts.newcomer, codes)).toEqual([
      { contract: 'CredentialRegistry', address: world.registry, transaction: undefined },
      {
        contract: 'AccreditationRegistry',
        address: world.accreditationRegistry,
        transaction: undefined,
      },
    ])
  })
})

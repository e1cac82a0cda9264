import { artifacts } from 'hardhat'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleBatch, type Batch, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { deployContracts } from '../../core/deployment.ts'
import { digestOf } from '../../core/digest.ts'
import {
  anchoredFor,
  first,
  issueFor,
  openWorld,
  readersOf,
  registryInterface,
  trusting,
  verdictOf,
  type World,
  write,
} from './world.ts'

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
    expect(await verdictOf(world, first(far))).toBe('indeterminate: chain_unknown')
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

describe('a status that this verifier does not know', () => {
  const ours = (document: JsonObject) => document['credentialStatus'] as JsonObject
  /** A batch whose credentials carry the status entries that `change` makes. */
  async function withStatus(count: number, change: (entry: JsonObject) => unknown): Promise<Batch> {
    const plain = issueFor(world, world.accounts.issuer, count)
    const entries = plain.entries.map(({ credential, salt }) => {
      const changed = { ...credential, credentialStatus: change(ours(credential)) } as JsonObject
      return { credential: changed, salt, digest: digestOf(changed, salt) }
    })
    const made = assembleBatch('odd', plain.target, entries)
    await write(world, world.accounts.issuer, 'anchor', [made.root, count])
    return made
  }

  it('is indeterminate beside ours or instead of it, never passed silently', async () => {
    const foreign = {
      id: 'https://x.example/1',
      type: 'StatusList2021Entry',
      statusPurpose: 'revocation',
    }
    expect(await verdictOf(world, first(await withStatus(5, (entry) => [entry, foreign])))).toBe(
      'indeterminate: status_unsupported',
    )
    expect(await verdictOf(world, first(await withStatus(6, () => foreign)))).toBe(
      'invalid: proof_mismatch',
    )
    expect(
      await verdictOf(world, first(await withStatus(7, (entry) => ({ ...entry, type: 'X' })))),
    ).toBe('indeterminate: status_unsupported')
    expect(
      await verdictOf(
        world,
        first(await withStatus(8, (entry) => ({ ...entry, statusPurpose: 'suspension' }))),
      ),
    ).toBe('indeterminate: status_unsupported')
    expect(
      await verdictOf(
        world,
        first(await withStatus(9, (entry) => ({ ...entry, statusListIndex: '8' }))),
      ),
    ).toBe('indeterminate: status_unsupported')
  })

  it('does not hide that the registry has revoked the credential', async () => {
    const foreign = { type: 'StatusList2021Entry' }
    const made = await withStatus(10, (entry) => [foreign, entry])
    await write(world, world.accounts.issuer, 'revokeInBatch', [made.root, 2])
    expect(await verdictOf(world, credentialAt(made, 2))).toBe('invalid: revoked')
    expect(await verdictOf(world, credentialAt(made, 1))).toBe('indeterminate: status_unsupported')
  })

  it('may be named twice, for both purposes of the registry', async () => {
    const both = await withStatus(11, (entry) => [
      entry,
      {
        ...entry,
        id: String(entry['id']).replace('revocation', 'suspension'),
        statusPurpose: 'suspension',
      },
    ])
    expect(await verdictOf(world, first(both))).toBe('valid')
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

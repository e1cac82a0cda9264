import { Interface } from 'ethers'
import { artifacts, network } from 'hardhat'
import { checksumAddress } from '../../core/abi.ts'
import { accreditationAbi } from '../../core/accreditation.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { deployContracts } from '../../core/deployment.ts'
import { registryAbi } from '../../core/registry.ts'

/** An EVM in this process with both contracts, and accounts that have parts to play. */
export interface World {
  readonly provider: Eip1193Provider
  readonly registry: string
  readonly accreditationRegistry: string
  readonly accounts: {
    readonly issuer: string
    readonly impostor: string
    readonly ministry: string
    readonly agency: string
    readonly newcomer: string
  }
  close(): Promise<void>
}

export const chainId = 31337
export const registryInterface = new Interface(registryAbi)
export const accreditationInterface = new Interface(accreditationAbi)

export async function openWorld(id = chainId): Promise<World> {
  const connection = await network.create({ override: { chainId: id } })
  const provider: Eip1193Provider = {
    request: ({ method, params = [] }) =>
      connection.provider.request({ method, params: [...params] }),
  }
  const addresses = (await provider.request({ method: 'eth_accounts' })) as string[]
  const [payer, issuer, impostor, ministry, agency, newcomer] = addresses.map((one) =>
    checksumAddress(one),
  ) as [string, string, string, string, string, string]
  const codeOf = async (name: string) =>
    (await artifacts.readArtifact(name)).bytecode as `0x${string}`
  const [first, second] = await deployContracts(provider, payer, {
    CredentialRegistry: await codeOf('CredentialRegistry'),
    AccreditationRegistry: await codeOf('AccreditationRegistry'),
  })
  if (!first || !second) throw new Error('two contracts are deployed')
  return {
    provider,
    registry: first.address,
    accreditationRegistry: second.address,
    accounts: { issuer, impostor, ministry, agency, newcomer },
    close: () => connection.close(),
  }
}

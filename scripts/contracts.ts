import { Interface, type Result } from 'ethers'
import { accreditationAbi } from '../core/accreditation.ts'
import type { Eip1193Provider } from '../core/chain.ts'
import { contractAddresses, create2Address, hasCode, type InitCodes } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { registryAbi } from '../core/registry.ts'
import type { ContractAddresses } from '../core/trust.ts'
import type { Hre } from './action.ts'
import type { Session } from './session.ts'

export const registry = new Interface(registryAbi)
export const accreditationRegistry = new Interface(accreditationAbi)

/** Init code of both contracts as the compiler made it. */
export async function readInitCodes(hre: Hre): Promise<InitCodes> {
  const read = async (name: keyof InitCodes) =>
    (await hre.artifacts.readArtifact(name)).bytecode as `0x${string}`
  return {
    CredentialRegistry: await read('CredentialRegistry'),
    AccreditationRegistry: await read('AccreditationRegistry'),
  }
}

/** Where the compiled contracts lie on every chain. */
export function addressesOf(initCodes: InitCodes): ContractAddresses {
  return {
    registry: create2Address(initCodes.CredentialRegistry),
    accreditationRegistry: create2Address(initCodes.AccreditationRegistry),
  }
}

/** Whether the released addresses are settled; before a release the compiler's output decides. */
export const isReleased = !/^0x0+$/.test(contractAddresses.registry)

/** Where both contracts lie on every chain. */
export async function knownContracts(hre: Hre): Promise<ContractAddresses> {
  return isReleased ? contractAddresses : addressesOf(await readInitCodes(hre))
}

/** Refuses a chain on which the contract is not deployed. */
export async function requireContract(session: Session, address: string): Promise<void> {
  if (await hasCode(session.provider, address)) return
  throw new InvalidInputError(
    'registry_missing',
    `there is no contract at ${address} on chain ${session.chainId}: run npx hardhat deploy --network ${session.network} first`,
  )
}

/** The answer of a view function at a block, which is a number or `latest`. */
export async function readView(
  provider: Eip1193Provider,
  to: string,
  contract: Interface,
  name: string,
  args: readonly unknown[],
  block: number | 'latest' = 'latest',
): Promise<Result> {
  const data = contract.encodeFunctionData(name, args)
  const tag = block === 'latest' ? block : `0x${block.toString(16)}`
  const answer = String(await provider.request({ method: 'eth_call', params: [{ to, data }, tag] }))
  try {
    return contract.decodeFunctionResult(name, answer)
  } catch {
    throw new InvalidInputError(
      'chain_answer_malformed',
      `${to} does not answer ${name} as it should: check the network and its endpoint`,
    )
  }
}

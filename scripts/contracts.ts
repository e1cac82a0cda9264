import { Interface, type Result } from 'ethers'
import { accreditationAbi } from '../core/accreditation.ts'
import type { Eip1193Provider } from '../core/chain.ts'
import { hasCode } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { registryAbi } from '../core/registry.ts'
import type { Session } from './session.ts'

export const registry = new Interface(registryAbi)
export const accreditationRegistry = new Interface(accreditationAbi)

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

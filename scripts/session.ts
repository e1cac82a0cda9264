import { checksumAddress } from '../core/abi.ts'
import type { Eip1193Provider } from '../core/chain.ts'
import { InvalidInputError } from '../core/error.ts'
import type { Hre } from './action.ts'

/** A network of `--network`, connected, with the accounts that Hardhat can sign for. */
export interface Session {
  readonly network: string
  readonly chainId: number
  readonly provider: Eip1193Provider
  readonly accounts: readonly string[]
}

/** Connects to the network of `--network`. Without one there is nothing that a transaction could last on. */
export async function openSession(hre: Hre): Promise<Session> {
  if (hre.globalOptions.network === undefined) {
    throw new InvalidInputError(
      'network_missing',
      'no network is named: add --network localhost, --network sepolia or another one of hardhat.config.ts',
    )
  }
  const { networkName, provider } = await hre.network.create()
  const chainId = Number(await provider.request({ method: 'eth_chainId' }))
  const accounts = (await provider.request({ method: 'eth_accounts' })) as readonly string[]
  return {
    network: networkName,
    chainId,
    provider: provider as Eip1193Provider,
    accounts: accounts.map((account) => checksumAddress(account)),
  }
}

/** The account to send from: the one asked for, or else the network's first. */
export function accountOf(session: Session, wanted: string | undefined): string {
  const [first] = session.accounts
  const account = wanted === undefined ? first : checksumAddress(wanted)
  if (account !== undefined && session.accounts.includes(account)) return account
  const setting = `${session.network.replace(/[A-Z]/g, '_$&').toUpperCase()}_PRIVATE_KEY`
  throw new InvalidInputError(
    'account_missing',
    account === undefined
      ? `network ${session.network} has no account to send from: store its key with npx hardhat keystore set ${setting}`
      : `network ${session.network} cannot send from ${account}: store that account's key with npx hardhat keystore set ${setting}, or name another --account`,
  )
}

/** Refuses a network of another chain than what is asked about lies on. */
export function requireChain(session: Session, chainId: number, what: string): void {
  if (session.chainId === chainId) return
  throw new InvalidInputError(
    'wrong_network',
    `${what} is for chain ${chainId}, but network ${session.network} is chain ${session.chainId}: name the --network of chain ${chainId}`,
  )
}

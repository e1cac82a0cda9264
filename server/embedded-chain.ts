import { join } from 'node:path'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import type { Hex } from '../core/bytes.ts'
import { deployContracts } from '../core/deployment.ts'
import { rpcProvider } from '../core/rpc.ts'
import type { ContractAddresses } from '../core/trust.ts'
import { refuseBusyPort } from './busy-port.ts'
import { type Config, ConfigError } from './config.ts'
import { type DemoAccounts, demoAccounts } from './demo-accounts.ts'
import type { ServiceConfig } from './service.ts'

/** A chain of this process's own, forgotten when it ends. */
export interface EmbeddedChain {
  readonly url: string
  readonly chainId: number
  readonly contracts: ContractAddresses
  readonly close: () => Promise<void>
}

const chainId = 31337
const host = '127.0.0.1'
const projectRoot = join(import.meta.dirname, '..')

/** Starts Hardhat's network on loopback and deploys both contracts. Throws a sentence where the port is in use. */
export async function startEmbeddedChain(port: number): Promise<EmbeddedChain> {
  // Hardhat's server would end the process without a word.
  await refuseBusyPort('EMBEDDED_CHAIN_PORT', host, port)
  const hardhat = await createHardhatRuntimeEnvironment(
    { networks: { embedded: { type: 'edr-simulated', chainType: 'l1', chainId } } },
    {},
    projectRoot,
  )
  const initCode = async (contract: string) => {
    try {
      return (await hardhat.artifacts.readArtifact(contract)).bytecode as Hex
    } catch (thrown) {
      throw new ConfigError(
        'The contracts are not compiled; run "npx hardhat build", or set CHAIN_RPC_URL.',
        { cause: thrown },
      )
    }
  }
  const initCodes = {
    CredentialRegistry: await initCode('CredentialRegistry'),
    AccreditationRegistry: await initCode('AccreditationRegistry'),
  }
  const server = await hardhat.network.createServer('embedded', host, port)
  const { port: bound } = await server.listen()
  const url = `http://${host}:${bound}`
  const provider = rpcProvider({ url, fetch, timeoutMs: 30_000 })
  const deployed = await deployContracts(provider, demoAccounts.deployer.address, initCodes)
  const addressOf = (contract: keyof typeof initCodes) =>
    deployed.find((entry) => entry.contract === contract)?.address ?? ''
  const contracts = {
    registry: addressOf('CredentialRegistry'),
    accreditationRegistry: addressOf('AccreditationRegistry'),
  }
  return { url, chainId, contracts, close: () => server.close() }
}

/** The settings of a service that works on the embedded chain, with its well-known operator where no other is named. */
export function onEmbeddedChain(
  config: Config,
  chain: EmbeddedChain,
  accounts: DemoAccounts = demoAccounts,
): ServiceConfig {
  const hasOperator = config.OPERATOR_KEY !== undefined || config.OPERATOR_KEYSTORE !== undefined
  return {
    ...config,
    CHAIN_RPC_URL: chain.url,
    CHAIN_ID: chain.chainId,
    chainIsEmbedded: true,
    PUBLIC_RPC_URL: config.PUBLIC_RPC_URL ?? chain.url,
    REGISTRY_ADDRESS: chain.contracts.registry,
    ACCREDITATION_REGISTRY_ADDRESS: chain.contracts.accreditationRegistry,
    ...(!hasOperator && { OPERATOR_KEY: accounts.operator.privateKey }),
  }
}

import { artifacts } from 'hardhat'
import type { Hex } from '../../core/bytes.ts'
import { deployContracts } from '../../core/deployment.ts'
import { rpcProvider } from '../../core/rpc.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { startAnvil } from '../scripts/anvil.ts'
import { openStage, recordIssuer, type Stage } from './stage.ts'
import type { Storage } from './storages.ts'

/** A fresh anvil with both contracts, in place of the embedded chain. */
export async function startAnvilChain(): Promise<EmbeddedChain> {
  const { url, stop } = await startAnvil()
  const provider = rpcProvider({ url, fetch, timeoutMs: 10_000 })
  const initCode = async (name: string) => (await artifacts.readArtifact(name)).bytecode as Hex
  const deployed = await deployContracts(provider, demoAccounts.deployer.address, {
    CredentialRegistry: await initCode('CredentialRegistry'),
    AccreditationRegistry: await initCode('AccreditationRegistry'),
  })
  const contracts = {
    registry: deployed[0]?.address ?? '',
    accreditationRegistry: deployed[1]?.address ?? '',
  }
  return { url, chainId: 31337, contracts, close: stop }
}

/** A service on it, with an accredited issuer that let the operator act for it. */
export async function setAnvilStage(
  chain: EmbeddedChain,
  storage: Storage,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const opened = await openStage(chain, storage, settings)
  await ensureDemoTrust(opened.service, 'Northfield University')
  const key = await recordIssuer(opened.ask, 'northfield', demoAccounts.issuer.address)
  return { ...opened, chain, key }
}

import { BaseContract, JsonRpcProvider } from 'ethers'
import { artifacts, network } from 'hardhat'
import { accreditationAbi } from '../../core/accreditation.ts'
import type { Batch } from '../../core/batch.ts'
import type { Eip1193Provider } from '../../core/chain.ts'
import { deployContracts } from '../../core/deployment.ts'
import { registryAbi } from '../../core/registry.ts'
import { packStatusWords } from '../../core/status.ts'
import type { ContractAddresses } from '../../core/trust.ts'
import type { AccreditationRegistry, CredentialRegistry } from '../contracts/fixture.ts'

/** A real chain behind JSON-RPC on loopback, with both contracts, and what an issuer does on it. */
export interface TestChain {
  readonly rpcUrl: string
  readonly contracts: ContractAddresses
  readonly issuer: string
  /** An account that nobody vouches for. */
  readonly stranger: string
  readonly accreditor: string
  readonly anchor: (batch: Batch) => Promise<void>
  readonly revoke: (batch: Batch, statusIndex: number) => Promise<void>
  readonly suspend: (batch: Batch, statusIndex: number) => Promise<void>
  readonly withdraw: (batch: Batch) => Promise<void>
  readonly accredit: (subject: string, name: string) => Promise<void>
  readonly close: () => Promise<void>
}

const Registry = BaseContract.buildClass<CredentialRegistry>(registryAbi)
const Accreditations = BaseContract.buildClass<AccreditationRegistry>(accreditationAbi)

export async function startTestChain(): Promise<TestChain> {
  const server = await network.createServer(undefined, '127.0.0.1')
  const { port } = await server.listen()
  const rpcUrl = `http://127.0.0.1:${port}`
  const provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1 })
  const [issuer, stranger, accreditor] = await Promise.all(
    [0, 1, 2].map((index) => provider.getSigner(index)),
  )
  if (!issuer || !stranger || !accreditor) throw new Error('the chain has no accounts')
  const [registryInfo, accreditationInfo] = await Promise.all([
    artifacts.readArtifact('CredentialRegistry'),
    artifacts.readArtifact('AccreditationRegistry'),
  ])
  const eip1193: Eip1193Provider = {
    request: ({ method, params = [] }) => provider.send(method, [...params]),
  }
  const deployed = await deployContracts(eip1193, issuer.address, {
    CredentialRegistry: registryInfo.bytecode as `0x${string}`,
    AccreditationRegistry: accreditationInfo.bytecode as `0x${string}`,
  })
  const addressOf = (name: string) =>
    deployed.find(({ contract }) => contract === name)?.address as string
  const contracts = {
    registry: addressOf('CredentialRegistry'),
    accreditationRegistry: addressOf('AccreditationRegistry'),
  }
  const registryFor = async (batch: Batch) =>
    new Registry(contracts.registry, await provider.getSigner(batch.target.issuer))
  const accreditations = new Accreditations(contracts.accreditationRegistry, accreditor)

  return {
    rpcUrl,
    contracts,
    issuer: issuer.address,
    stranger: stranger.address,
    accreditor: accreditor.address,
    anchor: async (batch) =>
      mined((await registryFor(batch)).anchor(batch.root, batch.entries.length)),
    revoke: async (batch, statusIndex) =>
      mined((await registryFor(batch)).revokeInBatch(batch.root, statusIndex)),
    suspend: async (batch, statusIndex) => {
      for (const { firstWord, words } of packStatusWords([statusIndex])) {
        const registry = await registryFor(batch)
        await mined(registry.suspend(batch.target.issuer, batch.root, firstWord, words))
      }
    },
    withdraw: async (batch) =>
      mined((await registryFor(batch)).withdraw(batch.target.issuer, batch.root)),
    accredit: (subject, name) =>
      mined(
        accreditations.accredit({
          subject,
          validFrom: 1_577_836_800,
          validUntil: 0,
          maySubaccredit: false,
          profileHash: `0x${'00'.repeat(32)}`,
          scope: 'micro-credentials',
          name,
          did: '',
        }),
      ),
    close: async () => {
      provider.destroy()
      await server.close()
    },
  }
}

async function mined(sent: Promise<{ wait: () => Promise<unknown> }>): Promise<void> {
  await (await sent).wait()
}
